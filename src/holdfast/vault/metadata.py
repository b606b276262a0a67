"""Makes one value of what an item says of itself: when it was made, with what, where; and all of it as JSON.

Nothing here is checked: a clock may be wrong and words can be forged, and whoever shows this says so. A time without a
time zone is no moment: it stays among the values, and `made` stays empty.
"""

import json
import re
from collections.abc import Iterable
from collections.abc import Sequence
from datetime import datetime

from holdfast.vault.boxes import position
from holdfast.vault.found import Metadata

Value = tuple[str, str]
MOST_LETTERS = 200_000  # of everything together, as JSON
_MADE = ("DateTimeOriginal", "DateTimeDigitized", "DateTime")
_OFFSET = {
    "DateTimeOriginal": "OffsetTimeOriginal",
    "DateTimeDigitized": "OffsetTimeDigitized",
    "DateTime": "OffsetTime",
}
_WHOLE = ("creationdate", "XMP photoshop:DateCreated", "XMP xmp:CreateDate", "CreationDate", "dcterms:created",
          "meta:creation-date", "Film: made", "Date")  # fmt: skip
_WITH = ("Make", "make", "Model", "model", "LensModel", "Software", "software", "Creator", "Producer", "Application",
         "XMP xmp:CreatorTool", "Encoder", "User-Agent", "X-Mailer", "meta:generator")  # fmt: skip


def metadata_of(values: Iterable[Sequence[str]], **more: str) -> Metadata:
    """All values of an item as one. `more` are other fields of Metadata."""
    kept = [(str(each[0])[:120], str(each[1])[:4_000]) for each in values if len(each) == 2]
    first: dict[str, str] = {}
    for name, text in kept:
        first.setdefault(name, text)
    return Metadata(
        made=_made(first),
        made_with=", ".join(dict.fromkeys(_one_line(first[name]) for name in _WITH if first.get(name)))[:300],
        place=_place(first)[:200],
        found=_as_json(kept),
        **more,  # type: ignore[arg-type]
    )


def _as_json(kept: list[Value]) -> str:
    while kept and len(text := json.dumps(kept, ensure_ascii=False)) > MOST_LETTERS:
        kept = [*kept[: len(kept) // 2], ("not kept", "more than is kept was found")]
        if len(kept) < 3:
            return ""
    return text if kept else ""


def _made(first: dict[str, str]) -> datetime | None:
    """The first time that names a moment. GPS time is UTC; EXIF's needs its offset beside it."""
    for name in _MADE:
        if when := _moment(first.get(name, ""), first.get(_OFFSET[name], "")):
            return when
    for name in _WHOLE:
        if when := _moment(first.get(name, ""), ""):
            return when
    day, hours = first.get("GPSDateStamp", ""), re.findall(r"\d+(?:\.\d+)?", first.get("GPSTimeStamp", ""))
    if day and len(hours) == 3:
        return _moment(f"{day} {int(float(hours[0])):02}:{int(float(hours[1])):02}:{int(float(hours[2])):02}", "+00:00")
    return None


_WHEN = re.compile(
    r"(?:D:)?(\d{4})[-:]?(\d\d)[-:]?(\d\d)[T ]?(\d\d):?(\d\d)(?::?(\d\d))?(?:\.\d{1,9})?\s*"
    r"(Z|[+-]\d\d[:']?\d\d'?)?.{0,20}"
)


def _moment(text: str, offset: str) -> datetime | None:
    """EXIF's, ISO's, PDF's and e-mail's ways of writing a time; None where it names no time zone."""
    found = _WHEN.fullmatch(text.strip()[:60])
    if not found:
        return _of_mail(text)
    zone = found[7] or offset.strip()
    zone = "+00:00" if zone in ("Z", "Z00'00'", "+00'00'") else zone.replace("'", "")
    if not re.fullmatch(r"[+-]\d\d:?\d\d", zone):
        return None
    zone = zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"
    try:
        said = datetime.fromisoformat("{}-{}-{}T{}:{}:{}".format(*found.groups("00")[:6]) + zone)
        return said.astimezone(said.tzinfo) if said.year > 1970 else None
    except (ValueError, OverflowError):
        return None


def _of_mail(text: str) -> datetime | None:
    from email.utils import parsedate_to_datetime

    try:
        when = parsedate_to_datetime(text[:100])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return when if when.tzinfo else None


def _place(first: dict[str, str]) -> str:
    for name in ("GPS position", "location.ISO6709"):
        if found := position(first.get(name, "")):
            return found
    north, east = _degrees(first, "GPSLatitude", 90), _degrees(first, "GPSLongitude", 180)
    if north is None or east is None:
        return ""
    height = re.match(r"-?\d{1,5}(?:\.\d+)?$", first.get("GPSAltitude", ""))
    below = "-" if first.get("GPSAltitudeRef", "").strip() in ("1", "\x01", "01") else ""
    return f"{north:.5f}, {east:.5f}" + (f", height {below}{float(height.group()):.0f} m" if height else "")


def _degrees(first: dict[str, str], name: str, most: int) -> float | None:
    parts = re.findall(r"\d{1,9}(?:\.\d{1,12})?", first.get(name, ""))[:3]
    if not parts or "nan" in first.get(name, ""):
        return None
    degrees = sum(float(part) / (1, 60, 3600)[number] for number, part in enumerate(parts))
    if degrees > most:
        return None
    return -degrees if first.get(f"{name}Ref", "").strip().upper()[:1] in ("S", "W") else degrees


def _one_line(text: str) -> str:
    return " ".join(text.split())[:120]
