"""Which door answers where. Each door keeps its own list."""

from django.urls import include
from django.urls import path

from holdfast.site.doors import DOORS
from holdfast.site.doors import is_there

urlpatterns = [path(door.path, include(door.app + ".urls")) for door in DOORS if is_there(door.app + ".urls")]

handler400 = "holdfast.site.refusals.bad_request"
handler403 = "holdfast.site.refusals.forbidden"
handler404 = "holdfast.site.refusals.not_found"
handler500 = "holdfast.site.refusals.failed"
