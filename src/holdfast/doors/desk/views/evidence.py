"""What evidence there is in a case: items of the vault, things, and what the record says is kept elsewhere.

No picture and no word of content stands here, so that whoever counts what there is need not look at it.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from typing import Any
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http import HttpResponse
from django.urls import NoReverseMatch
from django.urls import reverse

from holdfast.casefile.codes import shown
from holdfast.doors.desk.evidence.asked import BY_WHAT
from holdfast.doors.desk.evidence.shown import row
from holdfast.doors.desk.gate import Opened
from holdfast.doors.desk.gate import in_case
from holdfast.doors.desk.in_words import Said
from holdfast.doors.desk.in_words import fields_in_words
from holdfast.doors.desk.in_words import value_in_words
from holdfast.doors.desk.local_time import in_short
from holdfast.doors.desk.page import show
from holdfast.doors.evidence.consents import consents
from holdfast.record.entry import Entry
from holdfast.record.facts import effective
from holdfast.record.kind import label
from holdfast.record.kinds import KINDS
from holdfast.vault.items import KnownItem
from holdfast.vault.items import items_of

ON_A_PAGE = 50
# Kept elsewhere, by a reference, or told by somebody: the record's own words for it.
ELSEWHERE = (
    "RecordingKept", "BodyWornVideoRecorded", "SceneRecorded", "InjuriesPhotographed", "MessagesKept",
    "MedicalRecordsAsked", "MedicalRecordsReceived",
)  # fmt: skip
# Pages of evidence that other files have: shown where they are there and this person may open them.
BESIDE = (("custody", "Custody", "see_custody"), ("bundle", "Bundle to hand out", "make_bundle"),
          ("statement", "Statements", "take_statement"), ("live", "Live from the scene", "offer_live"))  # fmt: skip


class Thing(NamedTuple):
    """An exhibit that is a thing, and where it is now."""

    item: str
    exhibit: str
    bag: str
    words: str
    found: str
    now: str
    taken: str


class Witness(NamedTuple):
    """Somebody who saw, heard or was told, and whether anybody spoke to them."""

    number: int
    who: str
    name: str
    contact: str
    spoken: str  # when, '' where nobody did


class Told(NamedTuple):
    """One entry about evidence that is not in the vault."""

    number: int
    name: str
    when: str
    said: tuple[Said, ...]


@in_case("see_custody")
def evidence(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The list."""
    known = effective(list(opened.seen))
    items = [each for each in items_of(opened.seen) if each.of is None]
    kinds = sorted({each.what for each in items})
    wanted, sought = request.GET.get("what", ""), request.GET.get("find", "").strip()[:60]
    found = [each for each in reversed(items) if _matches(each, wanted, sought)]
    pages = Paginator(found, ON_A_PAGE)
    here = pages.get_page(request.GET.get("page", "1"))
    context: dict[str, Any] = {
        **of_case(opened),
        "rows": [row(each, opened.zone) for each in here.object_list],
        "page_of": here,
        "count": len(items),
        "held": sum(1 for each in items if each.held),
        "kinds": [(each, value_in_words(each)) for each in kinds],
        "wanted": wanted,
        "sought": sought,
        "things": things(opened.seen, opened.zone),
        "witnesses": witnesses(known, opened.zone),
        "elsewhere": elsewhere(known, opened),
        "consents": consents(opened.seen, opened.now, opened.zone),
        "again": photographed_again(known, opened.now, opened.zone),
        "beside": _beside(opened),
        "taken": BY_WHAT.get(request.GET.get("taken", "")),
        "may_take": opened.may("take_evidence").allowed,
        "may_look": opened.may("see_evidence").allowed,
        "may_record": opened.may("record").allowed,
    }
    return show(request, "desk/evidence/list.html", context)


def of_case(opened: Opened) -> dict[str, Any]:
    """What every page of evidence carries."""
    return {"code": shown(opened.file.code), "plain_code": opened.file.code}


def things(entries: Sequence[Entry], zone: ZoneInfo) -> list[Thing]:
    """The exhibits that are things, each where its last move left it."""
    found: dict[str, Thing] = {}
    for entry in entries:
        said = entry.fields
        if entry.kind == "ExhibitTaken":
            taken = in_short(entry.happened_at, zone)
            found[said.item] = Thing(said.item, said.exhibit, said.bag, said.words, said.found, said.kept_at, taken)
        elif entry.kind == "ItemMoved" and said.item in found:
            before = found[said.item]
            found[said.item] = before._replace(now=said.to_where or before.now, bag=said.bag or before.bag)
    return list(found.values())


def witnesses(entries: Sequence[Entry], zone: ZoneInfo) -> list[Witness]:
    """Who saw, heard or was told."""
    spoken = {
        number: in_short(entry.happened_at, zone)
        for entry in entries
        if entry.kind == "WitnessSpokenTo"
        for number in entry.about
    }
    return [
        Witness(
            each.number, value_in_words(each.fields.who), each.fields.name, each.fields.number,
            spoken.get(each.number, ""),
        )
        for each in entries
        if each.kind == "WitnessFound"
    ]  # fmt: skip


def elsewhere(entries: Sequence[Entry], opened: Opened) -> list[Told]:
    """What the record says is kept elsewhere, the newest first."""
    found = [each for each in reversed(entries) if each.kind in ELSEWHERE]
    return [
        Told(
            each.number, label(KINDS[each.kind]), in_short(each.happened_at, opened.zone),
            fields_in_words(each.fields, opened.zone, opened.pack),
        )
        for each in islice(found, 40)
    ]  # fmt: skip


def photographed_again(entries: Sequence[Entry], now: datetime, zone: ZoneInfo) -> tuple[str, str, bool] | None:
    """When injuries are to be photographed again, which, and whether that time has passed; None where it was done."""
    answered = {number for each in entries if each.kind == "InjuriesPhotographed" for number in each.about}
    agreed = [each for each in entries if each.kind == "LaterPicturesAgreed" and each.number not in answered]
    if agreed:
        said = agreed[-1].fields
        return in_short(said.on, zone), said.which, said.on < now
    photographed = [each for each in entries if each.kind == "InjuriesPhotographed"]
    if not photographed or photographed[-1].fields.again_on is None:
        return None
    last = photographed[-1].fields
    return in_short(last.again_on, zone), last.which, last.again_on < now


def _matches(item: KnownItem, wanted: str, sought: str) -> bool:
    if wanted == "held" and not item.held:
        return False
    if wanted not in ("", "held") and item.what != wanted:
        return False
    said = f"{item.exhibit} {item.bag} {item.words} {item.source_name} {item.item}".lower()
    return sought.lower() in said


def _beside(opened: Opened) -> list[tuple[str, str]]:
    """The other pages of evidence that are there, and that this person may open."""
    found = []
    for name, words, act in BESIDE:
        try:
            address = reverse(f"desk:{name}", args=[opened.file.code])
        except NoReverseMatch:
            continue
        if opened.may(act).allowed:
            found.append((address, words))
    return found
