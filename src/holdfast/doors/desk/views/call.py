"""Taking a call: one screen, worked by the keyboard, in the order in which a life depends on the answers.

- 'Are you safe now?' comes first. Whatever could not be asked stays 'not asked'.
- Each part becomes an entry of its own, in order: case opened, call received, silent call handled, questions answered,
  location found, safe number, grade. A part with a fault comes back; those before it and after it are kept, and the
page
  says which. The call itself is never lost to a fault in a later part.
- Sent twice by a trembling hand, it opens one case.
"""

import secrets
from collections.abc import Mapping
from typing import Any
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from holdfast.access.looks import log_look
from holdfast.access.naming import after_writing
from holdfast.access.staff import StaffMember
from holdfast.casefile.append import append
from holdfast.casefile.append import open_case
from holdfast.casefile.codes import shown
from holdfast.casefile.packs import pack_called
from holdfast.casefile.reading import case_by_code
from holdfast.casefile.refused import EntryRefused
from holdfast.doors.desk.forms.heading import opened_at
from holdfast.doors.desk.forms.kind_form import FormPlace
from holdfast.doors.desk.forms.kind_form import KindForm
from holdfast.doors.desk.forms.sections import Fault
from holdfast.doors.desk.forms.sections import Section
from holdfast.doors.desk.forms.sections import faults
from holdfast.doors.desk.forms.sections import sections
from holdfast.doors.desk.gate import signed_in
from holdfast.doors.desk.page import say
from holdfast.doors.desk.page import show
from holdfast.doors.desk.page import shown_again
from holdfast.record.kind import label
from holdfast.record.kinds import KINDS


class Piece(NamedTuple):
    """One part of the call: its name on the page, the kind it becomes, and what does not count as filled by itself."""

    prefix: str
    kind: str
    given: Mapping[str, Any] = {}
    slight: tuple[str, ...] = ()


CALL = Piece("call", "CallReceived", {"route": "voice"})
PIECES = (
    Piece("silent", "SilentCallHandled"),
    Piece("asked", "CallQuestionsAnswered"),
    Piece("where", "LocationFound", {"how": "said"}, ("how", "confirmed")),
    Piece("safe", "SafeNumberGiven"),
    Piece("grade", "CallGraded"),
)
OPENING = Piece("case", "CaseOpened")
_LEGENDS = {
    "silent": "If the caller cannot speak",
    "where": "Where are you?",
    "safe": "A safe number and time",
    "grade": "Grade the call",
    "case": "Force and area",
}
_FOLDED = ("silent",)


@signed_in("take_call")
def take_call(request: HttpRequest) -> HttpResponse:
    """The screen, and what it sends."""
    member = request.member  # type: ignore[attr-defined]
    place = _place()
    if request.method != "POST":
        return _page(request, _forms(place), token=secrets.token_urlsafe(12), now=timezone.now())
    token = request.POST.get("token", "")[:40]
    if shown_again(request):
        return _page(request, _forms(place, request.POST), token=token, now=opened_at(request.POST, timezone.now()))
    code = request.session.get(f"call-{token}", "")
    forms = _forms(place, request.POST)
    happened_at = opened_at(request.POST, timezone.now())
    kept: list[str] = list(request.session.get(f"kept-{token}", []))
    if not code:
        valid = [forms[OPENING.prefix].is_valid(), forms[CALL.prefix].is_valid()]
        if not all(valid):
            return _page(request, forms, token=token, now=happened_at, judged=True, status=422)
        appended = _open(member, forms, happened_at)
        code = appended.code
        request.session[f"call-{token}"] = code
        log_look(member.person, code, "take_call")
        append(appended.case_id, CALL.kind, forms[CALL.prefix].fields_read, by=member.by, happened_at=happened_at)  # type: ignore[arg-type]
        kept += [OPENING.kind, CALL.kind]
    for piece in PIECES:
        if (
            piece.kind not in kept
            and filled(piece, forms[piece.prefix])
            and _keep(piece, code, member, forms, happened_at)
        ):
            kept.append(piece.kind)
    request.session[f"kept-{token}"] = kept
    after_writing(case_by_code(code), kept, timezone.now())
    left = [piece for piece in PIECES if piece.kind not in kept and filled(piece, forms[piece.prefix])]
    if left:
        return _page(request, forms, token=token, now=happened_at, code=code, kept=kept, judged=True, status=422)
    say(request, f"The call is kept as case {shown(code)}. What is owed now stands first.")
    return HttpResponseRedirect(reverse("desk:case", args=[code]))


