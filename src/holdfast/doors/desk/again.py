"""Signed out while typing: nothing that was typed is lost, and nothing is recorded unseen.

- The page that comes back carries what was sent, in itself and nowhere else, and asks for name and password again.
- After that the form is shown once more with everything in it. It is recorded only when the person says so: what
  another site had sent in their name would come to light there.
- A form that another site sent is refused plainly.
"""

from urllib.parse import urlsplit

from django.contrib.auth import authenticate
from django.contrib.auth import login
from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseRedirect
from django.urls import reverse

from holdfast.access.staff import StaffMember
from holdfast.access.staff import staff_member
from holdfast.doors.desk.page import show
from holdfast.doors.desk.tries import count_wrong
from holdfast.doors.desk.tries import forget_wrong
from holdfast.doors.desk.tries import seconds_to_wait

NAME, PASSWORD = "again-name", "again-password"
_NEVER_CARRIED = (NAME, PASSWORD, "csrfmiddlewaretoken", "password")


def signed_out_meanwhile(request: HttpRequest, why: str = "") -> HttpResponse:
    """Asks for name and password again, carrying what was sent."""
    origin = request.headers.get("Origin", "")
    if origin not in ("", "null") and urlsplit(origin).netloc != request.get_host():
        return show(request, "desk/refused.html", {"why": "Another site sent this. Nothing was recorded."}, status=403)
    if request.path in (reverse("desk:sign-in"), reverse("desk:sign-out")):
        return HttpResponseRedirect(reverse("desk:sign-in"))
    carried = [(name, value) for name, values in request.POST.lists() for value in values if name not in _NEVER_CARRIED]
    errors = [{"anchor": "name", "why": why}] if why else []
    return show(request, "desk/again.html", {"carried": carried, "errors": errors}, status=403)


def sign_in_again(request: HttpRequest) -> StaffMember | None:
    """Whoever gave name and password on that page, signed in; views then show the form and do not record it."""
    if request.method != "POST" or NAME not in request.POST or seconds_to_wait(request) > 0:
        return None
    name, password = request.POST.get(NAME, "")[:150].strip(), request.POST.get(PASSWORD, "")[:1000]
    user = authenticate(request, username=name, password=password)
    member = staff_member(user)
    if user is None or member is None:
        count_wrong(request)
        return None
    forget_wrong(request)
    login(request, user)
    sent = request.POST.copy()
    for carried in (NAME, PASSWORD):
        sent.pop(carried, None)
    request.POST = sent  # type: ignore[assignment]
    request.again = True  # type: ignore[attr-defined]
    return member
