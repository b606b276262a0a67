"""Signed out while typing: nothing that was typed is lost, and nothing is recorded unseen.

- The page that comes back carries what was sent, in itself and nowhere else, and asks for a passkey, or for name,
  password and code, all at once: a second page would have to carry it further.
- After that the form is shown once more with everything in it. It is recorded only when the person says so: what
  another site had sent in their name would come to light there.
- A form that another site sent is refused plainly.
"""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseRedirect
from django.urls import reverse

from holdfast.access.sign_in import half
from holdfast.access.sign_in import proof
from holdfast.access.sign_in import second
from holdfast.access.staff import StaffMember
from holdfast.doors.desk.page import show
from holdfast.doors.desk.passkey import asked_of_browser

NAME, PASSWORD, CODE, PASSKEY = "again-name", "again-password", "again-code", "again-passkey"
_ANSWERS = (NAME, PASSWORD, CODE, PASSKEY)
_PROVING = ("prove-password", "prove-code", "prove-passkey")
NEVER_CARRIED = (*_ANSWERS, *_PROVING, "csrfmiddlewaretoken", "password", "password-again", "passkey")


def signed_out_meanwhile(request: HttpRequest, why: str = "") -> HttpResponse:
    """Asks who it is again, carrying what was sent."""
    origin = request.headers.get("Origin", "")
    elsewhere = origin not in ("", "null") and urlsplit(origin).netloc != request.get_host()
    if elsewhere or request.headers.get("Sec-Fetch-Site", "") in ("cross-site", "same-site"):
        return show(request, "desk/refused.html", {"why": "Another site sent this. Nothing was recorded."}, status=403)
    if request.path.startswith(reverse("desk:sign-in")) or request.path == reverse("desk:sign-out"):
        return HttpResponseRedirect(reverse("desk:sign-in"))
    carried = [(name, value) for name, values in request.POST.lists() for value in values if name not in NEVER_CARRIED]
    why = getattr(request, "again_why", why)
    context = {
        "carried": carried,
        "errors": [{"anchor": "name", "why": why}] if why else [],
        "passkey": asked_of_browser(second.passkey_options()),
    }
    return show(request, "desk/again.html", context, status=403)


def sign_in_again(request: HttpRequest) -> StaffMember | None:
    """Whoever proved themselves on that page, signed in; views then show the form and do not record it."""
    if request.method != "POST" or not {NAME, PASSKEY} & set(request.POST):
        return None
    found = proof.whole(request, *(request.POST.get(each, "") for each in _ANSWERS))
    if found.member is None:
        request.again_why = found.why  # type: ignore[attr-defined]
        return None
    half.finish(request, found.member, found.how)
    sent = request.POST.copy()
    for carried in _ANSWERS:
        sent.pop(carried, None)
    request.POST = sent  # type: ignore[assignment]
    request.again = True  # type: ignore[attr-defined]
    return found.member
