"""What the survivor gave: what, when, how large, how far it is, and whether the police may have it.

- Only what came from this page, and never a file's name: somebody may read over a shoulder.
- Whether the police may have it is theirs to say and to change, until the police took it over. Not chosen is no.
- An item is named by its number in what a form sends, and it has to be one of theirs: nothing else can be reached.
"""

from typing import NamedTuple
from uuid import UUID

from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseBase
from django.shortcuts import redirect

from holdfast.access.copies.giving import known_to
from holdfast.doors.evidence.bundle_lint import in_page
from holdfast.doors.evidence.coming import Coming
from holdfast.doors.evidence.coming import coming_in
from holdfast.doors.evidence.coming import drop
from holdfast.doors.evidence.permit import WHERE
from holdfast.doors.evidence.permit import sealed
from holdfast.doors.evidence.recording import police_use_chosen
from holdfast.doors.survivor.days import at_time
from holdfast.doors.survivor.signed_in import Opened
from holdfast.doors.survivor.signed_in import show
from holdfast.doors.survivor.signed_in import signed_in
from holdfast.doors.survivor.views.giving import permit_for
from holdfast.doors.survivor.views.giving_later import later_pictures
from holdfast.doors.survivor.views.giving_words import NOT_CHOSEN
from holdfast.doors.survivor.views.giving_words import POLICE
from holdfast.doors.survivor.views.giving_words import STANDS
from holdfast.doors.survivor.views.giving_words import TAKEN_OVER
from holdfast.doors.survivor.views.giving_words import called
from holdfast.doors.survivor.views.giving_words import size_in_words
from holdfast.vault.intake import Busy
from holdfast.vault.items import KnownItem
from holdfast.vault.items import items_of

_CHOICES = {name for name, _ in POLICE}


class Row(NamedTuple):
    """One item that was taken."""

    key: str
    number: int
    what: str
    when: str
    size: str
    stands: str
    may: str
    can_change: bool
    has_receipt: bool


class Half(NamedTuple):
    """One item that is still coming in."""

    key: str
    what: str
    when: str
    far: str


@signed_in
def given(request: HttpRequest, opened: Opened) -> HttpResponseBase:
    """The list, and changing whether the police may have something."""
    if request.method == "POST":
        may, _, key = request.POST.get("may", "").partition(" ")
        item = _theirs(opened, key)
        if item is not None and may in _CHOICES and not item.handed_over:
            if item.police_may_have != may:
                police_use_chosen(opened.file.id, item.item, may, opened.by, opened.now)
            request.session["said"] = STANDS[may]
        return redirect("survivor:given")
    items = _own(opened)
    rows = [_row(opened, number, each) for number, each in enumerate(items, 1)]
    halves = [_half(opened, each) for each in _coming(opened)]
    return show(
        request, "given", opened, rows=rows[::-1], halves=halves, police=POLICE, later=later_pictures(opened)
    )  # fmt: skip


@signed_in
def go_on(request: HttpRequest, opened: Opened) -> HttpResponseBase:
    """Goes on with an item that was not whole, or forgets it."""
    key = request.POST.get("item", "") or request.POST.get("forget", "")
    found = next((each for each in _coming(opened) if str(each.item) == key), None)
    if request.method != "POST" or found is None:
        return redirect("survivor:given")
    if "forget" in request.POST:
        try:
            drop(opened.file.id, found.item)
            request.session["said"] = "It is forgotten. Nothing of it is kept."
        except Busy:
            request.session["said"] = "It is coming in at this moment. Stop it there first, then try again."
        return redirect("survivor:given")
    permit = WHERE + sealed(permit_for(opened, found.said, item=found.item, says=()))
    whole = 0 < found.size <= found.acknowledged
    return show(request, "on", opened, permit=permit, half=_half(opened, found), size=found.size, whole=whole)


@signed_in
def receipt(request: HttpRequest, opened: Opened) -> HttpResponseBase:
    """One receipt, to read, and to save under a name that says nothing once they said that they read it."""
    items = _own(opened)
    item = _theirs(opened, request.POST.get("item", ""))
    if request.method != "POST" or item is None or not item.receipt:
        return redirect("survivor:given")
    number = items.index(item) + 1
    leads = bool(in_page(known_to(opened.file), item.receipt, "the receipt", ()))
    if "save" in request.POST and request.POST.get("read_it") == "yes" and not leads:
        answer = HttpResponse(item.receipt, content_type="text/plain; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="information-{number}.txt"'
        return answer
    return show(
        request, "receipt", opened, row=_row(opened, number, item), receipt=item.receipt, leads=leads,
        not_yet="save" in request.POST and not leads,
    )  # fmt: skip


def _own(opened: Opened) -> list[KnownItem]:
    """What they gave themselves, the oldest first."""
    return [
        each for each in items_of(opened.file.entries)
        if each.of is None and each.taken_by.role == "survivor" and each.what != "live_picture"
    ]  # fmt: skip


def _theirs(opened: Opened, key: str) -> KnownItem | None:
    return next((each for each in _own(opened) if str(each.item) == key), None)


def _coming(opened: Opened) -> list[Coming]:
    taken: list[UUID] = [each.item for each in items_of(opened.file.entries)]
    return [each for each in coming_in(opened.file.id, taken) if each.role == "survivor"]


def _row(opened: Opened, number: int, item: KnownItem) -> Row:
    year = opened.now.astimezone(opened.zone).year
    stands = TAKEN_OVER if item.handed_over else STANDS.get(item.police_may_have, NOT_CHOSEN)
    return Row(
        key=str(item.item),
        number=number,
        what=called(item.what),
        when=at_time(item.taken_at, opened.zone, year),
        size=size_in_words(item.size),
        stands=stands,
        may=item.police_may_have,
        can_change=not item.handed_over,
        has_receipt=bool(item.receipt),
    )


def _half(opened: Opened, coming: Coming) -> Half:
    year = opened.now.astimezone(opened.zone).year
    far = size_in_words(coming.acknowledged)
    far = f"{far} of {size_in_words(coming.size)} are here." if coming.size else f"{far} are here."
    return Half(
        str(coming.item), called(str(coming.said.get("what"))), at_time(coming.begun_at, opened.zone, year), far
    )
