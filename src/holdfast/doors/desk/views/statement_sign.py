"""Signing on the device, on the force's own form, or not at all; and the statement as it stands after that.

- The device is handed to whoever signs: the page shows the text, the declaration and the place to sign, and no more of
  the case.
- A drawn signature needs script; a typed name does not. Either is enough, and both may be given.
- Each look at the signed document, and each copy taken out as a file, is an entry (doors/evidence/recording.py).
"""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseRedirect
from django.urls import reverse

from holdfast.access.looks import log_look
from holdfast.casefile.append import append
from holdfast.casefile.refused import EntryRefused
from holdfast.doors.desk.forms.sections import faults
from holdfast.doors.desk.forms.some_of_kind import SomeOfKind
from holdfast.doors.desk.gate import Opened
from holdfast.doors.desk.gate import in_case
from holdfast.doors.desk.gate import refused
from holdfast.doors.desk.leaving import GOES_ON
from holdfast.doors.desk.leaving import asked
from holdfast.doors.desk.leaving import decisions_of
from holdfast.doors.desk.leaving import in_the_log
from holdfast.doors.desk.leaving import why_not_yet
from holdfast.doors.desk.local_time import in_words
from holdfast.doors.desk.page import say
from holdfast.doors.desk.page import show
from holdfast.doors.desk.page import shown_again
from holdfast.doors.desk.views.statement import found
from holdfast.doors.desk.views.statement import no_such
from holdfast.doors.desk.views.statement import of_statement
from holdfast.doors.desk.views.statement import why_refused
from holdfast.doors.desk.views.statement_draft import found_again
from holdfast.doors.desk.views.statement_draft import version_of
from holdfast.doors.desk.views.statement_read import MOVED
from holdfast.doors.evidence.leaving import look_over
from holdfast.doors.evidence.recording import copied
from holdfast.doors.evidence.recording import looked_at
from holdfast.doors.evidence.statement_fold import Statement
from holdfast.doors.evidence.statement_picture import NoSignature
from holdfast.doors.evidence.statement_picture import signature_picture
from holdfast.doors.evidence.statement_signing import Signed
from holdfast.doors.evidence.statement_signing import sign
from holdfast.doors.evidence.statement_signing import sign_on_paper
from holdfast.doors.evidence.statement_text import plain
from holdfast.doors.evidence.statement_writing import Moved
from holdfast.doors.evidence.statement_writing import NotNow
from holdfast.doors.evidence.statement_writing import Seen
from holdfast.record.kinds.statement import ImpactStatementRead
from holdfast.record.kinds.statement import StatementCopyGiven
from holdfast.vault.place import item_of
from holdfast.vault.sealed import NotAnItem
from holdfast.vault.store import StoreFault

_NO_VAULT = (
    "The vault cannot be reached, so nothing was signed and nothing was recorded. Try again; if it stays so, have it "
    "signed on the force’s form, and tell whoever runs the system."
)
READING = (("yes", "Yes, I want to read it aloud"), ("no", "No, not aloud by me"), ("not_known", "I do not know yet"))


@in_case("take_statement")
def signing(request: HttpRequest, opened: Opened, number: int) -> HttpResponse:
    """The page that is signed."""
    now = found(opened, number)
    if now is None:
        return no_such(request)
    if now.done:
        return HttpResponseRedirect(reverse("desk:statement-one", args=[opened.file.code, number]))
    if not now.read_over or now.needs_certificate:
        where = "desk:statement-certificate" if now.read_over else "desk:statement-read"
        say(request, "It is signed after it was read over, and certified where an interpreter helped.", "warning")
        return HttpResponseRedirect(reverse(where, args=[opened.file.code, number]))
    if request.method != "POST" or shown_again(request):
        return _page(request, opened, now)
    do = {"paper": _on_paper, "declined": _declined}.get(request.POST.get("do", ""), _sign)
    try:
        answer = do(request, opened, now)
    except Moved as moved:
        return _page(request, opened, moved.now, why=MOVED, status=409)
    except NotNow as fault:
        return _page(request, opened, found_again(opened, now), why=fault.why, status=422)
    except EntryRefused as fault:
        return _page(request, opened, found_again(opened, now), why=why_refused(fault), status=422)
    except NoSignature as fault:
        return _page(request, opened, now, why=str(fault), anchor="typed", status=422)
    except (StoreFault, OSError):
        return _page(request, opened, found_again(opened, now), why=_NO_VAULT, status=503)
    say(request, answer)
    return HttpResponseRedirect(reverse("desk:statement-one", args=[opened.file.code, number]))


def _sign(request: HttpRequest, opened: Opened, now: Statement) -> str:
    member = request.member  # type: ignore[attr-defined]
    sent = request.POST
    typed = " ".join(sent.get("typed", "").split())[:200]
    picture = signature_picture(sent.get("picture", ""))
    if now.said.sort == "impact" and sent.get("wants_to_read", "") not in dict(READING):
        raise NotNow("Ask whether they want to read it aloud: they may also not know yet.")
    given = Signed(
        sent.get("text", ""), sent.get("declaration", ""), typed, picture, sent.get("wants_to_read", "not_asked"),
        " ".join(sent.get("reader", "").split())[:200],
    )  # fmt: skip
    seen = Seen(now.number, version_of(request))
    sign(opened.file, opened.pack, seen, given, by=member.by, at=opened.now)
    return "Signed. The document is in the vault. Ask now whether they want a copy, and whether it is safe to keep."


