"""Bundles to hand out: chosen by one person, read whole as it will leave, decided and confirmed, made, handed out.

- The page that confirms shows the list exactly as it leaves with the decisions that are made with it. Whoever decides
  something else is shown the list again first.
- Nothing found is never called safe: somebody says that they read all of it, and where the suspect may come to read it
  that is somebody else than whoever chose.
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseBase
from django.http import HttpResponseRedirect
from django.urls import reverse

from holdfast.access.looks import log_look
from holdfast.access.two_people import two_who_may
from holdfast.casefile.refused import Refused
from holdfast.doors.desk.evidence.ranges import answer
from holdfast.doors.desk.evidence.shown import HOW as MADE
from holdfast.doors.desk.evidence.shown import size_in_words
from holdfast.doors.desk.gate import Opened
from holdfast.doors.desk.gate import in_case
from holdfast.doors.desk.in_words import value_in_words
from holdfast.doors.desk.local_time import in_short
from holdfast.doors.desk.opening import opened_again
from holdfast.doors.desk.page import say
from holdfast.doors.desk.page import show
from holdfast.doors.desk.page import shown_again
from holdfast.doors.desk.views.evidence import of_case
from holdfast.doors.evidence.bundle_allowing import reasons_against
from holdfast.doors.evidence.bundle_allowing import to_be_taken_over
from holdfast.doors.evidence.bundle_allowing import to_choose_from
from holdfast.doors.evidence.bundle_preview import NOTHING_FOUND
from holdfast.doors.evidence.bundle_preview import NotDisclosed
from holdfast.doors.evidence.bundle_preview import Preview
from holdfast.doors.evidence.bundle_preview import bundles
from holdfast.doors.evidence.bundle_preview import preview
from holdfast.doors.evidence.disclosing import draft
from holdfast.doors.evidence.disclosing import drop
from holdfast.doors.evidence.disclosing import file_name
from holdfast.doors.evidence.disclosing import hand_out
from holdfast.doors.evidence.disclosing import make_bundle
from holdfast.doors.evidence.looking_beside import HowFar
from holdfast.doors.evidence.looking_beside import still_reading
from holdfast.vault.bundle_chosen import GROUNDS
from holdfast.vault.bundle_chosen import NEEDS_TWO
from holdfast.vault.bundle_chosen import SIDES
from holdfast.vault.bundle_chosen import Chosen
from holdfast.vault.bundle_chosen import KnownBundle
from holdfast.vault.bundle_chosen import bundle_among
from holdfast.vault.bundle_pages import rows_of
from holdfast.vault.bundle_sealing import NotARecipient
from holdfast.vault.bundle_sheet import Sheet
from holdfast.vault.items import KnownItem
from holdfast.vault.sealed import NotAnItem
from holdfast.vault.store import StoreFault

MOST_HERE = 900  # items that are chosen from on a page; more by `holdfast bundle`
MOST_BYTES_HERE = 4 << 30  # a browser waits no longer than it takes to make one of this size
_HELD = "held:"
_ASK_AGAIN = 3  # seconds
_GONE = "There is no such bundle any more. Look at the list."
_DISK = (
    "The bundle was not made: the vault could not be read or written. Nothing left. Tell whoever runs this system, and "
    "make it again."
)


@in_case("make_bundle")
def listed(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Every bundle of the case."""
    found = [_told(each, opened) for each in reversed(bundles(opened.file)) if not each.dropped]
    return show(request, "desk/bundle/list.html", {**of_case(opened), "bundles": found})


@in_case("make_bundle")
def choose(request: HttpRequest, opened: Opened) -> HttpResponse:
    """What goes, how, to whom."""
    if request.method != "POST" or shown_again(request):
        return _choosing(request, opened)
    member = request.member  # type: ignore[attr-defined]
    sent = request.POST
    try:
        bundle = draft(
            opened.file, _chosen(request), to=sent.get("to", "")[:300], side=sent.get("side", ""),
            purpose=sent.get("purpose", "")[:2000], form=sent.get("form", "zip"),
            sealed_to=sent.get("sealed_to", "")[:20_000], by=member.by, at=opened.now,
        )  # fmt: skip
    except NotDisclosed as fault:
        return _choosing(request, opened, str(fault), fault.items)
    except (Refused, NotARecipient, NotAnItem, StoreFault) as fault:
        return _choosing(request, opened, str(fault))
    except OSError:
        return _choosing(request, opened, _DISK)
    say(request, "Written down. Nothing left yet: read all of it as it will leave.")
    return HttpResponseRedirect(reverse("desk:bundle-one", args=[opened.file.code, bundle]))


