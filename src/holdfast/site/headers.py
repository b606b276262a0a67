"""Headers by door: what is private is kept by no browser and no search engine; who asks a device for something says so.

The content security policy stands in settings.py; what Django itself adds (nosniff, referrer, frames, TLS) does too.
"""

from collections.abc import Callable
from functools import cache

from django.http import HttpRequest
from django.http import HttpResponse

from holdfast.site.doors import door_at

# What a page could ask a device for. No page of another site may in our name, and none here does but those of the scene
# (doors/live): such an answer names what in `asks_of_device`.
CLOSED = (
    "accelerometer", "autoplay", "bluetooth", "browsing-topics", "camera", "clipboard-read", "display-capture",
    "encrypted-media", "fullscreen", "gamepad", "geolocation", "gyroscope", "hid", "identity-credentials-get",
    "idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "otp-credentials", "payment",
    "picture-in-picture", "screen-wake-lock", "serial", "storage-access", "usb", "web-share", "window-management",
    "xr-spatial-tracking",
)  # fmt: skip
# Passkeys, at the doors where somebody signs in with one.
PASSKEYS = ("publickey-credentials-create", "publickey-credentials-get")


@cache
def _permissions(allowed: frozenset[str]) -> str:
    return ", ".join(f"{name}={'(self)' if name in allowed else '()'}" for name in (*CLOSED, *PASSKEYS))


class DoorHeaders:
    """Adds them to every answer."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]):
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        door = door_at(request.path_info)
        allowed = frozenset(PASSKEYS if door.cookie else ()) | getattr(response, "asks_of_device", frozenset())
        response.headers["Permissions-Policy"] = _permissions(allowed)
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["X-Permitted-Cross-Domain-Policies"] = "none"
        response.headers["X-DNS-Prefetch-Control"] = "off"  # no name is looked up before somebody presses a link
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers["Cross-Origin-Embedder-Policy"] = "require-corp"
        if door.private:
            response.headers["Cache-Control"] = "no-store"
            response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response