def _on_paper(request: HttpRequest, opened: Opened, now: Statement) -> str:
    member = request.member  # type: ignore[attr-defined]
    sent, seen = request.POST, Seen(now.number, version_of(request))
    wants = sent.get("wants_to_read", "not_asked")
    wants = wants if wants in dict(READING) else "not_asked"
    reference = " ".join(sent.get("reference", "").split())[:120]
    sign_on_paper(opened.file, seen, sent.get("text", ""), reference, wants, by=member.by, at=opened.now)
    return "Recorded: it was signed on the force’s form. Put a picture of the form into the vault as well."


def _declined(request: HttpRequest, opened: Opened, now: Statement) -> str:
    member = request.member  # type: ignore[attr-defined]
    kind = "ImpactStatementDeclined" if now.said.sort == "impact" else "StatementDeclined"
    said = {} if now.said.sort == "impact" else {"reason": plain(request.POST.get("reason", ""))}
    append(opened.file.id, kind, said, by=member.by, happened_at=opened.now, about=(now.number,))
    return "Recorded: they did not sign. What was written down is kept, and is not a statement."


def _page(
    request: HttpRequest, opened: Opened, now: Statement, *, why: str = "", anchor: str = "", status: int = 200
) -> HttpResponse:
    sent = request.POST
    context: dict[str, Any] = {
        **of_statement(opened, now),
        "errors": [{"anchor": anchor, "why": why}] if why else [],
        "reading": READING,
        "typed": {name: sent.get(name, "") for name in ("typed", "reader", "reference", "reason", "wants_to_read")},
        "today": in_words(opened.now, opened.zone),
    }
    return show(request, "desk/statement/sign.html", context, status=status)


@in_case("take_statement")
def one(request: HttpRequest, opened: Opened, number: int) -> HttpResponse:
    """A statement as it stands: signed or not, its copy, what can follow."""
    member = request.member  # type: ignore[attr-defined]
    now = found(opened, number)
    if now is None:
        return no_such(request)
    sent = request.POST if request.method == "POST" else None
    do = request.POST.get("do", "")
    forms = {
        "copy": SomeOfKind(
            StatementCopyGiven, ("answer", "how", "language", "safe", "reason"), opened.zone,
            sent if do == "copy" else None, given={"language": now.said.language}, needed=("answer",),
        ),
        "court": SomeOfKind(
            ImpactStatementRead, ("how",), opened.zone, sent if do == "court" else None, needed=("how",)
        ),
    }  # fmt: skip
    kinds = {"copy": "StatementCopyGiven", "court": "ImpactStatementRead"}
    errors: list[Any] = []
    if sent is not None and do in forms and not shown_again(request):
        form = forms[do]
        why = "" if now.signed else "It is not signed yet."
        if do == "court" and now.read_in_court:
            why = "That is recorded already."
        if do == "copy" and form.is_valid() and form.said.get("answer") == "given" and form.said.get("safe") != "yes":
            why = "Ask whether it is safe for them to keep. If it is not, say so: the copy waits until it is."
        if form.is_valid() and not why:
            try:
                append(opened.file.id, kinds[do], form.said, by=member.by, happened_at=opened.now, about=(number,))
                say(request, "Recorded.")
                return HttpResponseRedirect(reverse("desk:statement-one", args=[opened.file.code, number]))
            except EntryRefused as fault:
                why = why_refused(fault)
        errors = [*faults(form), *([{"anchor": "", "why": why}] if why else [])]
    if now.signed and now.signed.fields.item and sent is None:
        looked_at(opened.file.id, UUID(now.signed.fields.item), "statement", member.by, opened.now)
    context = {
        **of_statement(opened, now), "forms": forms, "errors": errors,
        "signed": now.signed.fields if now.signed else None,
        "signed_when": in_words(now.signed.happened_at, opened.zone) if now.signed else "",
        "certified": now.certified.fields if now.certified else None,
        "copies": [(each.fields, in_words(each.happened_at, opened.zone)) for each in now.copies],
        "read_in_court": in_words(now.read_in_court.happened_at, opened.zone) if now.read_in_court else "",
    }  # fmt: skip
    return show(request, "desk/statement/one.html", context, status=422 if errors else 200)


@in_case("take_statement")
def document(request: HttpRequest, opened: Opened, number: int) -> HttpResponse:
    """The signed document as a file, whole: looked through, confirmed, and recorded before a byte leaves."""
    member = request.member  # type: ignore[attr-defined]
    now = found(opened, number)
    if now is None or not now.signed or not now.signed.fields.item:
        return no_such(request)
    item = UUID(now.signed.fields.item)
    try:
        content = b"".join(item_of(opened.file.id, item).whole())
    except (StoreFault, NotAnItem):
        return refused(request, "The document cannot be read from the vault. Tell whoever runs the system.", status=503)
    text = content.decode("utf-8", "replace")
    leaving = look_over(opened.file, {"the statement": ("the statement", text)}, (), decisions_of(request), whole=text)
    not_yet = why_not_yet(request, leaving)
    if not_yet is not None:
        context = {
            **of_statement(opened, now), **asked(leaving, not_yet), "shown": text,
            "who": ("Whoever the file is given to, and the suspect too, once it is disclosed.", GOES_ON),
            "back": reverse("desk:statement-one", args=[opened.file.code, number]), "doing": "Record it, and take it",
        }  # fmt: skip
        return show(request, "desk/leaving.html", context, status=422 if not_yet else 200)
    copied(opened.file.id, item, "statement", member.by, opened.now, to="a file on this device")
    log_look(member.person, opened.file.code, "take_statement", f"taken out as a file; {in_the_log(leaving)}")
    answer = HttpResponse(content, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="statement.txt"'
    return answer
