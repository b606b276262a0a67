"""Custody: for one item or a whole case, every act in order, what proves that it was there, and what nobody knows.

To be read. On paper it leaves by custody_paper.py, as a file for other agencies' tools by custody_out.py.
"""

from collections.abc import Iterable
from collections.abc import Sequence
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
from holdfast.doors.desk.leaving import told
from holdfast.doors.desk.page import show
from holdfast.doors.desk.views.evidence_look import PURPOSES
from holdfast.doors.evidence.bundle_telling import Telling
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
    acts, items = Paginator(acts_of(opened.seen), ACTS_ON_A_PAGE), Paginator(known, ITEMS_ON_A_PAGE)
    acts_here, items_here = acts.get_page(request.GET.get("page")), items.get_page(request.GET.get("items"))
    of_items = stories(opened.file.id, opened.seen, {each.item for each in items_here.object_list})
    pages = {"acts_page": acts_here, "items_page": items_here}
    words = of_all(opened, of_items, tuple(acts_here.object_list), known, Telling())
    return show(request, "desk/evidence/custody.html", words | pages)


@in_case("see_custody")
def of_item(request: HttpRequest, opened: Opened, item: UUID) -> HttpResponse:
    """Of one item: everything that was done with it and with what it was made from or into, and what proves it."""
    known = items_of(opened.seen)
    found = next(iter(stories(opened.file.id, opened.seen, {item})), None)
    if found is None:
        raise Http404
    return show(request, "desk/evidence/custody.html", of_one(opened, found, known, Telling()))


def of_all(
    opened: Opened, of_items: Iterable[Story], acts: Sequence[Act], known: tuple[KnownItem, ...], telling: Telling
) -> dict[str, Any]:
    """What is told of the items of a case and of some acts: each word from the record by `telling`."""
    return {
        **of_case(opened),
        "stories": [_proof(each, opened.zone, telling) for each in of_items],
        "acts": _rows(acts, known, opened, telling),
        "count": len(known),
    }


def of_one(opened: Opened, story: Story, known: tuple[KnownItem, ...], telling: Telling) -> dict[str, Any]:
    """What is told of one item: each word from the record by `telling`."""
    return {
        **of_case(opened),
        "one": _proof(story, opened.zone, telling),
        "acts": _rows(story.acts, known, opened, telling),
        "not_known": story.not_known,
        "receipt": story.item.receipt,
    }


def of_case(opened: Opened) -> dict[str, Any]:
    """What each of these pages carries of the case."""
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


def _proof(story: Story, zone: ZoneInfo, telling: Telling) -> dict[str, Any]:
    """What proves an item, in words."""
    item = story.item
    return {
        "item": item,
        "title": _title(item, telling),
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


def _rows(acts: Sequence[Act], known: tuple[KnownItem, ...], opened: Opened, telling: Telling) -> list[Row]:
    named = {item for act in acts for item in act.items}
    names = {each.item: _title(each, telling) for each in known if each.item in named}
    return [
        Row(
            act.number, label(KINDS[act.kind]), _who(act.by.role, act.by.staff), _moment(act.happened_at, opened.zone),
            _moment(act.recorded_at, opened.zone), abs(act.recorded_at - act.happened_at) > _SAME_TIME,
            telling.say(f"act.{act.number}", f"entry {act.number}: for what", act.purpose), _said(act, opened, telling),
            tuple((each, names[each]) for each in act.items if each in names),
        )
        for act in acts
    ]  # fmt: skip


def _said(act: Act, opened: Opened, telling: Telling) -> tuple[Said, ...]:
    telling_fields = {field.question for field in fields_of(KINDS[act.kind]) if field.name in TOLD}
    said = [
        each for each in fields_in_words(act.fields, opened.zone, opened.pack) if each.question in telling_fields
    ]  # fmt: skip
    return told(said, telling, f"act.{act.number}", f"entry {act.number}, {label(KINDS[act.kind]).lower()}")


def _title(item: KnownItem, telling: Telling) -> str:
    """What it is called on this page: never by the name it came under, nor by what it shows."""
    what = (
        f"{HOW.get(item.how, 'Made')} of: {value_in_words(item.what).lower()}" if item.of else value_in_words(item.what)
    )
    where = f"{what.lower()} {item.item.hex[:8]}: its exhibit number"
    exhibit = telling.say(f"{item.item}.exhibit", where, item.exhibit)
    return f"{what}, {exhibit}" if exhibit else f"{what}, {item.item.hex[:8]}"


def _who(role: str, staff: str) -> str:
    return "Holdfast itself" if staff == "holdfast" and role == "feed" else f"{ROLES.get(role, role)} {staff}".strip()


def _moment(at: datetime, zone: ZoneInfo) -> str:
    """To the second: an order of acts is read from it."""
    local = at.astimezone(zone)
    return f"{local:%a} {local.day} {local:%b %Y}, {local:%H:%M:%S}"
