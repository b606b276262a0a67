"""People as rows of a table for Splink. In memory only: nothing here opens a file."""

from collections.abc import Iterable
from typing import Any

from holdfast.people.known import Known
from holdfast.people.linking.alike import ends
from holdfast.people.linking.alike import houses
from holdfast.people.names import parts
from holdfast.people.names import sound
from holdfast.people.short_forms import also_said

_FULL, _MONTH = 10, 7  # letters of 1984-03-09 and of 1984-03


def rows_of(people: Iterable[Known]) -> list[dict[str, Any]]:
    """One row for each name of each person; `unique_id` is the person's place in the list, and the name's."""
    found: list[dict[str, Any]] = []
    for place, known in enumerate(people):
        for number, name in enumerate(known.names or ("",)):
            found.append({"unique_id": f"{place}.{number}", **_name(name), **_rest(known)})
    return found


def person_of(unique_id: str) -> int:
    """The place in the list that a row came from."""
    return int(unique_id.partition(".")[0])


def _name(name: str) -> dict[str, Any]:
    found = parts(name)
    given, family = (found[0], found[-1]) if len(found) > 1 else (found[0] if found else None, None)
    return {
        "full": " ".join(sorted(found)) if family else None,  # one word is no full name
        "given": given,
        "family": family,
        "given_root": _root(given) if given else None,
        "sound_given": sound(_root(given)) if given else None,
        "sound_family": sound(_root(family)) if family else None,
    }


def _root(part: str) -> str:
    """One name for all that the same person may say: Bob, Bobby and Robert."""
    return min({part} | also_said(part))


def _rest(known: Known) -> dict[str, Any]:
    born = known.born if len(known.born) == _FULL else None
    return {
        "born": born,
        "born_turned": f"{born[:4]}-{born[8:]}-{born[5:7]}" if born else None,
        "born_year": known.born[:4] or None,
        "born_month": known.born[:_MONTH] if len(known.born) >= _MONTH else None,
        "numbers": sorted(ends(known.numbers)) or None,
        "places": sorted(houses(known.addresses)) or None,
    }
