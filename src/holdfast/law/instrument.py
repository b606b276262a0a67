"""The shape of a risk instrument: its topics in our own words, how answers add up, and the norms it was published with.

An instrument identifies factors; it never predicts. What a count means is the instrument's own statement, with its
source and its day.
"""

from __future__ import annotations

from typing import Literal

from holdfast.law.data import Data
from holdfast.law.data import InForce
from holdfast.law.data import Source


class Topic(Data, frozen=True):
    """One question of a risk instrument, by topic and in our own words."""

    id: str
    topic: str
    asks: str = ""
    group: str = ""


class Band(Data, frozen=True, rename={"from_": "from"}):
    """A count or sum from which something follows, up to and with `to` where there is an upper end."""

    from_: int
    flag: str
    to: int | None = None


class WayIn(Data, frozen=True):
    """One way in which answers lead to the same step: any of these, so many of these, or the officer's belief."""

    id: str
    says: str
    any_of: tuple[str, ...] = ()
    at_least: int = 0
    of: tuple[str, ...] = ()
    belief: bool = False


class NormRow(Data, frozen=True, rename={"from_": "from"}):
    """What was found of those whose score lay in a range. Percentages, as published."""

    from_: int
    to: int
    again: int | None = None  # of 100 such people, for how many a new assault was recorded
    in_range: int | None = None
    lower: int | None = None
    higher: int | None = None


class Norms(Data, frozen=True):
    """One published table: on whom, over what time, and since when it is held to be right."""

    id: str
    says: str
    rows: tuple[NormRow, ...]
    source: Source


class Scoring(Data, frozen=True):
    """How answers add up. 'judgement' means that no sum decides."""

    method: Literal["count-yes", "judgement", "weighted", "ways-in"]
    bands: tuple[Band, ...] = ()
    most_unanswered: int | None = None  # above this number of unanswered topics no sum is given
    weights: dict[str, int] = {}  # 'weighted': what a 'yes' to a topic counts; one, where it is not named
    left_out: tuple[str, ...] = ()  # asked, and not part of the sum
    ways_in: tuple[WayIn, ...] = ()
    norms: tuple[Norms, ...] = ()


class Instrument(Data, frozen=True):
    """A risk instrument: it identifies factors, and never predicts."""

    id: str
    name: str
    publisher: str
    licence: str
    says: str
    topics: tuple[Topic, ...]
    scoring: Scoring
    source: Source
    in_force: InForce
    for_whom: str = ""  # on whom it may be used, in words: outside of that its figures do not hold
    referral: dict[str, int] = {}
    grades: dict[str, str] = {}
    pack: str = ""
    file: str = ""
