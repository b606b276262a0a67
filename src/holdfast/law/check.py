"""Checking a pack: every fault in one list, each with a stable id, the file and a hint.

- What cannot be read is a fault, and the rest is checked all the same. What reading can find comes first; what needs
  the whole pack (ids, kinds, facts, calendars, placeholders) comes after it.
- Worked cases are run by `duties/worked.py`, which adds its faults to these.
- Nothing here knows today's date: `on` is passed where a calendar's end is looked at.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from holdfast.law.alarm import AlarmRule
from holdfast.law.call_script import CallScript
from holdfast.law.check_alarms import check_alarms
from holdfast.law.check_answering import check_answering
from holdfast.law.check_call_script import check_call_script
from holdfast.law.check_declaration import check_declarations
from holdfast.law.check_duty import check_duties
from holdfast.law.check_everywhere import check_everywhere
from holdfast.law.check_guide import check_guide
from holdfast.law.check_plates import check_plates
from holdfast.law.check_public import check_public
from holdfast.law.check_retention import check_retention
from holdfast.law.check_unfilled import check_unfilled
from holdfast.law.clock_text import ClockFault
from holdfast.law.clock_text import calendars_of
from holdfast.law.clock_text import read
from holdfast.law.data import InForce
from holdfast.law.data import Source
from holdfast.law.declaration import Declaration
from holdfast.law.fault import Fault
from holdfast.law.fault import PackRefused
from holdfast.law.figures import figures_in
from holdfast.law.instrument import Instrument
from holdfast.law.loading import gather
from holdfast.law.loading import ready
from holdfast.law.pack import Duty
from holdfast.law.pack import Limit
from holdfast.law.pack import Order
from holdfast.law.pack import Pack
from holdfast.law.pack import Policy
from holdfast.law.pack import Power
from holdfast.law.pack import Prohibition
from holdfast.law.plate import Plate
from holdfast.law.public import Route
from holdfast.law.public import Service
from holdfast.law.retention import Retention
from holdfast.record.kinds import KINDS

# Where a place has no silent route it says so in one of this name: what to do when nobody can speak.
_NEEDED_ROUTES = ("emergency", "emergency-silent")


def check_pack(folder: Path, on: date | None = None) -> tuple[Pack | None, list[Fault]]:
    """The pack where it could be read, and every fault in it. `on` is the day on which its calendars must still run,
    and after which no source can have been checked."""
    unread: list[Fault] = []
    pack = gather(folder, unread)
    if pack is None:
        return None, unread
    faults = [*unread, *_calendars(pack, on)]
    if not faults:
        try:
            pack = ready(pack)
        except PackRefused as refused:
            faults += refused.faults
    faults += _holidays(pack)
    faults += check_duties(pack)
    faults += _sources(pack, on)
    faults += check_unfilled(pack)
    faults += _orders(pack)
    faults += _powers(pack)
    faults += _instruments(pack)
    faults += check_retention(pack)
    faults += check_declarations(pack)
    faults += check_plates(pack)
    faults += check_alarms(pack)
    faults += check_call_script(pack)
    faults += check_answering(pack)
    faults += check_everywhere(pack)
    if not pack.abstract:
        faults += _routes(pack)
    if not unread:  # what could not be read is missing from the pack, and not from its guide
        faults += check_guide(pack)
        faults += check_public(pack)
    return pack, sorted(set(faults), key=lambda fault: (fault.file, fault.id, fault.what))


def _calendars(pack: Pack, on: date | None) -> Iterable[Fault]:
    where = f"{pack.id}/calendars.yaml"
    for name, calendar in pack.calendars.items():
        try:
            last = date.fromisoformat(calendar.until)
            date.fromisoformat(calendar.from_)
            for day in (*calendar.add, *calendar.remove):
                date.fromisoformat(day)
        except ValueError:
            yield Fault("law.E023", where, f"{name}: a day cannot be read.", "Write days as 2026-12-31.")
            continue
        if on is not None and last < on + timedelta(days=90):
            yield Fault(
                "law.E060", where, f"{name}: the calendar ends on {calendar.until}.",
                "Extend it from the published holidays before limits cannot be counted.",
            )  # fmt: skip
    if "working" not in pack.calendars:
        yield Fault("law.E016", where, "There is no calendar 'working'.", "Declare the working days.")


def _holidays(pack: Pack) -> Iterable[Fault]:
    if pack.everywhere:
        return  # its days are for its own worked cases, and no place inherits them
    for name, calendar in pack.calendars.items():
        if calendar.holidays is None and not calendar.remove:
            yield Fault(
                "law.W002", f"{pack.id}/calendars.yaml", f"{name}: public holidays count in this calendar.",
                "Name a country under `holidays:`, or write the days under `remove:`, unless it is so.",
            )  # fmt: skip


def _sources(pack: Pack, on: date | None) -> Iterable[Fault]:
    """Every rule says where it comes from, by the publisher's own page, and since when."""
    items: tuple[
        Duty | Limit | Power | Policy | Order | Prohibition | Retention | Declaration | Plate | AlarmRule | CallScript,
        ...,
    ] = (
        *pack.duties,
        *pack.limits,
        *pack.powers,
        *pack.policies,
        *pack.orders,
        *pack.prohibitions,
        *pack.retention,
        *pack.declarations,
        *pack.plates,
        *pack.alarms,
        *pack.call,
    )
    for item in items:
        if getattr(item, "chases", ""):
            continue
        yield from _source(item.source, item.id, item.file, pack, own=item.authority == "our-standard")
        yield from check_in_force(item.in_force, item.id, item.file, item.authority)
        yield from _not_to_come(item.source, item.id, item.file, on)
    things: tuple[Service | Route, ...] = (*pack.services, *pack.emergency)
    for thing in things:
        yield from _source(thing.source, thing.id, thing.file, pack, own=False)
        yield from _not_to_come(thing.source, thing.id, thing.file, on)
    for instrument in pack.instruments:
        yield from _source(instrument.source, instrument.id, instrument.file, pack, own=False)
        yield from _not_to_come(instrument.source, instrument.id, instrument.file, on)


