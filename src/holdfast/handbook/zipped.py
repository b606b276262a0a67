"""Zip files that are the same bytes whenever they hold the same things: no time of day, no order of chance."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date


def zipped(members: Sequence[tuple[str, bytes]], day: date) -> bytes:
    """The members in this order, all dated on that day. One called mimetype is not packed, as EPUB asks."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members:
            member = zipfile.ZipInfo(name, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
            member.external_attr = 0o644 << 16
            packed = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(member, content, packed, 9)
    return out.getvalue()
