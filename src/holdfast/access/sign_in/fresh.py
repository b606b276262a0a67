"""Whether somebody has just proved who they are: asked before an act that could do lasting harm.

- Whoever walks up to a screen that was left open is signed in, and has proved nothing. A dangerous act (opening in an
  emergency, erasing, giving a copy, new words, ending somebody's sign-in) therefore asks again.
- Signing in counts as proof for FRESH_FOR; so does answering the page that `ask_again` shows, which carries what was
  sent and sends it once more with the answer.

A view that is dangerous begins with:

    if not is_fresh(request):
        return ask_again(request)
"""

import time
from collections.abc import Callable

from django.http import HttpRequest
from django.http import HttpResponse

FRESH_FOR = 600  # seconds
_PROVED_AT = "proved_at"

Page = Callable[[HttpRequest], HttpResponse]
Answer = Callable[[HttpRequest], bool]
_asking: list[tuple[Page, Answer]] = []  # the desk's page, put in place when the desk is loaded


def asks_with(page: Page, answered: Answer) -> None:
    """The desk says which page asks, and how its answer is read. Called once, when the desk is loaded."""
    _asking[:] = [(page, answered)]


def is_fresh(request: HttpRequest) -> bool:
    """Whether this session proved who it is within FRESH_FOR, or proves it with this very request.

    An answer to the page of `ask_again` is taken out of `request.POST`, so that the view reads only its own form.
    """
    if not request.user.is_authenticated:
        return False
    if time.time() - request.session.get(_PROVED_AT, 0) < FRESH_FOR:
        return True
    return any(answered(request) for _page, answered in _asking)


def ask_again(request: HttpRequest) -> HttpResponse:
    """The page that asks for the password and second factor, or a passkey; it carries what was sent. Status 403."""
    page, _answered = _asking[0]
    return page(request)


def proved(request: HttpRequest) -> None:
    """Marks this session as having just proved who it is."""
    request.session[_PROVED_AT] = int(time.time())


def no_longer_fresh(request: HttpRequest) -> None:
    """The next dangerous act asks again, however recent the last proof: for whoever leaves the screen."""
    request.session.pop(_PROVED_AT, None)
