"""The addresses of the site, and at each door one at which the program fails."""

from django.core.exceptions import PermissionDenied
from django.core.exceptions import SuspiciousOperation
from django.http import Http404
from django.http import HttpRequest
from django.urls import path

from holdfast.site.doors import DOORS
from holdfast.site.urls import handler400
from holdfast.site.urls import handler403
from holdfast.site.urls import handler404
from holdfast.site.urls import handler500
from holdfast.site.urls import urlpatterns as of_the_site

RAISED = {
    "e400": SuspiciousOperation("Quillfeather"),
    "e403": PermissionDenied("Quillfeather"),
    "e404": Http404("Quillfeather"),
    "e500": ValueError("Quillfeather"),
}


def raising(request: HttpRequest, what: str) -> None:
    """Fails in this way."""
    raise RAISED[what]


urlpatterns = [*(path(f"{door.path}fails/<str:what>", raising) for door in DOORS), *of_the_site]
__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
