"""What a cookie is called on the line.

Over TLS a name carries the prefix under which a browser itself refuses a cookie that was planted: by another machine of
the same domain, or over a connection without TLS. `__Host-` is for a cookie of the whole site; one that is sent to a
single door only has a path of its own, which `__Host-` forbids, and is `__Secure-`.
"""

from django.conf import settings
from django.http import HttpRequest


def site_wide(name: str) -> str:
    """The name of a cookie that is sent to every door."""
    return f"__Host-{name}" if settings.SESSION_COOKIE_SECURE else name


def one_doors(name: str) -> str:
    """The name of a cookie that is sent to one door only; '' for a door that has none."""
    return f"__Secure-{name}" if name and settings.SESSION_COOKIE_SECURE else name


def carried(request: HttpRequest, name: str) -> str:
    """The value of a site-wide cookie, or ''."""
    return request.COOKIES.get(site_wide(name), "")
