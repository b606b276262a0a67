"""What follows when somebody signs in, by whatever way they came."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from holdfast.access.sign_in.fresh import proved


@receiver(user_logged_in)
def signed_in(request: HttpRequest, **_: Any) -> None:
    """Signing in is proof of who one is, for as long as `fresh` says."""
    proved(request)
