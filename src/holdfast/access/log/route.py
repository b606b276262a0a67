"""By which page a line of the log came to be: known to whoever writes it, without each page having to pass it on.

And what is answered where a line could not be written: the same at every door, with no word of any case.
"""

import logging
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest
from django.http import HttpResponse
from django.shortcuts import render

from holdfast.casefile.refused import CannotKeep

_log = logging.getLogger("holdfast.log")
_now: ContextVar[str] = ContextVar("route", default="")


class NotWritten(CannotKeep):
    """A line could not be written, so what it would have told of is not shown."""


def route_now() -> str:
    """The name of the page that is being answered, of the command that runs, or ''."""
    return _now.get()


class RouteKnown:
    """Notes the name of the page before it is answered. A name, never the address: that may hold what was typed."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]):
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _now.set("")
        try:
            return self._answer(request)
        finally:
            _now.reset(token)

    def process_view(self, request: HttpRequest, view: Any, given: Any, named: Any) -> None:
        """Called by the framework once it knows which page is asked for."""
        match = request.resolver_match
        _now.set(match.view_name if match else "")

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """Called by the framework where a page raised something: here, that nobody could write down who asked."""
        if not isinstance(fault, NotWritten):
            return None
        _log.error("a page was not shown because its line of the log could not be written: %s", _why(fault))
        return render(request, "503.html", status=503)


def _why(fault: NotWritten) -> str:
    return type(fault.__cause__).__name__ if fault.__cause__ else ""


def by_command(name: str) -> None:
    """Says which command runs in this process."""
    _now.set(f"command {name}")