def filled(piece: Piece, form: KindForm) -> bool:
    """Whether anything was said in this part, beyond what the page itself had filled in."""
    form.is_valid()
    said = {name for name, value in form.plain().items() if value not in (None, "", "not_asked", [], {})}
    typed = {name.split(".")[0] for name in form.errors}
    return bool((said | typed) - set(piece.slight) - set(_untouched(piece, form)))


def _untouched(piece: Piece, form: KindForm) -> list[str]:
    """Fields that say only what the page said first, or nothing where something is needed."""
    same = [name for name, value in form.plain().items() if value == form.initial.get(name)]
    empty = [name for name in form.errors if name in form.fields and form[name].value() in (None, "", [])]
    return same + empty


def _forms(place: FormPlace, sent: Any = None) -> dict[str, KindForm]:
    pack = place.pack.id if place.pack else ""
    opening = {"pack": pack, "force": place.pack.forces[0].id if place.pack and len(place.pack.forces) == 1 else ""}
    data = sent
    if sent is not None and not sent.get("case-pack"):
        data = sent.copy()
        data["case-pack"] = pack
    forms = {OPENING.prefix: KindForm(KINDS[OPENING.kind], place, data, given=opening, prefix=OPENING.prefix)}
    for piece in (CALL, *PIECES):
        forms[piece.prefix] = KindForm(KINDS[piece.kind], place, data, given=piece.given, prefix=piece.prefix)
    return forms


def _on_the_page() -> tuple[Piece, ...]:
    """The parts in the order in which they are asked: safe, able to talk, where; only then what happened."""
    by_name = {piece.prefix: piece for piece in (CALL, *PIECES, OPENING)}
    return tuple(by_name[name] for name in ("call", "where", "silent", "asked", "safe", "grade", "case"))


def _shown(piece: Piece, form: KindForm) -> tuple[Section, ...]:
    """The part's sections, each with a heading; of what opens a case only the force and area are asked."""
    found = []
    for section in sections(form):
        questions = [
            each for each in section.questions if piece is not OPENING or each.name in ("case-force", "case-area")
        ]
        legend = section.legend if section.legend and section.legend != "The grade" else _LEGENDS.get(piece.prefix, "")
        found.append(section._replace(legend=legend, questions=tuple(questions)))
    return tuple(found)


def _open(member: StaffMember, forms: dict[str, KindForm], happened_at: Any) -> Any:
    fields = forms[OPENING.prefix].plain()
    pack = fields.pop("pack")
    return open_case(pack, by=member.by, happened_at=happened_at, fields=fields)


def _keep(piece: Piece, code: str, member: StaffMember, forms: dict[str, KindForm], happened_at: Any) -> bool:
    """Appends one part. A fault stays beside its field, and the part stays on the page."""
    form = forms[piece.prefix]
    if not form.is_valid() or form.fields_read is None:
        return False
    try:
        append(case_by_code(code), piece.kind, form.fields_read, by=member.by, happened_at=happened_at)
    except EntryRefused as refused:
        for fault in refused.faults:
            form.add_error(fault.field if fault.field in form.fields else None, fault.why)
        return False
    return True


def _place() -> FormPlace:
    pack = pack_called(settings.HOLDFAST_PLACE)
    return FormPlace(ZoneInfo(pack.timezone), pack)


def _page(
    request: HttpRequest, forms: dict[str, KindForm], *, token: str, now: Any, code: str = "",
    kept: list[str] | None = None, judged: bool = False, status: int = 200,
) -> HttpResponse:  # fmt: skip
    kept = kept or []
    found: list[Fault] = []
    blocks = []
    for piece in _on_the_page():
        form = forms[piece.prefix]
        if piece.kind in kept:
            continue
        said = form.is_bound and filled(piece, form)
        if judged and (piece in (OPENING, CALL) or said):
            found += faults(form)
        else:
            form.unjudged()
        open_now = piece.prefix not in _FOLDED or said
        blocks.append((piece.prefix, _shown(piece, form), _LEGENDS.get(piece.prefix, ""), open_now))
    place = forms[CALL.prefix].place
    context = {
        "blocks": blocks,
        "focus_first": "" if found else "call-safe_now",
        "errors": found,
        "token": token,
        "opened_at": now.isoformat(),
        "code": shown(code) if code else "",
        "plain_code": code,
        "kept": [label(KINDS[name]) for name in kept],
        "pack_id": place.pack.id if place.pack else "",
    }
    return show(request, "desk/take_call.html", context, status=status)