@in_case("make_bundle")
def one(request: HttpRequest, opened: Opened, bundle: UUID) -> HttpResponseBase:
    """One bundle: read and confirmed while it is a draft, handed out once it is made."""
    known = bundle_among(bundles(opened.file), bundle)
    if known is None or known.dropped:
        say(request, _GONE, "warning")
        return HttpResponseRedirect(reverse("desk:bundle", args=[opened.file.code]))
    do = request.POST.get("do", "") if request.method == "POST" and not shown_again(request) else ""
    if not known.made and do != "drop" and (far := still_reading(opened.file, known)):
        return _waiting(request, opened, known, far)
    if known.made:
        return _hand_out(request, opened, known) if do == "out" else _made(request, opened, known)
    if do == "drop":
        member = request.member  # type: ignore[attr-defined]
        drop(opened.file, bundle, by=member.by, at=opened.now)
        say(request, "Taken back. Nothing left.")
        return HttpResponseRedirect(reverse("desk:bundle", args=[opened.file.code]))
    return _make(request, opened, known) if do in ("make", "show") else _reading(request, opened, known)


def _make(request: HttpRequest, opened: Opened, known: KnownBundle) -> HttpResponse:
    decisions = _decisions(request)
    try:
        ready = preview(opened.file, known.bundle, decisions, at=opened.now)
    except Refused as fault:
        return _reading(request, opened, known, decisions, str(fault))
    why = _why_not_yet(request, opened, known, ready)
    if why:
        return _reading(request, opened, known, decisions, why)
    member = request.member  # type: ignore[attr-defined]
    try:
        make_bundle(opened.file, known.bundle, decisions, by=member.by, confirmed_by=member.staff, at=opened.now)
    except (Refused, NotAnItem, StoreFault, NotARecipient) as fault:
        return _reading(request, opened, known, decisions, str(fault))
    except (OSError, ValueError):
        return _reading(request, opened, known, decisions, _DISK)
    log_look(member.person, opened.file.code, "make_bundle", f"made, for {SIDES[known.side][0].lower()}")
    say(request, "Made. It is in the vault, and has not left yet.")
    return HttpResponseRedirect(reverse("desk:bundle-one", args=[opened.file.code, known.bundle]))


def _why_not_yet(request: HttpRequest, opened: Opened, known: KnownBundle, ready: Preview) -> str:
    """Why it is not made with what was sent; '' where nothing stands against it."""
    member = request.member  # type: ignore[attr-defined]
    if request.POST.get("do") == "show":
        return "Nothing is made yet. This is how it leaves with what you decided: read it, then confirm."
    if known.side in NEEDS_TWO:
        people = two_who_may("make_bundle", opened.file, known.by.staff, member.staff, at=opened.now)
        if people.why:
            log_look(member.person, opened.file.code, "make_bundle", people.why, allowed=False)
            return people.why
    if ready.undecided:
        return "Decide about everything that was found: leave it out, or it may stay."
    if request.POST.get("seen") != _digest(ready.sheet):
        return "This is how it leaves with what you decided. Read it once more, then confirm."
    if request.POST.get("read_it") != "yes":
        return "Say that you have read all of it: the look-through finds only what it knows."
    if ready.size > MOST_BYTES_HERE:
        return (
            "It is too large to be made while a page waits. Whoever runs this system makes it: `holdfast bundle make`."
        )
    return ""


def _waiting(request: HttpRequest, opened: Opened, known: KnownBundle, far: HowFar) -> HttpResponse:
    """While it is looked through for the first time: the page asks again by itself, with no script."""
    context = {**of_case(opened), "bundle": _told(known, opened), "far": far, "sent": request.method == "POST"}
    answer = show(request, "desk/bundle/waiting.html", context)
    answer["Refresh"] = f"{_ASK_AGAIN}; url={request.path}"
    return answer


def _hand_out(request: HttpRequest, opened: Opened, known: KnownBundle) -> HttpResponseBase:
    member = request.member  # type: ignore[attr-defined]
    to, purpose = request.POST.get("to", "")[:300], request.POST.get("purpose", "")[:2000]
    if request.POST.get("understood") != "yes":
        return _made(request, opened, known, "Say that you know who will read it: it cannot be taken back.")
    try:
        item = hand_out(opened.file, known.bundle, to=to, purpose=purpose, by=member.by, at=opened.now)
    except (Refused, StoreFault, NotAnItem) as fault:
        return _made(request, opened, known, str(fault))
    log_look(member.person, opened.file.code, "make_bundle", f"handed out, to {SIDES[known.side][0].lower()}")
    return answer(request, item, "application/octet-stream", attached=file_name(known))


def _choosing(
    request: HttpRequest, opened: Opened, why: str = "", stopped: Mapping[UUID, str] | None = None
) -> HttpResponse:
    """The page to choose on, after a refusal with `why`: in general, or of each item that stands against it."""
    items = to_choose_from(opened.file.entries)
    against = reasons_against(opened.file, items, opened.now)
    stopped = stopped or {}
    rows = [
        _row(each, against.get(each.item, ""), stopped.get(each.item, ""), request, opened) for each in items.values()
    ]
    faults = [
        {
            "anchor": f"item-{row['item']}",
            "why": " ".join(filter(None, (row["what"], row["exhibit"]))) + f": {row['fault']}",
        }
        for row in rows[:MOST_HERE]
        if row["fault"]
    ]
    context = {
        **of_case(opened),
        "rows": rows[:MOST_HERE],
        "waiting": to_be_taken_over(opened.file.entries),
        "more": max(0, len(rows) - MOST_HERE),
        "sides": [(name, words, who) for name, (words, who) in SIDES.items()],
        "grounds": [(_HELD + name, words) for name, words in GROUNDS.items()],
        "sent": {name: request.POST.get(name, "") for name in ("to", "side", "purpose", "form", "sealed_to")},
        "errors": faults or ([{"anchor": "choose", "why": why}] if why else []),
    }
    return show(request, "desk/bundle/choose.html", context, status=422 if why else 200)


