"""What a try is told that could not be looked at: one small page, with the emergency numbers and the way out.

Drawn once and kept by the server's way in (site/way_in.py), so that a flood of refusals costs little.
"""

from django.http import HttpRequest
from django.http import HttpResponseBase

from holdfast.doors.survivor.signed_in import show

COME_BACK = 60  # seconds
FULL = "holdfast.full"  # in a request's scope: it is to be answered with this page, whatever it asks


def full(request: HttpRequest) -> HttpResponseBase:
    """The page, and when to come back."""
    answer = show(request, "full")
    answer.status_code = 503
    answer.headers["Retry-After"] = str(COME_BACK)
    return answer
