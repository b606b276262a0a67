"""How much of a place stands in a language: counted in strings, a page at a time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from holdfast.law.catalogue import Message
from holdfast.law.catalogue import messages
from holdfast.law.language import Tongue
from holdfast.law.pack import Pack
from holdfast.law.public import GuidePage


class Count(NamedTuple):
    """Strings, and how many of them somebody reviewed, drafted, or nobody translated."""

    strings: int
    reviewed: int
    draft: int
    missing: int


class PageCount(NamedTuple):
    """One guide page with all that it asks for: what its reader meets."""

    id: str
    title: str
    counts: Count

    @property
    def is_reviewed(self) -> bool:
        """Whether the whole page was checked by somebody."""
        return self.counts.reviewed == self.counts.strings


class Completeness(NamedTuple):
    """A language in one place."""

    tag: str
    counts: Count
    pages: tuple[PageCount, ...]
    frame: Count


class Sentences(NamedTuple):
    """What a place says: all of it, and what the reader of each page meets."""

    every: tuple[Message, ...]
    pages: tuple[tuple[GuidePage, tuple[Message, ...]], ...]


def sentences_of(pack: Pack) -> Sentences:
    """What there is to translate, for whoever counts several languages."""
    pages = tuple((page, tuple(each for each in messages(pack, [page.id]) if each.page)) for page in pack.guide)
    return Sentences(tuple(messages(pack)), pages)


def completeness(sentences: Sentences, tongue: Tongue, frame: Iterable[Message] = ()) -> Completeness:
    """The counts of a place in a language, whatever may be shown of it. `frame`: the words around the pages."""
    pages = tuple(PageCount(page.id, page.title, counted(met, tongue)) for page, met in sentences.pages)
    return Completeness(tongue.tag, counted(sentences.every, tongue), pages, counted(frame, tongue))


def counted(wanted: Iterable[Message], tongue: Tongue) -> Count:
    """How many of these sentences are in which state."""
    states = []
    for message in wanted:
        row = tongue.rows.get((message.context, message.one))
        states.append(row.state if row else "missing")
    return Count(len(states), states.count("reviewed"), states.count("draft"), states.count("missing"))
