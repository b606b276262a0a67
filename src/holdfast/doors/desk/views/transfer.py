"""Handing a call over: what another control room is told, the document, and what of it they took.

Whatever did not arrive is said on top of the page and owed to them at once. Nothing is sent from here by itself: the
document is given by whichever way the two control rooms have, and what they answer is held against it.
"""

import secrets
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from django.views.decorators.http import require_safe

from holdfast.casefile.append import Draft
from holdfast.casefile.append import append
from holdfast.casefile.append import append_all
from holdfast.casefile.checkpoints import origin_and_key
from holdfast.casefile.codes import shown
from holdfast.doors.api.eido_comparing import Compared
from holdfast.doors.api.eido_comparing import as_json
from holdfast.doors.api.eido_comparing import compare
from holdfast.doors.api.eido_comparing import compare_answer
from holdfast.doors.api.eido_comparing import compare_read_back
from holdfast.doors.api.eido_comparing import names_of
from holdfast.doors.api.eido_dangers import told_of
from holdfast.doors.api.eido_writing import write_eido
from holdfast.doors.desk.gate import Opened
from holdfast.doors.desk.gate import in_case
from holdfast.doors.desk.gate import refused
from holdfast.doors.desk.local_time import in_short
from holdfast.doors.desk.page import say
from holdfast.doors.desk.page import show
from holdfast.doors.desk.page import shown_again
from holdfast.doors.desk.transfers import LABELS
from holdfast.doors.desk.transfers import Transfer
from holdfast.doors.desk.transfers import of_number
from holdfast.doors.desk.transfers import sent_in
from holdfast.doors.desk.transfers import transfers_of
from holdfast.doors.desk.transfers import worded
from holdfast.record.entry import Entry

MOST_ANSWER = 900_000
_NOT_THERE = "There is no document of this number in this case. Go back to the page of the handover."
_HOW = (("by_telephone", "By telephone"), ("by_radio", "By radio"), ("new_document", "By a new document"),
        ("in_person", "In person"))  # fmt: skip


@in_case("hand_call_over")
def hand_over(request: HttpRequest, opened: Opened) -> HttpResponse:
    """What goes, and each document that went."""
    if request.method != "POST" or shown_again(request):
        return _page(request, opened)
    to_whom = " ".join(request.POST.get("to_whom", "").split())
    if not 2 <= len(to_whom) <= 300:
        return _page(request, opened, ("to_whom", "Say which control room or force takes the call over."))
    member, now = request.member, timezone.now()  # type: ignore[attr-defined]
    # The document's name says nothing of the case: it stands in logs of systems that we do not know.
    written = write_eido(opened.file.entries, secrets.token_hex(8), _issuer(), now)
    made = {"to_whom": to_whom, "document": written.document["$id"], "digest": written.digest, "kept": written.text}
    append_all(
        opened.file.id,
        [
            Draft("HandoverDocumentMade", {**made, "dangers": list(written.dangers)}, now),
            Draft("CallTransferredOut", {"to_whom": to_whom}, now),
        ],
        by=member.by,
    )
    say(request, "The document is written. Give it to them, then hold what they took against it.")
    return _here(opened)


