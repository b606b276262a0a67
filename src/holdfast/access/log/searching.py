"""Searching the log: by who, which case, what, when, and whether it was refused; the newest first, a page at a time.

- What is asked for is checked before anything is read: each fault in words, none repeating what was typed.
- Whoever searches is judged by `may` and written into the log themselves, by the door or the command that asks.
- A supervisor sees the lines of their own team; an auditor all. Neither sees one of a case that they are kept out of.
- Words that somebody typed are opened only where asked.
"""

import re
from collections.abc import Iterator
from collections.abc import Mapping
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from holdfast.access.log.tables import LoggedLine
from holdfast.casefile.codes import plain
from holdfast.record.header import write_time

A_PAGE = 50
MOST_EXPORTED = 100_000
_STAFF = re.compile(r"[A-Za-z0-9._/-]{1,60}")
_ACT = re.compile(r"[a-z0-9_]{1,60}")


class Asked(NamedTuple):
    """What is looked for. Empty means any; the days are in the reader's own zone, both included."""

    staff: str = ""
    case: str = ""
    act: str = ""
    first: date | None = None
    last: date | None = None
    refused: bool = False
    team: str | None = None  # the only team whose lines are shown; None for all
    without: frozenset[str] = frozenset()  # cases of which no line is shown: whom a case concerns is told nothing of it
    before: int | None = None  # only lines with lower numbers: where the next page begins

    def in_words(self) -> str:
        """What was looked for, as the log keeps it: identifiers and codes only."""
        said = {
            "staff": self.staff, "case": self.case, "act": self.act, "from": self.first, "to": self.last,
            "refused only": "yes" if self.refused else "",
        }  # fmt: skip
        return "; ".join(f"{name} {value}" for name, value in said.items() if value) or "everything"


class Found(NamedTuple):
    """A page of what was found. `before` asks for the next, None where this is the last."""

    lines: tuple[LoggedLine, ...]
    before: int | None


def asked_for(given: Mapping[str, str]) -> tuple[Asked, dict[str, str]]:
    """What a form or a command asks for, and what is wrong with it, by field."""
    faults: dict[str, str] = {}
    staff, act = given.get("staff", "").strip(), given.get("act", "").strip().lower().replace(" ", "_")
    if staff and not _STAFF.fullmatch(staff):
        faults["staff"] = "A staff identifier has letters, digits and . _ / - only. Check it, and search again."
    case = plain(given.get("case", ""))
    if given.get("case", "").strip() and not case:
        faults["case"] = "This is no code of a case: it has eight letters and digits. Check it, and search again."
    if act and not _ACT.fullmatch(act):
        faults["act"] = "There is no act of this name. Choose one of the list."
    days = {}
    for name in ("from", "to"):
        try:
            text = given.get(name, "").strip()
            days[name] = date.fromisoformat(text) if text else None
        except ValueError:
            days[name], faults[name] = None, "This is no date. Write it as year-month-day, such as 2026-11-20."
    first, last = days["from"], days["to"]
    if first and last and last < first:
        faults["to"] = "The last day lies before the first. Exchange them, and search again."
    before = given.get("before", "")
    number = int(before) if before.isascii() and before.isdigit() and len(before) < 10 else None
    return Asked(staff, case, act, first, last, given.get("refused", "") != "", before=number), faults


def found(asked: Asked, zone: ZoneInfo, most: int = A_PAGE) -> Found:
    """One page."""
    lines = list(_matching(asked, zone)[: most + 1])
    more = len(lines) > most
    return Found(tuple(lines[:most]), lines[most - 1].number if more else None)


def all_found(asked: Asked, zone: ZoneInfo) -> Iterator[LoggedLine]:
    """Every line, for an export; at most MOST_EXPORTED, the newest first."""
    return _matching(asked, zone)[:MOST_EXPORTED].iterator(chunk_size=1_000)


def acts_known() -> list[str]:
    """Every act that stands in the log, for a list to choose from."""
    return list(LoggedLine.objects.order_by("act").values_list("act", flat=True).distinct())


def row_of(line: LoggedLine) -> dict[str, str | int | bool]:
    """A line as it is exported: what is in clear in the log, and no typed word."""
    said = line.said
    return {
        "number": said.number, "at": said.at, "role": said.role, "staff": said.staff, "agency": said.agency,
        "organisation": said.organisation, "team": said.team, "act": said.act, "route": said.route, "case": said.case,
        "allowed": said.allowed, "tie": said.tie, "rule": said.rule, "words_given": bool(said.key),
    }  # fmt: skip


def _matching(asked: Asked, zone: ZoneInfo) -> QuerySet[LoggedLine]:
    lines = LoggedLine.objects.order_by("-number")
    named = {"staff": asked.staff, "case": asked.case, "act": asked.act}
    lines = lines.filter(**{name: value for name, value in named.items() if value})
    if asked.team is not None:
        # No team is not everybody's team: who belongs to none is shown nobody's lines.
        lines = lines.filter(team=asked.team) if asked.team else lines.none()
    if asked.without:
        lines = lines.exclude(case__in=asked.without)
    if asked.first:
        lines = lines.filter(at__gte=_midnight(asked.first, zone))
    if asked.last:
        lines = lines.filter(at__lt=_midnight(asked.last + timedelta(days=1), zone) if asked.last < date.max else "3")
    if asked.refused:
        lines = lines.filter(allowed=False)
    return lines.filter(number__lt=asked.before) if asked.before is not None else lines


def _midnight(day: date, zone: ZoneInfo) -> str:
    if not 1900 < day.year < 2199:
        return f"{day:%Y-%m-%d}" if day.year > 999 else "0"
    return write_time(datetime.combine(day, time(), zone).astimezone(UTC))
