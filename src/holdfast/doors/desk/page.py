"""What every page of the desk carries: who is signed in, the way about, and what was just done.

- `say` keeps one sentence for the next page that is shown: what was recorded, never what it said.
- The way about shows only where this person may go.
"""

from typing import Any
from typing import NamedTuple

from django.http import HttpRequest
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from holdfast.access.may import may
from holdfast.record.entry import STAFF_ROLES

_SAID = "said"
_AGAIN = "You are signed in again. Nothing is recorded yet: look at it, and record."

_WAYS = (
    ("My queue", "desk:queue", "see_queue", "q"),
    ("Board", "desk:board", "see_board", "r"),
    ("Take a call", "desk:take-call", "take_call", "c"),
    ("Could not be read", "desk:unread", "see_unread", "u"),
    ("Find a case", "desk:find", "search", "/"),
    ("History", "desk:history-look", "look_history", "h"),
    ("Overview", "desk:overview", "see_overview", "o"),
    ("Figures", "desk:figures", "see_figures", "f"),
    ("Log", "desk:log", "search_log", "l"),
)


class Way(NamedTuple):
    """One entry of the way about."""

    name: str
    link: str
    key: str
    here: bool


class Message(NamedTuple):
    """One sentence about what was just done."""

    words: str
    tags: str = ""

    def __str__(self) -> str:
        return self.words


def show(request: HttpRequest, template: str, context: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    """The page, with what every page carries."""
    member = getattr(request, "member", None)
    carried: dict[str, Any] = {
        "page_language": "en",
        "home_link": reverse("desk:queue"),
        "sign_out_link": reverse("desk:sign-out"),
    }
    carried["keys_on"] = request.session.get("keys", "on") == "on"
    if member is not None:
        carried |= {"role_name": STAFF_ROLES[member.role], "staff": member.staff, "member": member}
        carried["about"] = _ways(request, member)
        said = request.session.pop(_SAID, None)
        carried["messages"] = [Message(*said)] if said else []
        if shown_again(request):
            carried["messages"] = [Message(_AGAIN, "warning")]
    return HttpResponse(render_to_string(template, carried | (context or {}), request), status=status)


def say(request: HttpRequest, words: str, tags: str = "") -> None:
    """Keeps a sentence for the next page."""
    request.session[_SAID] = [words, tags]


def shown_again(request: HttpRequest) -> bool:
    """Whether the person signed in again with this very form: it is then shown, never recorded unseen."""
    return bool(getattr(request, "again", False))


def _ways(request: HttpRequest, member: Any) -> list[Way]:
    return [
        Way(name, reverse(where), key, request.path == reverse(where))
        for name, where, act, key in _WAYS
        if may(member.person, act, at=timezone.now())
    ]
