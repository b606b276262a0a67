"""A session for each door, in a cookie of its own name that is sent to that door only.

- A telephone on which somebody signed in at the desk carries nothing that the survivor's door would read, and the other
  way round. The public guide and the machines' door keep no session at all.
- A session ends when it was not used for the minutes its door allows, or the fewer that stand in it as `_minutes`.
- It is written when something in it changed, and otherwise once a minute: not for each page.
- The survivor's ends when somebody has left, also where the message that says so was lost (look/leaving.py).
- Before anybody is in, the survivor's is no row of the database: its cookie holds it whole (site/carried.py).
- A session that was ended elsewhere while a page was being made stays ended.
"""

import time

from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.http import HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.deprecation import MiddlewareMixin

from holdfast.doors.look.leaving import forget_gone
from holdfast.doors.look.leaving import left_unheard
from holdfast.site.carried import SEEN
from holdfast.site.carried import SURVIVORS
from holdfast.site.carried import begun
from holdfast.site.carried import carried
from holdfast.site.carried import is_carried
from holdfast.site.doors import door_at

WRITTEN_EVERY = 60  # seconds


class DoorSessions(MiddlewareMixin):
    """Django's session, by door."""

    def process_request(self, request: HttpRequest) -> None:
        """Opens the session that the door's own cookie names."""
        door = door_at(request.path_info)
        value = request.COOKIES.get(door.cookie_name) if door.cookie_name else None
        request.session = begun(value, door) if door.app == SURVIVORS else SessionStore(value)
        if door.app == SURVIVORS and left_unheard(request):
            request.session.flush()

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Writes the session and its cookie, or takes the cookie away where the session has ended."""
        door = door_at(request.path_info)
        session = getattr(request, "session", None)
        if door.app == SURVIVORS:
            forget_gone(request, response)
        if not door.cookie_name or session is None or not (session.accessed or door.cookie_name in request.COOKIES):
            return response
        patch_vary_headers(response, ("Cookie",))
        path = "/" + door.path
        if session.is_empty():
            if door.cookie_name in request.COOKIES:
                response.delete_cookie(door.cookie_name, path=path, samesite="Lax")
            return response
        if response.status_code >= 500:
            return response  # a page that failed must not save what it half did
        if session.modified or time.time() - session.get(SEEN, 0) > WRITTEN_EVERY:
            session[SEEN] = int(time.time())
            if is_carried(session, door):
                value = carried(session)
            else:
                session.set_expiry(min(session.get("_minutes", door.minutes), door.minutes) * 60)
                try:
                    session.save()
                except UpdateError:
                    response.delete_cookie(door.cookie_name, path=path, samesite="Lax")
                    return response
                value = session.session_key
            response.set_cookie(
                door.cookie_name,
                value,
                path=path,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response
