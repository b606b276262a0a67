"""The one answer to a code that this person may not open, whatever the reason, and what they may still ask for.

- No such code, somebody else's case, a separate unit's, one that concerns themselves: the page, its status and the time
  it takes are the same. What it offers depends on the person's role alone.
- Police staff may open a case in an emergency; some roles may say for what their work needs it. Both are asked for
  without a word on whether there is such a case, and answered by this page again where there is none for them.
"""

import time

from django.http import HttpRequest
from django.http import HttpResponse
from django.utils import timezone

from holdfast.access.emergency import LEAST_REASON
from holdfast.access.emergency import OPEN_FOR
from holdfast.access.may import may
from holdfast.access.ties import MAY_STATE
from holdfast.access.ties import PURPOSES
from holdfast.casefile.codes import plain
from holdfast.doors.desk.page import show

# Longer than opening, checking and judging a long case takes: what was found must not show in how long it took.
SETTLE = 0.08  # seconds


def not_open(
    request: HttpRequest, code: str, began: float, *, why: str = "", anchor: str = "reason", reason: str = ""
) -> HttpResponse:
    """The page, 404. `why` is what is wrong with what they typed; `began` is time.monotonic() when they asked."""
    member = request.member  # type: ignore[attr-defined]
    purposes = [(name, PURPOSES[name][1]) for name in PURPOSES if name in MAY_STATE.get(member.role, ())]
    context = {
        "plain_code": plain(code),
        "purposes": purposes,
        "purpose_asked": request.POST.get("purpose", ""),
        "emergency": may(member.person, "open_in_emergency", at=timezone.now()).allowed,
        "takes_calls": may(member.person, "take_call", at=timezone.now()).allowed,
        "hours": OPEN_FOR.seconds // 3600,
        "least": LEAST_REASON,
        "reason": reason,
        "errors": [{"anchor": anchor, "why": why}] if why else [],
    }
    answer = show(request, "desk/not_open.html", context, status=404)
    time.sleep(max(0.0, SETTLE - (time.monotonic() - began)))
    return answer
