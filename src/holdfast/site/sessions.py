"""A session for each door, in a cookie of its own name that is sent to that door only.

A telephone on which somebody signed in at the desk carries nothing that the survivor's door would read, and the other
way round. The public guide and the machines' door keep no session at all.
"""

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.http import HttpResponse
from django.utils.deprecation import MiddlewareMixin

from holdfast.site.doors import door_at


class DoorSessions(MiddlewareMixin):
    """Django's session, by door."""

    def process_request(self, request: HttpRequest) -> None:
        door = door_at(request.path_info)
        request.session = SessionStore(request.COOKIES.get(door.cookie) if door.cookie else None)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        door = door_at(request.path_info)
        session = getattr(request, "session", None)
        if not door.cookie or session is None:
            return response
        path = "/" + door.path
        if session.is_empty():
            if door.cookie in request.COOKIES:
                response.delete_cookie(door.cookie, path=path, samesite="Lax")
            return response
        # Each page puts the end of the session off; a page that failed must not save what it half did.
        if response.status_code < 500:
            session.set_expiry(session.get("_minutes", door.minutes) * 60)
            session.save()
            response.set_cookie(
                door.cookie,
                session.session_key,
                path=path,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response
