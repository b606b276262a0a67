"""Styles and scripts go over the line compressed: a first visit on a slow line is the one that matters.

Only files that are the same for everybody. A page may hold something secret beside something that a stranger chose:
each door decides for itself whether its pages are compressed.
"""

import gzip
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseBase
from django.http import StreamingHttpResponse
from django.utils.cache import patch_vary_headers

WORDS = ("text/", "application/javascript", "application/json", "image/svg")


class CompressedFiles:
    """Answers for files with their compressed bytes, which are made once."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]):
        self.answer = answer
        self._made: dict[tuple[str, str], bytes] = {}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.answer(request)
        if not isinstance(response, StreamingHttpResponse) or not request.path_info.startswith(settings.STATIC_URL):
            return response
        if response.status_code != 200:
            return _whole(response)  # part of a file, a file that has not changed, or none
        patch_vary_headers(response, ("Accept-Encoding",))
        says = response.headers.get("Content-Type", "")
        asked = request.method == "GET" and "gzip" in request.headers.get("Accept-Encoding", "")
        if not asked or not says.startswith(WORDS):
            return _whole(response)
        return self._compressed(request.path_info, response)

    def _compressed(self, path: str, response: StreamingHttpResponse) -> HttpResponse:
        made = path, response.headers.get("ETag", "")
        if made not in self._made:
            self._made[made] = gzip.compress(b"".join(response.streaming_content), 9, mtime=0)  # type: ignore[arg-type]
        body = self._made[made]
        _close_file(response)
        answer = HttpResponse(body, headers={**response.headers, "Content-Length": len(body)})
        answer.headers["Content-Encoding"] = "gzip"
        return answer


def _whole(response: StreamingHttpResponse) -> HttpResponse:
    """The file in one piece: our files are small, and the server would read a stream in one piece and warn of it."""
    body = b"".join(response.streaming_content)  # type: ignore[arg-type]
    _close_file(response)
    return HttpResponse(body, status=response.status_code, headers=dict(response.headers))


def _close_file(response: StreamingHttpResponse) -> None:
    """Its file alone: closing the answer itself would tell everybody that the request is over."""
    if file := getattr(response, "file_to_stream", None):
        file.close()
