"""The files of a place's guide that were built ahead of time (handbook/), as a page offers them and hands them out.

Nothing is written here. A file is handed out only if the index names it, and under the neutral name that it has there.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.http import Http404
from django.http import HttpRequest
from django.http import HttpResponse
from django.utils.cache import patch_vary_headers

from holdfast.doors.guide.spot import Spot
from holdfast.handbook.shelf import Index
from holdfast.handbook.shelf import Made
from holdfast.handbook.shelf import read_index
from holdfast.handbook.shelf import shelf_for

LOOKS = ("usual", "neutral")
TYPES = {
    ".pdf": "application/pdf", ".epub": "application/epub+zip", ".txt": "text/plain; charset=utf-8",
    ".brf": "application/x-brf", ".opus": "audio/ogg", ".zip": "application/zip", ".html": "text/html; charset=utf-8",
}  # fmt: skip
MOST_AT_ONCE = 4_000_000  # bytes of a recording in one answer; a player asks for the rest
_RANGE = re.compile(r"bytes=(\d{1,12})-(\d{0,12})")
# In the order in which they are offered; 'bundle' is for other sites and stands on another page.
OFFERED = ("pdf", "large-print", "easy-read", "epub", "text", "braille", "audio", "card", "card-page")


class Choice(NamedTuple):
    """One format of a page or of the whole guide."""

    made: Made
    link: str  # '' where there is no file; then `made.why` says why

    @property
    def size(self) -> str:
        """How long it is."""
        kilobytes = max(1, round(self.made.bytes / 1000))
        return f"{kilobytes}\u00a0kB" if kilobytes < 1000 else f"{kilobytes / 1000:.1f}\u00a0MB"


def index_of(spot: Spot, look: str) -> Index | None:
    """The index of a place's files in a language and a look; None where nothing was built."""
    return read_index(_folder(spot, look))


def choices(spot: Spot, page: str = "", look: str = "usual", formats: tuple[str, ...] = OFFERED) -> list[Choice]:
    """What there is of a page, or of the whole guide, in the order of `formats`; those not built say why."""
    index = index_of(spot, look)
    made = {each.format: each for each in index.files if each.chapter == page} if index else {}
    return [
        Choice(made[name], "" if made[name].why else f"{spot.base}file/{look}/{made[name].file}")
        for name in formats
        if name in made
    ]


def handed_out(request: HttpRequest, spot: Spot, look: str, name: str) -> HttpResponse:
    """A file that the index names, or Http404."""
    index = index_of(spot, look)
    made = next((each for each in index.files if each.file == name and not each.why), None) if index else None
    if made is None:
        raise Http404("There is no such file. Go back to the list of formats and choose from there.")
    return _answer(request, _folder(spot, look) / made.file, made)


def _answer(request: HttpRequest, path: Path, made: Made) -> HttpResponse:
    heard = made.format == "audio"
    asked = _RANGE.fullmatch(request.headers.get("Range", "")) if heard else None
    first = int(asked[1]) if asked else 0
    try:
        with path.open("rb") as file:
            whole = path.stat().st_size
            file.seek(min(first, whole))
            last = min(int(asked[2]) if asked and asked[2] else whole - 1, whole - 1)
            content = file.read(min(last - first + 1, MOST_AT_ONCE) if asked else -1) if first <= last else b""
    except OSError:
        raise Http404("This file is no longer there. Go back to the list of formats and choose from there.") from None
    answer = HttpResponse(content, content_type=TYPES.get(path.suffix, "application/octet-stream"))
    if asked:
        answer.status_code = 206 if content else 416
        shown = f"{first}-{first + len(content) - 1}" if content else "*"
        answer["Content-Range"] = f"bytes {shown}/{whole}"
        patch_vary_headers(answer, ("Range",))
    if heard:
        answer["Accept-Ranges"] = "bytes"
    # A player on the page takes what it plays; a link saves it. No file ever opens as a page of this site.
    answer["Content-Disposition"] = f'attachment; filename="{made.file}"'
    answer["X-Robots-Tag"] = "noindex"
    answer["Cache-Control"] = "no-store"
    return answer


def _folder(spot: Spot, look: str) -> Path:
    if look not in LOOKS:
        raise Http404("There is no such file. Go back to the list of formats and choose from there.")
    root = Path(settings.HOLDFAST_DATA) / "handbook"
    return shelf_for(root, spot.pack.id, spot.tongue.tag, neutral=look == "neutral")
