"""Lets a form be sent without a step in the browser's history, where script runs (leave.js).

Sent in the usual way, each form adds a step, and Back after leaving walks through them. Script sends it in passing
instead, under a header that no other site can give, and is told where to go on: it goes there in the page's place.
"""

from collections.abc import Callable

from django.http import HttpRequest
from django.http import HttpResponse

ASKED = "X-In-Place"
GO_ON = "X-Go-On"


class InPlace:
    """Turns a redirect into an answer that names where to go on."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]):
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        if request.headers.get(ASKED) != "1" or response.status_code not in (301, 302, 303, 307, 308):
            return response
        told = HttpResponse(status=204, headers={GO_ON: response.headers["Location"], "Cache-Control": "no-store"})
        told.cookies = response.cookies
        return told
