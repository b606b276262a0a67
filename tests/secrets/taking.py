"""Addresses of a test alone, which take more than a page does: as evidence will, and as Django would by itself."""

import hashlib

from django.http import HttpRequest
from django.http import JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

MOST = 8_000_000


@csrf_exempt
def raw(request: HttpRequest) -> JsonResponse:
    """Reads piece by piece."""
    digest, length = hashlib.sha256(), 0
    while piece := request.read(65536):
        digest.update(piece)
        length += len(piece)
    return JsonResponse({"length": length, "sha256": digest.hexdigest()})


@csrf_exempt
def form(request: HttpRequest) -> JsonResponse:
    """Reads a form with a file in it."""
    (given,) = request.FILES.values()
    whole = given.read()
    return JsonResponse({"length": len(whole), "sha256": hashlib.sha256(whole).hexdigest(), "by": type(given).__name__})


urlpatterns = [path("taken/raw", raw), path("taken/form", form)]