def _source(source: Source, name: str, file: str, pack: Pack, *, own: bool) -> Iterable[Fault]:
    if not source.title:
        yield Fault("law.E020", file, f"{name}: the source has no title.", "Name the statute, code or policy.")
    if source.last_checked_on and not _is_day(source.last_checked_on):
        yield Fault("law.E023", file, f"{name}: last_checked_on is not a day.", "Write it as 2026-11-20.")
    if own:
        return
    if not source.link and source.confidence in ("verified", "secondary"):
        yield Fault("law.E020", file, f"{name}: the source has no link.", "Link the publisher's own page.")
    if source.confidence in ("verified", "secondary") and not _is_day(source.last_checked_on):
        yield Fault("law.E020", file, f"{name}: no day on which the source was checked.", "Add last_checked_on.")
    if source.link:
        parts = urlsplit(source.link)
        if parts.scheme != "https":
            yield Fault(
                "law.E027", file, f"{name}: the link does not begin with https://.",
                "Link the publisher's own page by https; the address that you read can stand in seen_in.",
            )  # fmt: skip
        if parts.hostname not in pack.hosts:
            yield Fault(
                "law.E021", file, f"{name}: the host of the link is not listed in pack.yaml.",
                "List the host if it is the publisher's own; a copy goes in seen_in.",
            )  # fmt: skip
    if not source.may_be_shown:
        yield Fault(
            "law.W001", file, f"{name}: the source is {source.confidence}.", "Staff see it marked; others do not."
        )


def _not_to_come(source: Source, name: str, file: str, on: date | None) -> Iterable[Fault]:
    """A day of checking that has come somewhere on Earth: `on` is a day of UTC, and the east is a day ahead of it."""
    day = source.last_checked_on
    if on is not None and _is_day(day) and date.fromisoformat(day) > on + timedelta(days=1):
        yield Fault(
            "law.E026", file, f"{name}: last_checked_on is a day to come.", "Write the day on which you read it."
        )


def check_in_force(in_force: InForce, name: str, file: str, authority: str) -> Iterable[Fault]:
    """The first and last day, readable and in order; statute and code never without a first day."""
    if in_force.from_ == "not stated":
        if authority in ("statute", "code") and in_force.status == "in-force":
            yield Fault("law.E022", file, f"{name}: statute and code need their first day.", "Find the commencement.")
    elif not _is_day(in_force.from_):
        yield Fault("law.E023", file, f"{name}: the first day cannot be read.", "Write it as 2021-04-01.")
    if in_force.until and not _is_day(in_force.until):
        yield Fault("law.E023", file, f"{name}: the last day cannot be read.", "Write it as 2026-03-31.")
    elif in_force.until and _is_day(in_force.from_) and in_force.until < in_force.from_:
        yield Fault("law.E023", file, f"{name}: it ends before it begins.", "Look at the days.")


def _orders(pack: Pack) -> Iterable[Fault]:
    for order in pack.orders:
        clocks = (order.lasts.at_least, order.lasts.at_most, order.hearing_within, order.breach.court_within)
        for text in filter(None, clocks):
            yield from check_clock(text, order.id, order.file, pack)
        yield from _prose(order.id, order.file, order.says, pack)
        if not (order.lasts.at_least or order.lasts.at_most or order.lasts.words):
            yield Fault("law.E041", order.file, f"{order.id}: how long it lasts is missing.", "Give clocks or words.")


