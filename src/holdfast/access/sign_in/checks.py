"""What the server refuses to start with, of single sign-on."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage
from django.core.checks import Error
from django.core.checks import register

from holdfast.access.sign_in.single import is_set_up


@register("holdfast")
def agency_sign_in(**_: Any) -> list[CheckMessage]:
    """E016: over a line that others read, anybody could say who somebody is."""
    issuer = urlsplit(settings.HOLDFAST_OIDC_ISSUER)
    here = issuer.hostname in ("127.0.0.1", "localhost", "::1")
    if bool(issuer.geturl()) == is_set_up() and (not is_set_up() or issuer.scheme == "https" or here):
        return []
    why = "Single sign-on is half set up, or its address does not begin with https."
    return [Error(why, hint="See docs/how-to/sign-in.md: HOLDFAST_OIDC_ISSUER and _CLIENT.", id="holdfast.E016")]
