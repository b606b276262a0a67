"""Which languages a place's guide is offered in, and how much of it stands in each.

- Where drafts are not asked for, a language is offered once at least one whole page of it was checked.
- Catalogues are read once and kept in memory, as the packs are.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from holdfast.doors.look.languages import FOLDER
from holdfast.doors.look.languages import frame
from holdfast.law.catalogue import Message
from holdfast.law.catalogue_completeness import Completeness
from holdfast.law.catalogue_completeness import Sentences
from holdfast.law.catalogue_completeness import completeness as count
from holdfast.law.catalogue_completeness import sentences_of
from holdfast.law.language import ENGLISH
from holdfast.law.language import Tongue
from holdfast.law.language_files import load_tongue
from holdfast.law.language_files import tags_of
from holdfast.law.languages_known import KNOWN
from holdfast.law.pack import Pack


def tongues(pack: Pack, drafts: bool | None = None) -> tuple[Tongue, ...]:
    """English, then every other language that the place is offered in. `drafts` is HOLDFAST_DRAFTS where left out."""
    asked = settings.HOLDFAST_DRAFTS if drafts is None else drafts
    _packs.setdefault(pack.id, pack)
    return (ENGLISH, *(each for each in _tongues(pack.id, asked) if _offered(pack.id, each)))


def tongue(pack: Pack, tag: str, drafts: bool | None = None) -> Tongue | None:
    """One of them by its tag; None where the place is not offered in it."""
    return next((each for each in tongues(pack, drafts) if each.tag == tag), None)


def completeness(pack: Pack, tongue: Tongue) -> Completeness:
    """How much of a place stands in a language: all of it, page by page, and the frame."""
    _packs.setdefault(pack.id, pack)
    return _counted(pack.id, tongue)


@lru_cache(maxsize=1)
def frame_words() -> tuple[Message, ...]:
    """The frame's sentences, found once."""
    return tuple(frame())


@lru_cache(maxsize=32)
def frame_tongue(tag: str, drafts: bool) -> Tongue | None:
    """A language for pages that belong to no place; None for one that is not known."""
    return load_tongue(tag, None, FOLDER, drafts=drafts) if tag in KNOWN else None


_packs: dict[str, Pack] = {}


@lru_cache(maxsize=256)
def _tongues(place: str, drafts: bool) -> tuple[Tongue, ...]:
    folder = Path(settings.HOLDFAST_PACKS) / place
    return tuple(load_tongue(tag, folder, FOLDER, drafts=drafts) for tag in tags_of(folder))


@lru_cache(maxsize=1024)
def _counted(place: str, tongue: Tongue) -> Completeness:
    return count(_sentences(place), tongue, frame_words())


@lru_cache(maxsize=64)
def _sentences(place: str) -> Sentences:
    return sentences_of(_packs[place])


def _offered(place: str, tongue: Tongue) -> bool:
    found = _counted(place, tongue)
    if tongue.drafts:
        return found.counts.missing < found.counts.strings
    return any(page.is_reviewed for page in found.pages)
