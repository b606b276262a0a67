"""Headers by door: what is private is never kept by a browser or a search engine."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http import HttpResponse

from holdfast.site.doors import door_at

# Nothing here asks a telephone for any of these.
PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()"


class DoorHeaders:
    """Adds them to every answer."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]):
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        response.headers["Permissions-Policy"] = PERMISSIONS
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        if door_at(request.path_info).private:
            response.headers["Cache-Control"] = "no-store"
            response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response