def _row(item: KnownItem, against: str, fault: str, request: HttpRequest, opened: Opened) -> dict[str, Any]:
    return {
        "item": item.item,
        "what": MADE.get(item.how, "") if item.of else value_in_words(item.what),
        "exhibit": item.exhibit,
        "words": item.words,
        "size": size_in_words(item.size),
        "taken": in_short(item.taken_at, opened.zone),
        "against": against,
        "fault": fault,
        "made_from": item.of is not None,
        "sent": request.POST.get(f"item-{item.item}", ""),
    }


def _chosen(request: HttpRequest) -> tuple[Chosen, ...]:
    """What the form says of each item; NotDisclosed where it says something that is not known."""
    found = []
    for name in request.POST:
        value = request.POST.get(name, "")
        if not name.startswith("item-") or not value:
            continue
        try:
            item = UUID(name.removeprefix("item-"))
        except ValueError as fault:
            raise NotDisclosed("The list was not understood. Open the page again and choose anew.") from fault
        ground = value.removeprefix(_HELD)
        if value in ("as_it_is", "without_metadata"):
            found.append(Chosen(item, "as_it_is" if value == "as_it_is" else "without_metadata"))
        elif value.startswith(_HELD) and ground in GROUNDS:
            found.append(Chosen(item, "held_back", ground))
        else:
            raise NotDisclosed("The list was not understood. Open the page again and choose anew.")
    return tuple(found)


def _reading(
    request: HttpRequest, opened: Opened, known: KnownBundle, decisions: dict[str, str] | None = None, why: str = ""
) -> HttpResponse:
    """The page before anything leaves: who will see it, what was found, and the list as it will leave."""
    member = request.member  # type: ignore[attr-defined]
    context: dict[str, Any] = {
        **of_case(opened),
        "bundle": _told(known, opened),
        "who_reads": SIDES[known.side][1],
        "alone": known.side in NEEDS_TWO and known.by.staff.casefold() == member.staff.casefold(),
        "needs_two": known.side in NEEDS_TWO,
        "nothing_found": NOTHING_FOUND,
    }
    try:
        ready = preview(opened.file, known.bundle, decisions, at=opened.now)
    except (Refused, StoreFault, NotAnItem) as fault:
        context["cannot"] = str(fault)
        return show(request, "desk/bundle/read.html", context, status=422)
    context |= {
        "found": ready.found,
        "undecided": len(ready.undecided),
        "sheet": ready.sheet,
        "lines": [(line, rows_of(line)) for line in ready.sheet.lines],
        "seen": _digest(ready.sheet),
        "size": size_in_words(ready.size),
        "errors": [{"anchor": "confirm", "why": why}] if why else [],
    }
    return show(request, "desk/bundle/read.html", context, status=422 if why else 200)


def _made(request: HttpRequest, opened: Opened, known: KnownBundle, why: str = "") -> HttpResponse:
    opened = opened_again(opened)
    context = {
        **of_case(opened),
        "bundle": _told(known, opened),
        "known": known,
        "who_reads": SIDES[known.side][1],
        "outs": [(in_short(out.at, opened.zone), out.to, out.by.staff, out.purpose) for out in known.outs],
        "file_name": file_name(known),
        "errors": [{"anchor": "out", "why": why}] if why else [],
    }
    return show(request, "desk/bundle/made.html", context, status=422 if why else 200)


def _told(known: KnownBundle, opened: Opened) -> dict[str, Any]:
    """A bundle in words."""
    return {
        "number": known.bundle,
        "to": known.to,
        "side": SIDES[known.side][0],
        "purpose": known.purpose,
        "drafted": in_short(known.at, opened.zone),
        "drafted_by": known.by.staff,
        "made": in_short(known.made_at, opened.zone) if known.made_at else "",
        "confirmed_by": known.confirmed_by,
        "items": len(known.items) if known.made else sum(1 for each in known.chosen if each.how != "held_back"),
        "sealed": len(known.sealed_to),
        "form": known.form.upper(),
        "size": size_in_words(known.size),
        "outs": len(known.outs),
    }


def _decisions(request: HttpRequest) -> dict[str, str]:
    return {name[7:]: request.POST.get(name, "") for name in request.POST if name.startswith("decide-")}


def _digest(sheet: Sheet) -> str:
    """What the page showed, apart from the moment at which it did."""
    return sha256(repr(sheet._replace(made_on="")).encode()).hexdigest()
