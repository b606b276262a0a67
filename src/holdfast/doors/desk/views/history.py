"""Earlier history: the page on which it is looked up, and the fragment of it that the call screen shows beside a call.

- What is looked for is sent, never written into an address. Without script the page is a form with a button.
- Roles that nothing ties to old cases say for what they need them; on the call screen that is the call.
- The fragment (`part` is sent) has no head and no navigation: whoever asked for it puts it in its place.
"""

from uuid import UUID

from django.http import HttpRequest
from django.http import HttpResponse
from django.template.loader import render_to_string

from holdfast.casefile.reading import case_by_code
from holdfast.casefile.refused import Refused
from holdfast.doors.desk.gate import signed_in
from holdfast.doors.desk.history.looking import History
from holdfast.doors.desk.history.looking import look
from holdfast.doors.desk.history.looking import purpose_of
from holdfast.doors.desk.page import show
from holdfast.people.known import Asked

MOST_TYPED = 200  # letters of each field
LEAST_TYPED = 3  # letters in all: fewer fit everybody
LEAST_WHY = 4
FOR_A_CALL = "a call that is being answered"


@signed_in("look_history")
def look_up(request: HttpRequest) -> HttpResponse:
    """The form, and what was found."""
    part = request.method == "POST" and bool(request.POST.get("part"))
    if request.method != "POST":
        return _page(request, Asked(), None)
    asked = Asked(*(" ".join(request.POST.get(name, "")[:MOST_TYPED].split()) for name in Asked._fields))
    why = " ".join(request.POST.get("why", "")[:MOST_TYPED].split())
    if request.POST.get("call"):
        why = why or FOR_A_CALL
    if sum(len(each) for each in asked) < LEAST_TYPED:
        error = ("name", "Type at least three letters or figures of a name, a birth date, a number or an address.")
        return HttpResponse("") if part else _page(request, asked, None, error)
    if _asks_why(request) and len(why) < LEAST_WHY:
        error = ("why", "Say for what you look: the call, its reference, or what you were told.")
        return HttpResponse("", status=422) if part else _page(request, asked, None, error)
    found = look(request, [asked], why=why, without=_in_hand(request))
    if part:
        return HttpResponse(render_to_string("desk/history/found.html", {"found": found, "part": True}, request))
    return _page(request, asked, found, why=why)


def _in_hand(request: HttpRequest) -> UUID | None:
    """The call that is being taken: it is no earlier report of itself."""
    try:
        return case_by_code(request.POST.get("case", "")[:20])
    except Refused:
        return None


def _asks_why(request: HttpRequest) -> bool:
    return bool(purpose_of(request.member.person))  # type: ignore[attr-defined]


def _page(
    request: HttpRequest, asked: Asked, found: History | None, error: tuple[str, str] = ("", ""), why: str = ""
) -> HttpResponse:
    context = {
        "asked": asked,
        "found": found,
        "asks_why": _asks_why(request),
        "why": why or request.POST.get("why", "")[:MOST_TYPED],
        "errors": [{"anchor": error[0], "why": error[1]}] if error[1] else [],
    }
    return show(request, "desk/history/look.html", context, status=422 if error[1] else 200)