def _powers(pack: Pack) -> Iterable[Fault]:
    for power in pack.powers:
        if power.used_by and power.used_by not in KINDS:
            yield Fault("law.E010", power.file, f"{power.id}: used_by names no kind.", "See `holdfast kinds`.")
        if not power.tests:
            yield Fault("law.E041", power.file, f"{power.id}: a power needs its test.", "Add tests.")
        yield from _prose(power.id, power.file, power.says, pack)
    for policy in pack.policies:
        yield from _prose(policy.id, policy.file, policy.says, pack)
    for rule in pack.prohibitions:
        for kind in rule.at:
            if kind not in KINDS:
                yield Fault("law.E010", rule.file, f"{rule.id}: '{kind}' is not a kind.", "See `holdfast kinds`.")
        yield from _prose(rule.id, rule.file, rule.says, pack)


def _prose(name: str, file: str, text: str, pack: Pack) -> Iterable[Fault]:
    if not text.strip():
        yield Fault("law.E041", file, f"{name}: its wording is missing.", "Write `says:`.")
    if figures_in(text):
        yield Fault("law.E040", file, f"{name}: a figure is typed into prose.", "Say it without the figure.")


def _instruments(pack: Pack) -> Iterable[Fault]:
    for instrument in pack.instruments:
        ids = [topic.id for topic in instrument.topics]
        if len(ids) != len(set(ids)):
            yield Fault("law.E062", instrument.file, f"{instrument.id}: a topic's id stands twice.", "Make ids unique.")
        yield from _scoring(instrument, set(ids))
        scoring = instrument.scoring
        most = sum(scoring.weights.get(name, 1) for name in ids if name not in scoring.left_out)
        for band in scoring.bands:
            if band.from_ > most or (band.to is not None and not band.from_ <= band.to <= most):
                yield Fault(
                    "law.E062", instrument.file, f"{instrument.id}: a band lies outside the topics.", "Look again."
                )


def _scoring(instrument: Instrument, ids: set[str]) -> Iterable[Fault]:
    scoring = instrument.scoring
    named = {*scoring.weights, *scoring.left_out, *(one for way in scoring.ways_in for one in (*way.any_of, *way.of))}
    for name in sorted(named - ids):
        yield Fault("law.E062", instrument.file, f"{instrument.id}: '{name}' is no topic.", "See its topics.")
    if (scoring.method == "ways-in") != bool(scoring.ways_in):
        yield Fault("law.E062", instrument.file, f"{instrument.id}: its ways in are missing or unused.", "Look again.")
    for way in scoring.ways_in:
        if sum((bool(way.any_of), bool(way.of) and way.at_least > 0, way.belief)) != 1 or way.at_least > len(way.of):
            yield Fault("law.E062", instrument.file, f"{instrument.id}: {way.id} is not one way in.", "See pack.md.")
    for norms in scoring.norms:
        reached = [row.from_ for row in norms.rows] + [norms.rows[-1].to + 1] if norms.rows else []
        if any(row.to + 1 != following for row, following in zip(norms.rows, reached[1:], strict=True)):
            yield Fault("law.E062", instrument.file, f"{instrument.id}: {norms.id} has a gap.", "Look again.")


def _routes(pack: Pack) -> Iterable[Fault]:
    shown = {route.id for route in pack.emergency if route.source.may_be_shown}
    for name in _NEEDED_ROUTES:
        if name not in shown:
            yield Fault(
                "law.E061", f"{pack.id}/emergency.yaml", f"'{name}' is missing or its source may not be shown.",
                "Every public page begins with it.",
            )  # fmt: skip
    for route in pack.emergency:
        # what cannot be shown is told above; a place without a silent route has no number in that line
        if route.id not in shown or route.id not in _NEEDED_ROUTES:
            continue
        if route.number not in route.short or (route.id == "emergency" and not route.number):
            yield Fault(
                "law.E064", route.file, f"{route.id}: `short` does not hold the number.",
                "Write it there as under `number`: this line stands at the top of every page.",
            )  # fmt: skip


def check_clock(text: str, name: str, file: str, pack: Pack) -> Iterable[Fault]:
    """Whether a limit can be read and its calendars are declared."""
    try:
        clock = read(text)
    except ClockFault as fault:
        yield Fault("law.E015", file, f"{name}: {fault}", "The grammar is in docs/formats/pack.md.")
        return
    for calendar in calendars_of(clock):
        if calendar not in pack.calendars:
            yield Fault("law.E016", file, f"{name}: the calendar '{calendar}' is not declared.", "See calendars.yaml.")


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 10
