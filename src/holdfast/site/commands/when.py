"""`holdfast when "1 working day" --pack P --from TIME`: when a limit ends, with its working and its source."""

from __future__ import annotations

import argparse
import json
from datetime import UTC
from datetime import datetime

from holdfast.law.calendars import Days
from holdfast.law.clock import Clock
from holdfast.law.clock import InWords
from holdfast.law.clock import Undated
from holdfast.law.clock_text import ClockFault
from holdfast.law.clock_text import calendars_of
from holdfast.law.clock_text import read
from holdfast.law.pack import Pack
from holdfast.record.value import FIRST_YEAR
from holdfast.record.value import LAST_YEAR
from holdfast.site.commands.packs import load
from holdfast.site.commands.refusing import NotDone
from holdfast.site.commands.refusing import in_words


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("limit", help="a limit, such as '1 working day' (docs/formats/pack.md)")
    parser.add_argument("--pack", required=True, help="the pack whose calendars count")
    parser.add_argument("--from", dest="start", required=True, metavar="TIME", help="the starting moment, ISO 8601")


def run(options: argparse.Namespace) -> int:
    """Prints the end; 2 when the limit, the pack or the time cannot be read, 1 when no date can be worked out."""
    try:
        pack = load(options.pack)
        days = counted(pack)
        clock = read(options.limit)
        start = moment(options.start, pack)
        for name in calendars_of(clock):
            if not days.has(name):
                raise ClockFault(options.limit)
        end = clock.end(start, None, days)
        lines = clock.working(start, None, days)
    except ValueError as fault:  # a limit that cannot be read is one
        raise NotDone([str(fault)]) from fault
    except (Undated, InWords) as fault:
        why = f"No date can be worked out: {str(fault).rstrip('.')}."
        in_words([("", why)])
        if options.json:
            print(json.dumps({"faults": [{"at": "", "why": why}]}))
        return 1
    source = source_of(clock, pack)
    due = days.local(end).isoformat()
    if options.json:
        print(json.dumps({"due_by": due, "working": lines, "source": source}))
    else:
        print(due, *(f"  {line}" for line in lines), f"  {source}", sep="\n")
    return 0


def counted(pack: Pack) -> Days:
    """The pack's calendars, ready for counting; ValueError when it was not loaded by load_pack."""
    if pack.days is None:
        raise ValueError("The pack's calendars are not ready: load it with load_pack.")
    return pack.days


def moment(text: str, pack: Pack) -> datetime:
    """A time in UTC; one without an offset is on the place's own clock."""
    try:
        given = datetime.fromisoformat(text)
    except ValueError as fault:
        raise ValueError(
            "The time cannot be read. Write it as 2026-03-06T21:00, with an offset if it is not local."
        ) from fault
    if given.tzinfo is None:
        given = given.replace(tzinfo=counted(pack).zone)
    if not FIRST_YEAR <= given.year <= LAST_YEAR:
        raise ValueError(
            f"The time lies outside the years {FIRST_YEAR} to {LAST_YEAR}, within which limits are counted."
        )
    return given.astimezone(UTC)


def source_of(clock: Clock, pack: Pack) -> str:
    """Where the counting of days comes from."""
    named = [
        f"{name}: {pack.calendars[name].says.rstrip('.')}"
        for name in sorted(calendars_of(clock))
        if pack.calendars[name].says
    ]
    rule = "the clock rules of docs/formats/pack.md"
    return f"{rule}; calendars of {pack.name}: {'; '.join(named)}" if named else f"{rule}; {pack.name}"
