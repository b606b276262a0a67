"""What is about to leave, looked through before a person confirms it: a file, a copy of an item, a printed page.

Bundles have a preview of their own (bundle_preview.py). Everything else that leaves comes by here: what would lead to
somebody is found in the words that leave and in the items that do, and each find waits for a person.
"""

import json
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from typing import NamedTuple

from holdfast.access.copies.giving import known_to
from holdfast.casefile.reading import CaseFile
from holdfast.doors.evidence.bundle_lint import Finding
from holdfast.doors.evidence.bundle_lint import decide
from holdfast.doors.evidence.bundle_lint import in_page
from holdfast.doors.evidence.bundle_lint import look_through
from holdfast.vault.items import KnownItem

Words = Mapping[str, tuple[str, str]]  # by their name: where they stand, and the words (Telling.said)
Items = Iterable[tuple[str, KnownItem]]  # how each is called, and the item


class Leaving(NamedTuple):
    """What was found in what is about to leave, with what a person decided of it."""

    found: tuple[Finding, ...]
    not_read: tuple[str, ...]
    seen: str  # what was looked through and what was found: another one is read anew

    @property
    def undecided(self) -> tuple[Finding, ...]:
        """What nobody has decided."""
        return tuple(one for one in self.found if not one.decided)

    @property
    def left(self) -> frozenset[str]:
        """The names of the words that are left out."""
        return frozenset(one.place for one in self.found if one.decided == "leave" and one.item is None)


def look_over(
    file: CaseFile, said: Words, items: Items = (), decisions: Mapping[str, str] | None = None, *, whole: str = ""
) -> Leaving:
    """Looks through words and items. `whole` is what was made of the words, as far as it is made already."""
    through = look_through(file.id, known_to(file), tuple(items), said)
    found = decide(through.found, decisions or {})
    not_read = tuple(dict.fromkeys(each for several in through.not_read.values() for each in several))
    told = sha256(repr((sorted(said.items()), [one.id for one in found], not_read, whole)).encode())
    return Leaving(found, not_read, told.hexdigest())


def last_look(file: CaseFile, page: str, where: str, leaving: Leaving) -> tuple[Finding, ...]:
    """What the finished page or file tells of what the case knows, and nobody let stay."""
    return in_page(known_to(file), page, where, leaving.found)


def words_of_json(text: str) -> str:
    """Every word of a JSON file as it is read, and not as it is escaped."""
    return "\n".join(_strings(json.loads(text)))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield str(name)
            yield from _strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _strings(inner)
    elif value is not None:
        yield str(value)
