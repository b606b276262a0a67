"""Headers by door: what is private is kept by no browser and no search engine; no page asks a device for anything.

The content security policy stands in settings.py; what Django itself adds (nosniff, referrer, frames, TLS) does too.
"""

from collections.abc import Callable

from django.http import HttpRequest
from django.http import HttpResponse

from holdfast.site.doors import door_at

# What a page could ask a device for. Nothing here asks for any of it, and no page of another site may in our name.
CLOSED = (
    "accelerometer", "autoplay", "bluetooth", "browsing-topics", "camera", "clipboard-read", "display-capture",
    "encrypted-media", "fullscreen", "gamepad", "geolocation", "gyroscope", "hid", "identity-credentials-get",
    "idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "otp-credentials", "payment",
    "picture-in-picture", "screen-wake-lock", "serial", "storage-access", "usb", "web-share", "window-management",
    "xr-spatial-tracking",
)  # fmt: skip
# Passkeys, at the doors where somebody signs in with one.
PASSKEYS = ("publickey-credentials-create", "publickey-credentials-get")


def _permissions(*, passkeys: bool) -> str:
    said = [f"{name}=()" for name in CLOSED]
    said += [f"{name}={'(self)' if passkeys else '()'}" for name in PASSKEYS]
    return ", ".join(said)


_WITH_PASSKEYS, _WITHOUT = _permissions(passkeys=True), _permissions(passkeys=False)


class DoorHeaders:
    """Adds them to every answer."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]):
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        door = door_at(request.path_info)
        response.headers["Permissions-Policy"] = _WITH_PASSKEYS if door.cookie else _WITHOUT
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["X-Permitted-Cross-Domain-Policies"] = "none"
        response.headers["X-DNS-Prefetch-Control"] = "off"  # no name is looked up before somebody presses a link
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers["Cross-Origin-Embedder-Policy"] = "require-corp"
        if door.private:
            response.headers["Cache-Control"] = "no-store"
            response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response
