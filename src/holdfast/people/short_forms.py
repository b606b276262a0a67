"""Which given names may be said by the same person: Bob for Robert, Gosia for Małgorzata, Kolya for Nikolai."""

from functools import cache
from pathlib import Path

from anyascii import anyascii

FILE = Path(__file__).with_name("short_forms.txt")


@cache
def forms() -> dict[str, frozenset[str]]:
    """Each given name of the file, with all that the same person may say."""
    found: dict[str, set[str]] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            same = anyascii(line.partition(":")[2]).lower().split()
            for name in same:
                found.setdefault(name, set()).update(same)
    return {name: frozenset(same - {name}) for name, same in found.items()}


NONE: frozenset[str] = frozenset()


def also_said(part: str) -> frozenset[str]:
    """The other forms of one part of a name; nothing where there are none."""
    return forms().get(part, NONE)
