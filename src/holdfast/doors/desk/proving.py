"""The page that asks somebody who is signed in to prove again that it is they, before a dangerous act.

It carries what was sent, in itself and nowhere else. Its answer comes to the very same address, and the act goes on.
"""

from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.http import HttpResponse

from holdfast.access.sign_in.fresh import proved
from holdfast.doors.desk.page import show
from holdfast.doors.desk.tries import count_wrong
from holdfast.doors.desk.tries import forget_wrong
from holdfast.doors.desk.tries import seconds_to_wait

PASSWORD = "prove-password"  # noqa: S105 the name of a field
_NEVER_CARRIED = (PASSWORD, "csrfmiddlewaretoken", "password")
_WRONG = "That is not your password, so nothing was done. Type it again."


def prove_page(request: HttpRequest) -> HttpResponse:
    """Asks for the password of whoever is signed in, carrying what was sent."""
    carried = [(name, value) for name, values in request.POST.lists() for value in values if name not in _NEVER_CARRIED]
    errors = [{"anchor": "prove", "why": _WRONG}] if PASSWORD in request.POST else []
    return show(request, "desk/account/prove.html", {"carried": carried, "errors": errors}, status=403)


def proves(request: HttpRequest) -> bool:
    """Whether this request carries the right answer to that page."""
    if request.method != "POST" or PASSWORD not in request.POST or seconds_to_wait(request) > 0:
        return False
    name = request.user.get_username()
    if authenticate(request, username=name, password=request.POST[PASSWORD][:1000]) != request.user:
        count_wrong(request)
        return False
    forget_wrong(request)
    proved(request)
    sent = request.POST.copy()
    sent.pop(PASSWORD, None)
    request.POST = sent  # type: ignore[assignment]
    return True
