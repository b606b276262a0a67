"""What a bundle says of itself: the schedule, what was held back, and custody. Values alone, ready to be shown.

Whoever fills it has judged what may be told (doors/evidence/bundle_telling.py). '' is not told, and is shown as that.
"""

from typing import NamedTuple


class Line(NamedTuple):
    """One item that is in the bundle."""

    number: int  # in the schedule, from 1
    file: str  # under data/
    item: str  # its number in the vault
    what: str
    exhibit: str
    kind: str  # of file, in words
    media: str
    size: int
    sha256: str
    given_by: str
    given_on: str
    happened: str
    made: str
    words: str
    named: str  # the name it came under
    goes: str  # as it is, or as which copy
    of: str  # the number in the vault of what it was made from
    of_sha256: str
    carries: tuple[str, ...]  # what goes along beside its content
    stamps: tuple[str, ...]  # files under data/
    stamped: str  # of which file, and when


class HeldBack(NamedTuple):
    """One item that is not in it."""

    what: str
    exhibit: str
    ground: str


class Step(NamedTuple):
    """One thing that was done with an item."""

    number: int  # of the item, in the schedule
    when: str
    who: str
    did: str
    purpose: str


class Sheet(NamedTuple):
    """All of it."""

    code: str
    to: str
    side: str
    purpose: str
    made_on: str
    lines: tuple[Line, ...]
    held_back: tuple[HeldBack, ...]
    steps: tuple[Step, ...]
    authority: str  # who stamped, '' where nothing is stamped
    own_authority: bool  # the demonstration's: its stamps prove nothing
    not_read: tuple[str, ...]  # what nobody looked through
    more: tuple[str, ...] = ()  # further files under data/
