"""Finds services: by place, need, language, channel, area, words and whether they are open.

The order is always the same: emergency as the pack has it, then police, then by name. Beside it, what answers a
question surely comes before what may answer it: a language stated before interpreting, an area named before none, open
before not known.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from datetime import datetime
from pathlib import Path
from typing import Any
from typing import NamedTuple

import msgspec

from holdfast.directory.fault import DirectoryUnread
from holdfast.directory.hours import State
from holdfast.directory.hours import open_state
from holdfast.directory.listing import CHANNELS
from holdfast.directory.listing import NEEDS
from holdfast.directory.listing import Listing
from holdfast.directory.plain import fold
from holdfast.directory.store import ANY_LANGUAGE
from holdfast.directory.store import RANKS
from holdfast.directory.store import read_only
from holdfast.directory.store import sorting
from holdfast.directory.store import tags_of
from holdfast.directory.store import words_of

# Made once: two threads that worked its type out at the same time would end the process.
_LISTING = msgspec.json.Decoder(Listing)


class Held(NamedTuple):
    """What the directory holds from one source. `imported_on` is an ISO day."""

    place: str
    source: str
    timezone: str
    services: int
    imported_on: str


class Directory:
    """A directory of services, read anew at each question: a new file is seen at once. Empty where there is none.

    Every method raises `DirectoryUnread` where the file is damaged or of another version.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def find(
        self,
        place: str | Sequence[str],
        *,
        need: str = "",
        language: str = "",
        channel: str = "",
        area: str = "",
        text: str = "",
        open_at: datetime | None = None,
        holidays: frozenset[date] | None = None,
        also: Iterable[Listing] = (),
    ) -> list[Listing]:
        """The services that meet all that is asked, in order (docs/formats/directory.md says what each means).

        `also` are listings from elsewhere (a pack's), whatever their place. `open_at` is aware, and needs `holidays`:
        without them only what is open day and night is known to be. Raises `ValueError` for an unknown need or channel.
        """
        wanted = _wanted(need, language, channel)
        words = fold(text).split()
        places = [place] if isinstance(place, str) else [each for each in place if each]
        found = [one for one in also if wanted <= _widened(one) and _has(words_of(one), words)]
        found = _once([*found, *self._held(places, wanted, words)])
        if area:
            found = _in_area(found, fold(area))
        if language:
            found.sort(key=lambda one: f"language:{language.lower()}" not in tags_of(one))
        if open_at is not None:
            states = [(one, _state(one, open_at, holidays)) for one in found]
            found = [one for one, state in sorted(states, key=lambda each: each[1] != "open") if state != "closed"]
        return found

    def get(self, listing_id: str) -> Listing | None:
        """One listing by its id."""
        rows = self._ask("SELECT body FROM listing WHERE id = ? ORDER BY place, source", (listing_id,))
        return _LISTING.decode(rows[0][0]) if rows else None

    def held(self) -> list[Held]:
        """What there is, by place and source."""
        return [Held(*row) for row in self._ask("SELECT * FROM source ORDER BY place, source")]

    def all(self, place: str = "", source: str = "") -> list[Listing]:
        """Every listing of a place and a source, or of all, in order."""
        asked = "(place = ? OR ? = '') AND (source = ? OR ? = '')"
        rows = self._ask(
            f"SELECT body FROM listing WHERE {asked} ORDER BY rank, sorted, id, source",  # noqa: S608 our own words
            (place, place, source, source),
        )
        return _decoded(rows)

    def _held(self, places: list[str], wanted: set[str], words: list[str]) -> list[Listing]:
        if not places:
            return []
        one_of = ", ".join("?" * len(places))
        asked: list[str] = list(places)
        clauses = [f"place IN ({one_of})"]
        for tag in sorted(wanted):
            tags = (
                (tag, f"interpreting:{tag.partition(':')[2]}", ANY_LANGUAGE)
                if tag.startswith("language:")
                else (tag,) * 3
            )
            clauses.append(f"number IN (SELECT number FROM tag WHERE place IN ({one_of}) AND tag IN (?, ?, ?))")  # noqa: S608
            asked += [*places, *tags]
        for word in words:
            clauses.append("instr(words, ?) > 0")
            asked.append(f" {word}")
        held = _decoded(self._ask(f"SELECT body FROM listing WHERE {' AND '.join(clauses)}", asked))  # noqa: S608
        return [one for one in held if wanted <= _widened(one)]  # a file made earlier holds every interpreter for any

    def _ask(self, sql: str, values: Sequence[str] = ()) -> list[Any]:
        if not self.path.exists():
            return []
        try:
            with closing(read_only(self.path)) as connection:
                return connection.execute(sql, values).fetchall()
        except sqlite3.Error as fault:
            raise DirectoryUnread("The directory of services cannot be read. Import its sources again.") from fault


def open_directory(path: Path) -> Directory:
    """The directory whose file is at a path; nothing is read yet."""
    return Directory(path)


def _wanted(need: str, language: str, channel: str) -> set[str]:
    if need and need not in NEEDS:
        raise ValueError("There is no such need; NEEDS lists them.")
    if channel and channel not in CHANNELS:
        raise ValueError("There is no such channel; CHANNELS lists them.")
    named = (("need", need), ("language", language.lower()), ("channel", channel))
    return {f"{what}:{which}" for what, which in named if which}


def _widened(listing: Listing) -> set[str]:
    """Its tags, and as languages those it interprets: every one, where it does not say which."""
    tags = tags_of(listing)
    tags |= {f"language:{tag.partition(':')[2]}" for tag in tags if tag.startswith("interpreting:")}
    return _Any(tags) if ANY_LANGUAGE in tags else tags


def _state(listing: Listing, at: datetime, holidays: frozenset[date] | None) -> State:
    """Whether it is open; an emergency line always is, though no source lists its hours."""
    return "open" if listing.kind == "emergency" else open_state(listing, at, holidays)


class _Any(set[str]):
    """Tags that hold every language."""

    def __ge__(self, other: object) -> bool:
        return isinstance(other, set) and all(tag in self or tag.startswith("language:") for tag in other)


def _has(words: str, wanted: list[str]) -> bool:
    return all(f" {word}" in words for word in wanted)


def _decoded(rows: Iterable[tuple[bytes]]) -> list[Listing]:
    return [_LISTING.decode(body) for (body,) in rows]


def _once(found: list[Listing]) -> list[Listing]:
    """In order, and each service once: of two sources that hold it, the one that was checked last."""
    latest: dict[str, Listing] = {}
    for one in sorted(found, key=lambda each: (each.last_checked, each.place, each.source)):
        latest[one.id] = one
    first = {one.id: at for at, one in enumerate(found) if one.kind == "emergency" and one.id.startswith("pack:")}
    rest = len(first)
    return sorted(latest.values(), key=lambda one: (RANKS[one.kind], first.get(one.id, rest), sorting(one), one.id))


def _in_area(found: list[Listing], area: str) -> list[Listing]:
    """Those that name the area, then those that name none."""
    named = [one for one in found if any(f" {area} " in f" {each} " for each in _areas(one))]
    return named + [one for one in found if not _areas(one)]


def _areas(listing: Listing) -> list[str]:
    return [fold(each) for each in (*listing.serves, *(address.town for address in listing.addresses)) if each]
