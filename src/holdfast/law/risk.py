"""How the answers to a risk instrument add up. It identifies factors; it never predicts.

- Unknown is never 'no': a sum is given as the lowest and the highest that the unanswered topics leave open, and a band
  that the unanswered could still reach is named as such.
- Norms say what was found of others with such a score, as published. They are shown only for a sum without gaps.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from holdfast.law.instrument import Band
from holdfast.law.instrument import Instrument
from holdfast.law.instrument import NormRow
from holdfast.law.instrument import Norms
from holdfast.law.instrument import WayIn


class Score(NamedTuple):
    """What the answers come to. `low` and `high` are None where the instrument gives no sum."""

    yes: int
    answered: int  # yes or no
    unanswered: tuple[str, ...]  # topic ids: not asked, not known, declined
    low: int | None
    high: int | None
    reached: tuple[str, ...]  # flags of bands that hold whatever the unanswered would be
    possible: tuple[str, ...]  # flags of bands that the unanswered could still bring about
    ways_in: tuple[WayIn, ...]  # each enough by itself
    ways_open: tuple[WayIn, ...]  # could still be met
    norms: tuple[tuple[Norms, NormRow], ...]
    too_few: bool  # so much is unanswered that the instrument gives no sum


def score(instrument: Instrument, answers: Mapping[str, str], *, believes: bool | None = None) -> Score:
    """The score of these answers (topic id -> yes, no, or a word for unknown). `believes`: the officer's own belief."""
    scoring = instrument.scoring
    ids = [topic.id for topic in instrument.topics]
    yes = {name for name in ids if answers.get(name) == "yes"}
    unanswered = tuple(name for name in ids if answers.get(name) not in ("yes", "no"))
    low = high = None
    too_few = scoring.most_unanswered is not None and len(unanswered) > scoring.most_unanswered
    if scoring.method in ("count-yes", "weighted") and not too_few:
        counted = {name: scoring.weights.get(name, 1) for name in ids if name not in scoring.left_out}
        certain = sum(weight for name, weight in counted.items() if name in yes)
        gaps = [counted[name] for name in unanswered if name in counted]
        low = certain + sum(weight for weight in gaps if weight < 0)
        high = certain + sum(weight for weight in gaps if weight > 0)
    met = tuple(way for way in scoring.ways_in if _met(way, yes, believes is True))
    could = tuple(
        way for way in scoring.ways_in if way not in met and _met(way, yes | set(unanswered), believes is not False)
    )
    return Score(
        yes=len(yes),
        answered=len(ids) - len(unanswered),
        unanswered=unanswered,
        low=low,
        high=high,
        reached=tuple(band.flag for band in scoring.bands if _holds(band, low) and _holds(band, high)),
        possible=tuple(band.flag for band in scoring.bands if _touched(band, low, high)),
        ways_in=met,
        ways_open=could,
        norms=_norms(scoring.norms, low) if low == high else (),
        too_few=too_few,
    )


def _met(way: WayIn, yes: set[str], believes: bool) -> bool:
    if way.belief:
        return believes
    return bool(yes & set(way.any_of)) if way.any_of else len(yes & set(way.of)) >= way.at_least


def _holds(band: Band, total: int | None) -> bool:
    return total is not None and total >= band.from_ and (band.to is None or total <= band.to)


def _touched(band: Band, low: int | None, high: int | None) -> bool:
    """Some total that is still open lies in the band, and not every one does."""
    if low is None or high is None or (_holds(band, low) and _holds(band, high)):
        return False
    return high >= band.from_ and (band.to is None or low <= band.to)


def _norms(tables: tuple[Norms, ...], total: int | None) -> tuple[tuple[Norms, NormRow], ...]:
    """Rows of tables whose source may be shown: a norm that nobody checked is no norm."""
    if total is None:
        return ()
    found = ((table, row) for table in tables if table.source.may_be_shown for row in table.rows)
    return tuple((table, row) for table, row in found if row.from_ <= total <= row.to)
