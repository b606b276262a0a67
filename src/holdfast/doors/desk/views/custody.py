"""Custody: for one item or a whole case, every act in order, what proves that it was there, and what nobody knows.

To be read and to be printed; as a file for other agencies' tools it is taken out by custody_out.py.
"""

from collections.abc import Iterable
from datetime import datetime
from datetime import timedelta
from typing import Any
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.http import Http404
from django.http import HttpRequest
from django.http import HttpResponse

from holdfast.casefile.codes import shown
from holdfast.casefile.packs import pack_called
from holdfast.doors.desk.evidence.shown import HOW
from holdfast.doors.desk.evidence.shown import WHY
from holdfast.doors.desk.gate import Opened
from holdfast.doors.desk.gate import in_case
from holdfast.doors.desk.in_words import Said
from holdfast.doors.desk.in_words import fields_in_words
from holdfast.doors.desk.in_words import value_in_words
from holdfast.doors.desk.page import show
from holdfast.doors.desk.views.evidence_look import PURPOSES
from holdfast.doors.evidence.custody import TOLD
from holdfast.doors.evidence.custody import Story
from holdfast.doors.evidence.custody import chosen_authority
from holdfast.doors.evidence.custody import stories
from holdfast.record.entry import ROLES
from holdfast.record.kind import fields_of
from holdfast.record.kind import label
from holdfast.record.kinds import KINDS
from holdfast.vault.acts import Act
from holdfast.vault.acts import acts_of
from holdfast.vault.items import KnownItem
from holdfast.vault.items import items_of

ACTS_ON_A_PAGE = 100
ITEMS_ON_A_PAGE = 25
_SAME_TIME = timedelta(minutes=1)


class Row(NamedTuple):
    """One act on the page."""

    number: int
    what: str
    who: str
    happened: str
    recorded: str
    late: bool  # it was recorded later than it happened: both times count
    purpose: str
    said: tuple[Said, ...]
    items: tuple[tuple[UUID, str], ...]


@in_case("see_custody")
def custody(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Of all items of a case: the items with what proves them, and every act in the order it was recorded."""
    known = items_of(opened.seen)
    whole = request.GET.get("all") == "1"
    acts = Paginator(acts_of(opened.seen), 1_000_000 if whole else ACTS_ON_A_PAGE)
    items = Paginator(known, 1_000_000 if whole else ITEMS_ON_A_PAGE)
    acts_here, items_here = acts.get_page(request.GET.get("page")), items.get_page(request.GET.get("items"))
    told = stories(opened.file.id, opened.seen, {each.item for each in items_here.object_list})
    context: dict[str, Any] = {
        **of_case(opened),
        "stories": [_proof(each, opened.zone) for each in told],
        "acts": _rows(acts_here.object_list, known, opened),
        "acts_page": acts_here,
        "items_page": items_here,
        "count": len(known),
        "whole": whole,
    }
    return show(request, "desk/evidence/custody.html", context)


@in_case("see_custody")
def of_item(request: HttpRequest, opened: Opened, item: UUID) -> HttpResponse:
    """Of one item: everything that was done with it and with what it was made from or into, and what proves it."""
    known = items_of(opened.seen)
    found = next(iter(stories(opened.file.id, opened.seen, {item})), None)
    if found is None:
        raise Http404
    context = {
        **of_case(opened),
        "one": _proof(found, opened.zone),
        "acts": _rows(found.acts, known, opened),
        "not_known": found.not_known,
        "receipt": found.item.receipt,
    }
    return show(request, "desk/evidence/custody.html", context)


def of_case(opened: Opened) -> dict[str, Any]:
    """What both pages carry of the case."""
    chosen, why_none = chosen_authority()
    return {
        "code": shown(opened.file.code),
        "plain_code": opened.file.code,
        "printed": _moment(opened.now, opened.zone),
        "length": opened.file.length,
        "head": opened.file.head.hex(),
        "zone": pack_called(opened.file.pack).timezone,
        "own_stamps": chosen is not None and chosen.own,
        "no_authority": why_none,
        "may_take_out": opened.may("make_bundle").allowed,
        "purposes": list(PURPOSES.items()),
    }


def _proof(story: Story, zone: ZoneInfo) -> dict[str, Any]:
    """What proves an item, in words."""
    item = story.item
    return {
        "item": item,
        "title": _title(item),
        "taken": _moment(item.taken_at, zone),
        "who": _who(item.taken_by.role, item.taken_by.staff),
        "size": f"{item.size:,}",
        "held": [WHY.get(each, value_in_words(each)) for each in item.held],
        "stamps": [
            (each, _moment(each.at, zone), _moment(each.valid_until, zone) if each.valid_until else "")
            for each in story.stamps
        ],
        "not_stamped": story.not_stamped,
        "witness": story.witness,
        "witnessed": witness_in_words(story, zone) if story.witness else "",
        "not_known": story.not_known,
    }


def witness_in_words(story: Story, zone: ZoneInfo) -> str:
    """Which checkpoint saw it, and whether the record still fits; '' where none did."""
    seen = story.witness
    if seen is None:
        return ""
    said = f"Checkpoint {seen.checkpoint}, {_moment(seen.at, zone)}: signed over the first {seen.length} entries"
    return (
        f"{said}, which end with {seen.head[:16]}. The record {'still fits it' if seen.fits else 'no longer fits it'}."
    )


def _rows(acts: Iterable[Act], known: tuple[KnownItem, ...], opened: Opened) -> list[Row]:
    names = {each.item: _title(each) for each in known}
    return [
        Row(
            act.number, label(KINDS[act.kind]), _who(act.by.role, act.by.staff), _moment(act.happened_at, opened.zone),
            _moment(act.recorded_at, opened.zone), abs(act.recorded_at - act.happened_at) > _SAME_TIME, act.purpose,
            _said(act, opened), tuple((each, names[each]) for each in act.items if each in names),
        )
        for act in acts
    ]  # fmt: skip


def _said(act: Act, opened: Opened) -> tuple[Said, ...]:
    told = {field.question for field in fields_of(KINDS[act.kind]) if field.name in TOLD}
    return tuple(
        each for each in fields_in_words(act.fields, opened.zone, opened.pack) if each.question in told
    )  # fmt: skip


def _title(item: KnownItem) -> str:
    """What it is called on this page: never by the name it came under, nor by what it shows."""
    what = (
        f"{HOW.get(item.how, 'Made')} of: {value_in_words(item.what).lower()}" if item.of else value_in_words(item.what)
    )
    return f"{what}, {item.exhibit}" if item.exhibit else f"{what}, {item.item.hex[:8]}"


def _who(role: str, staff: str) -> str:
    return "Holdfast itself" if staff == "holdfast" and role == "feed" else f"{ROLES.get(role, role)} {staff}".strip()


def _moment(at: datetime, zone: ZoneInfo) -> str:
    """To the second: an order of acts is read from it."""
    local = at.astimezone(zone)
    return f"{local:%a} {local.day} {local:%b %Y}, {local:%H:%M:%S}"
