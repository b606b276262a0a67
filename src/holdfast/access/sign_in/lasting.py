"""Whose request this is: nobody's, once the sign-in has ended elsewhere, lasted its longest, or its account is stopped.

It stands in place of Django's own middleware, and like it looks only when somebody asks who it is.
"""

from django.contrib.auth import get_user
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from holdfast.access.sign_in.sessions import still_on


class SignedIn(AuthenticationMiddleware):
    """Django's, asking further whether the sign-in still lasts."""

    def process_request(self, request: HttpRequest) -> None:
        """Puts the person in place, to be looked for when a page asks."""
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: who_asks(request))  # type: ignore[assignment]


def who_asks(request: HttpRequest) -> AbstractBaseUser | AnonymousUser:
    """The person signed in, or nobody; a session that has ended is emptied at once."""
    found = get_user(request)
    if found.is_authenticated and not still_on(request):
        request.session.flush()
        return AnonymousUser()
    return found
