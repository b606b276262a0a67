"""Setting up a passkey or a code app: used by the first sign-in and by one's own page."""

import json
from typing import Any
from typing import NamedTuple

from allauth.mfa.adapter import get_adapter
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.http import HttpResponse
from django.utils.safestring import SafeString
from django.utils.safestring import mark_safe

from holdfast.access.sign_in import second
from holdfast.doors.desk.page import show
from holdfast.doors.desk.passkey import asked_of_browser

_NOT_MADE = "Your device made no passkey that can be kept. Try once more, or set up the app instead."
_NOT_CODE = "That is not the code that the app shows for this desk. Scan the picture or type the letters again."


class SetUp(NamedTuple):
    """What was set up, or the page to show."""

    what: str = ""
    response: HttpResponse | None = None


def sets_up(request: HttpRequest, user: User, template: str, more: dict[str, Any] | None = None) -> SetUp:
    """Keeps what was sent, or answers with the page."""
    if request.method != "POST" or not {"passkey", "code"} & set(request.POST):
        return SetUp(response=_page(request, user, template, more or {}))
    if answer := request.POST.get("passkey"):
        if second.add_passkey(user, _read(answer), request.POST.get("label", "")):
            return SetUp("passkey")
        return SetUp(response=_page(request, user, template, more or {}, _NOT_MADE))
    if second.add_codes(request, user, request.POST.get("code", "")[:20]):
        return SetUp("code app")
    return SetUp(response=_page(request, user, template, more or {}, _NOT_CODE, again=False))


def _page(
    request: HttpRequest, user: User, template: str, more: dict[str, Any], why: str = "", *, again: bool = True
) -> HttpResponse:
    secret = second.new_code_secret(request, again=again)
    context = {
        "passkey": asked_of_browser(second.new_passkey_options(user)),
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "picture": _picture(user, secret),
        "errors": [{"anchor": "code", "why": why}] if why else [],
    }
    return show(request, template, context | more, status=403 if why else 200)


def _picture(user: User, secret: str) -> SafeString:
    """The square that a telephone reads, drawn by a library from our own words alone."""
    drawn: str = get_adapter().build_totp_svg(get_adapter().build_totp_url(user, secret))
    return mark_safe(drawn[drawn.index("<svg") :])  # noqa: S308 drawn here


def _read(answer: str) -> Any:
    try:
        return json.loads(answer[:20_000])
    except ValueError:
        return None
