"""How somebody wants to read: size of letters, high contrast, more room. Held for as long as the browser is open.

- Three figures in one cookie without a date: the browser drops it when it is closed, and leaving a page takes it away.
- It says nothing of what was read, and is the same on the guide and on a survivor's own page.
- Works without script: a form is posted, and the page that it stood on is shown again.

>>> Ease.read("310")
Ease(size=3, contrast=True, room=False)
>>> Ease.read("nonsense")
Ease(size=1, contrast=False, room=False)
"""

from __future__ import annotations

import re
from typing import Any
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseRedirect
from django.urls import Resolver404
from django.urls import resolve
from django.utils.http import url_has_allowed_host_and_scheme

from holdfast.doors.look.cookies import carried
from holdfast.doors.look.cookies import site_wide

COOKIE = "look"
SIZES = (85, 100, 125, 150, 200)  # in hundredths of the reader's own size; styles/_ease.scss says the same
NORMAL = 1
_WRITTEN = re.compile(f"[0-{len(SIZES) - 1}][01][01]")


class Ease(NamedTuple):
    """What was chosen. Written as three figures: size, contrast, room."""

    size: int = NORMAL
    contrast: bool = False
    room: bool = False

    @classmethod
    def read(cls, written: str) -> Ease:
        """From the cookie; whatever cannot be read is nothing chosen."""
        if not _WRITTEN.fullmatch(written):
            return cls()
        return cls(int(written[0]), written[1] == "1", written[2] == "1")

    def __str__(self) -> str:
        return f"{self.size}{self.contrast:d}{self.room:d}"

    @property
    def percent(self) -> int:
        """The size as the reader is told it."""
        return SIZES[self.size]

    @property
    def shown(self) -> str:
        """The size in words."""
        return f"{self.percent}\u00a0%"

    @property
    def classes(self) -> str:
        """What the page's root is marked with, for the styles; '' for nothing chosen."""
        marks = (f"t{self.size}" if self.size != NORMAL else "", "contrast" * self.contrast, "room" * self.room)
        return " ".join(filter(None, marks))

    @property
    def is_largest(self) -> bool:
        """Whether the letters cannot be made larger."""
        return self.size == len(SIZES) - 1

    @property
    def is_smallest(self) -> bool:
        """Whether the letters cannot be made smaller."""
        return self.size == 0

    def after(self, pressed: str) -> Ease:
        """What holds after a button was pressed; unchanged for one that is not known."""
        if pressed == "larger":
            return self._replace(size=min(self.size + 1, len(SIZES) - 1))
        if pressed == "smaller":
            return self._replace(size=max(self.size - 1, 0))
        if pressed == "contrast":
            return self._replace(contrast=not self.contrast)
        if pressed == "room":
            return self._replace(room=not self.room)
        return Ease() if pressed == "normal" else self


def ease_of(request: HttpRequest) -> Ease:
    """What this browser carries."""
    return Ease.read(carried(request, COOKIE))


def ease(request: HttpRequest) -> dict[str, Any]:
    """For every template: what was chosen, and where to come back to after choosing."""
    return {"ease": ease_of(request), "ease_back": request.get_full_path()}


def chosen(request: HttpRequest, door: str) -> HttpResponse:
    """The answer to a button: the cookie, and back to the page. `door` is the only part of the site to go back to."""
    answer = HttpResponseRedirect(_own(request.POST.get("back", ""), door))
    answer.status_code = 303
    answer["Cache-Control"] = "no-store"
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return answer  # another site's form changes nothing here
    wanted = ease_of(request).after(request.POST.get("do", "")[:10])
    if wanted == Ease():
        forget(request, answer)
    else:
        answer.set_cookie(
            site_wide(COOKIE), str(wanted), httponly=True, samesite="Strict", secure=settings.SESSION_COOKIE_SECURE
        )
    return answer


def forget(request: HttpRequest, answer: HttpResponse) -> None:
    """Takes the cookie away, where there is one."""
    if site_wide(COOKIE) in request.COOKIES:
        answer.delete_cookie(site_wide(COOKIE), samesite="Strict")


def _own(back: str, door: str) -> str:
    """The address to go back to, if it is one of this door's own; else the door's first page."""
    path = back.partition("?")[0]
    if not path.startswith(door) or not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return door
    try:
        resolve(path)
    except Resolver404:
        return door
    return back