@require_safe
@in_case("hand_call_over")
def document(request: HttpRequest, opened: Opened, number: int) -> HttpResponse:
    """The document as it was written, to be given to the other control room."""
    entry = of_number(opened.file.entries, number, "HandoverDocumentMade")
    if entry is None:
        return refused(request, _NOT_THERE, status=404)
    answer = HttpResponse(entry.fields.kept, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="call.json"'
    return answer


@require_POST
@in_case("hand_call_over")
def compared(request: HttpRequest, opened: Opened, number: int) -> HttpResponse:
    """Holds what they answered, returned or read back against what was sent."""
    entry = of_number(opened.file.entries, number, "HandoverDocumentMade")
    if entry is None:
        return refused(request, _NOT_THERE, status=404)
    if shown_again(request):
        return _page(request, opened, at=number)
    sent, by_what = sent_in(entry), request.POST.get("by_what", "")
    text, kept = request.POST.get("answer", "")[:MOST_ANSWER], ""
    if by_what == "read_back_by_telephone":
        found = compare_read_back(sent, request.POST.getlist("heard"))
    elif by_what in ("their_answer", "their_document"):
        theirs = as_json(text)
        if theirs is None:
            why = "What they sent is not JSON that can be read. Put in all of it, or have it read back by telephone."
            return _page(request, opened, (f"answer-{number}", why), number)
        kept = text
        found = compare(sent, theirs) if by_what == "their_document" else compare_answer(sent, theirs)
    else:
        return _page(request, opened, (f"by-{number}", "Say what it is held against."), number)
    _record(request, opened, entry, by_what, found, kept)
    if found.dangers_lost:
        say(request, "NOT ALL OF THE DANGER ARRIVED. Tell them now, and have it read back.", "warning")
    elif found.whole:
        say(request, "All of it arrived.")
    else:
        say(request, "Every danger arrived; some other parts did not. They are listed below.", "warning")
    return _here(opened)


@require_POST
@in_case("hand_call_over")
def answered(request: HttpRequest, opened: Opened, number: int) -> HttpResponse:
    """Records that the other control room was told what had not arrived."""
    loss = of_number(opened.file.entries, number, "TransferLossFound")
    if loss is None:
        return refused(request, _NOT_THERE, status=404)
    if shown_again(request):
        return _page(request, opened, at=number)
    how, have = request.POST.get("how", ""), request.POST.get("they_have_it", "")
    who = " ".join(request.POST.get("accepted_by", "").split())[:300]
    if how not in dict(_HOW) or have not in ("yes", "not_known") or (have == "yes" and not who):
        why = "Say how they were told, whether they read it back, and who did."
        return _page(request, opened, (f"loss-{number}", why), number)
    member, now = request.member, timezone.now()  # type: ignore[attr-defined]
    said = {"how": how, "they_have_it": have, "accepted_by": who}
    append(opened.file.id, "TransferLossAnswered", said, by=member.by, happened_at=now, about=(number,))
    if have == "yes":
        made = of_number(opened.file.entries, loss.about[0], "HandoverDocumentMade")
        if made is not None:
            _arrived(request, opened, made, who)
    say(request, "Recorded." if have == "yes" else "Recorded. It is still owed to them.")
    return _here(opened)


def _record(request: HttpRequest, opened: Opened, entry: Entry, by_what: str, found: Compared, kept: str) -> None:
    member, now = request.member, timezone.now()  # type: ignore[attr-defined]
    said = {
        "by_what": by_what, "same": found.same, "lost": list(found.lost), "weaker": list(found.weaker),
        "changed": list(found.changed), "dangers_lost": list(found.dangers_lost), "kept": kept,
    }  # fmt: skip
    drafts = [Draft("TransferCompared", said, now, (entry.number,))]
    if found.dangers_lost:
        drafts.append(Draft("TransferLossFound", {"dangers": list(found.dangers_lost)}, now, (entry.number,)))
    append_all(opened.file.id, drafts, by=member.by)
    if not found.dangers_lost:
        _arrived(request, opened, entry, "")


def _arrived(request: HttpRequest, opened: Opened, made: Entry, who: str) -> None:
    """The danger is with them: what is owed because the call went out ends here, and only here."""
    member, now = request.member, timezone.now()  # type: ignore[attr-defined]
    gone = [entry.number for entry in opened.file.entries
            if entry.kind == "CallTransferredOut" and entry.fields.to_whom == made.fields.to_whom]  # fmt: skip
    passed = {"to_whom": made.fields.to_whom, "danger_passed_on": "yes"}
    written = append(opened.file.id, "CallTransferredOut", passed, by=member.by, happened_at=now)
    accepted = {"accepted_by": who}
    append(
        opened.file.id, "TransferAccepted", accepted, by=member.by, happened_at=now, about=(*gone, written.number)
    )  # fmt: skip


def _issuer() -> str:
    named = [host for host in settings.ALLOWED_HOSTS if "." in host and not host[0].isdigit()]
    return named[0].lstrip(".") if named else origin_and_key()[0]


def _here(opened: Opened) -> HttpResponse:
    return HttpResponseRedirect(reverse("desk:hand-over", args=[opened.file.code]))


def _page(request: HttpRequest, opened: Opened, fault: tuple[str, str] | None = None, at: int = 0) -> HttpResponse:
    """The page. `at` is the entry whose form was sent: what was typed in it stands there again."""
    told = told_of(opened.file.entries)
    transfers = transfers_of(opened.file.entries)
    context = {
        "code": shown(opened.file.code),
        "plain_code": opened.file.code,
        "told": told,
        "not_asked": [one.label for one in told if one.danger and one.state in ("not_asked", "not_known")],
        "transfers": [_shown(one, opened) for one in transfers],
        "losses": [loss for one in transfers for loss in one.losses if not loss.answered],
        "how": _HOW,
        "typed": request.POST,
        "typed_at": at,
        "heard": request.POST.getlist("heard"),
        "errors": [{"anchor": fault[0], "why": fault[1]}] if fault else [],
    }
    return show(request, "desk/transfer/hand_over.html", context, status=422 if fault else 200)


def _shown(one: Transfer, opened: Opened) -> dict[str, Any]:
    sent = sent_in(one.made)
    parts = [(name, worded(name)) for name in names_of(sent)]
    dangers = [LABELS[name] for name in one.made.fields.dangers]
    return {"one": one, "at": in_short(one.made.happened_at, opened.zone), "parts": parts, "dangers": dangers}
