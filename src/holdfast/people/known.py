"""What the index is fed, what it is asked, and what it answers."""

from typing import NamedTuple
from uuid import UUID


class Person(NamedTuple):
    """One person as the entries of one case name them."""

    party: str  # survivor | suspect | child | witness | caller | other
    names: tuple[str, ...] = ()
    born: str = ""  # ISO, may be partial: '', '1984', '1984-03', '1984-03-09'
    numbers: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


class Known(NamedTuple):
    """One person as one case knows them; opened candidates are of this shape."""

    case: UUID
    party: str
    names: tuple[str, ...] = ()
    born: str = ""
    numbers: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


class Asked(NamedTuple):
    """What a call taker has heard so far. `born` in any usual form; all may be wrong in part."""

    name: str = ""
    born: str = ""
    number: str = ""
    address: str = ""


class Why(NamedTuple):
    """One reason for a match, in words that a screen can show."""

    what: str  # name | born | number | address
    how: str  # 'same', 'sounds alike', 'a letter differs', 'short form', 'swapped', 'day and month swapped', ...


class Match(NamedTuple):
    """Somebody who may be the one who was asked for."""

    known: Known
    score: float  # 0 to 100; 100: all that was asked is the same
    sureness: str  # certain | likely | possible
    why: tuple[Why, ...]
