"""What in the log is unusual: one pure function over somebody's openings, and thresholds that are data.

- Tries that were refused count as much as openings: trying is worth looking into.
- A pattern is found once for a person and a window (a day, a week), and for some once for each case. More openings in
  the window never take back what was found: the past that is compared with ends before the window begins.
- It identifies what to look into. It accuses nobody: a supervisor finds out, and says what it was.
"""

import tomllib
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from datetime import date
from datetime import datetime
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import NamedTuple

from holdfast.access.log.reasons import NO_TASK

PATTERNS = ("many_cases", "no_assignment", "same_surname", "same_address_or_number", "out_of_hours")
_STATED = Path(__file__).with_name("unusual.toml")
_HOURS = 24
Thresholds = Mapping[str, Mapping[str, float]]


class Opening(NamedTuple):
    """One line about a case, as it is judged."""

    number: int
    at: datetime  # in the place's own zone
    case: str
    tie: str


class Found(NamedTuple):
    """One pattern of one person in one window."""

    pattern: str
    window: str  # 2026-11-20, or 2026-W47
    about: str  # the case, for a pattern of one case alone; '' for the others
    cases: tuple[str, ...]  # those of the window, the one last opened first: where the entry may stand
    openings: int
    last_at: datetime


class ThresholdsRefused(ValueError):
    """The thresholds of this place cannot be used."""


def thresholds(own: Path | None = None) -> dict[str, dict[str, float]]:
    """The thresholds, with what a place's own file says in their stead; ThresholdsRefused where it cannot be used."""
    stated: dict[str, dict[str, float]] = tomllib.loads(_STATED.read_text(encoding="utf-8"))
    if own is None or not own.is_file():
        return stated
    try:
        said = tomllib.loads(own.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise ThresholdsRefused("unusual.toml in the data folder is no TOML: mend it, or take it away.") from fault
    for pattern, values in said.items():
        known = stated.get(pattern)
        if known is None or not isinstance(values, dict) or not set(values) <= set(known):
            raise ThresholdsRefused("unusual.toml in the data folder has a name that is none of ours: see the manual.")
        if any(
            isinstance(value, bool) or not isinstance(value, int | float) or not 1 <= value <= 100_000
            for value in values.values()
        ):
            raise ThresholdsRefused("unusual.toml in the data folder has a value that is no number from 1 to 100,000.")
        known.update(values)
    return stated


def _is_figure(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 1 <= value <= 100_000


def unusual_on(
    day: date,
    openings: Iterable[Opening],
    stated: Thresholds,
    *,
    role_middle: float | None = None,
    same: Callable[[str], str] = lambda case: "",
) -> frozenset[Found]:
    """What is unusual in one person's openings on a day, and in its week. In which order they come does not matter.

    `openings` reach back as far as the thresholds ask. `role_middle` is the median of cases a day in the person's role,
    None where it is not known. `same` says of a case whether the person shares a surname or an address or number with
    somebody in it: the name of the pattern, or ''.
    """
    known = sorted(set(openings))
    today = [each for each in known if each.at.date() == day]
    if not today:
        return frozenset()
    monday = day - timedelta(days=day.weekday())
    week = [each for each in known if monday <= each.at.date() <= monday + timedelta(days=6)]
    found = [
        _many_cases(day, known, today, stated["many_cases"], role_middle),
        _out_of_hours(day, known, today, stated["out_of_hours"]),
        _no_assignment(day, week, stated["no_assignment"]),
        *_same(day, today, stated, same),
    ]
    return frozenset(each for each in found if each is not None)


def _many_cases(
    day: date, known: list[Opening], today: list[Opening], stated: Mapping[str, float], role_middle: float | None
) -> Found | None:
    """Many against the person's own past, or against the role. Where neither is known, the bare number counts."""
    count = len({each.case for each in today})
    if count < stated["cases"]:
        return None
    past: dict[date, set[str]] = {}
    for each in known:
        if day - timedelta(days=stated["past_days"]) <= each.at.date() < day:
            past.setdefault(each.at.date(), set()).add(each.case)
    own = median(len(cases) for cases in past.values()) if len(past) >= stated["least_days"] else None
    compared = [(own, stated["times_own"]), (role_middle, stated["times_role"])]
    usual = [middle * times for middle, times in compared if middle is not None]
    if usual and not any(count > each for each in usual):
        return None
    return _found("many_cases", f"{day}", today)


def _no_assignment(day: date, week: list[Opening], stated: Mapping[str, float]) -> Found | None:
    without = [each for each in week if each.tie == NO_TASK]
    if len({each.case for each in without}) < stated["cases"]:
        return None
    year, number, _ = day.isocalendar()
    return _found("no_assignment", f"{year}-W{number:02}", without)


def _out_of_hours(day: date, known: list[Opening], today: list[Opening], stated: Mapping[str, float]) -> Found | None:
    """At hours that were never theirs. Who has little past has no hours yet, and nothing is found."""
    past = [each for each in known if day - timedelta(days=stated["past_days"]) <= each.at.date() < day]
    if len({each.at.date() for each in past}) < stated["least_days"]:
        return None
    margin = int(stated["margin_hours"])
    theirs = {(each.at.hour + by) % _HOURS for each in past for by in range(-margin, margin + 1)}
    outside = [each for each in today if each.at.hour not in theirs]
    return _found("out_of_hours", f"{day}", outside) if len(outside) >= stated["openings"] else None


def _same(day: date, today: list[Opening], stated: Thresholds, same: Callable[[str], str]) -> Iterable[Found]:
    by_case: dict[str, list[Opening]] = {}
    for each in today:
        by_case.setdefault(each.case, []).append(each)
    for case, theirs in by_case.items():
        pattern = same(case)
        if pattern and len(theirs) >= stated[pattern]["openings"]:
            yield _found(pattern, f"{day}", theirs, case)


def _found(pattern: str, window: str, openings: list[Opening], about: str = "") -> Found:
    cases = dict.fromkeys(each.case for each in reversed(openings))
    return Found(pattern, window, about, tuple(cases), len(openings), openings[-1].at)
