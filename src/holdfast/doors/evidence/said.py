"""What a giver's form says of an item, as fields of ItemTaken. Nothing typed is lost, and nothing refuses a file.

- A time is local to the case's place. What is no time, or does not fit its field, is kept among the words instead: a
  picture is not turned away because its form was filled in wrongly.
- A file's name is kept with what could not be shown replaced: it may say where something came from. For a page it is
  cut down to its last part (`for_show`); it is never a path, and never in an address, a title or a log.
- What was not chosen is not said: whether police may have something stays 'not asked', and counts as no.
"""

import re
from collections.abc import Mapping
from datetime import UTC
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from holdfast.record.kind import FieldsRefused
from holdfast.record.kind import read_fields
from holdfast.record.kinds.evidence import ItemTaken

MOST_WORDS = 19_000  # letters; the field takes a thousand more
LONGEST_NAME = 300
_UNSHOWABLE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_TIMES = ("happened", "made")
_BESIDE = {
    "happened": "When it happened", "made": "When it was made", "source_name": "From", "number": "Number or account",
    "exhibit": "Exhibit", "source": "From", "purpose": "Why",
}  # fmt: skip
_WHOLE = {"item": "0" * 8 + "-0000-0000-0000-" + "0" * 12, "what": "other", "size": 0, "sha256": "0" * 64}


def said_with(
    said: Mapping[str, Any], given: Mapping[str, str], allowed: tuple[str, ...], zone: ZoneInfo
) -> dict[str, Any]:
    """What a permit says of an item, with what the form adds. Only what the permit lets be said is taken."""
    found, beside = dict(said), []
    for name in allowed:
        typed = _shown(given.get(name, ""))
        if not typed or name == "words":
            continue
        value = _moment(typed, zone) if name in _TIMES else typed
        if value is not None and _fits(name, value):
            found[name] = value
        elif name in _BESIDE:
            beside.append(f"{_BESIDE[name]}: {typed}")
    own = _shown(given.get("words", "")) if "words" in allowed else ""
    words = "\n".join(filter(None, [str(said.get("words", "")), *beside, own]))
    if words:
        found["words"] = words[:MOST_WORDS]
    return found


def name_kept(named: str) -> str:
    """A file's name as it is kept, sealed: what no page could show is replaced, so that it shows that it was there."""
    return _UNSHOWABLE.sub("\ufffd", named)[:LONGEST_NAME]


def for_show(named: str) -> str:
    """The name for a page of staff: its last part alone."""
    return re.split(r"[/\\]", named)[-1].strip() or "no name"


def _shown(words: str) -> str:
    return "\n".join(_UNSHOWABLE.sub(" ", line) for line in words.replace("\r\n", "\n").split("\n")).strip()


def _moment(typed: str, zone: ZoneInfo) -> str | None:
    try:
        found = datetime.fromisoformat(typed)
        if len(typed) <= len("2026-11-20"):
            return None  # a day without an hour is kept as it was said: no hour is made up
        local = found if found.tzinfo else found.replace(tzinfo=zone)
        return local.astimezone(UTC).isoformat()
    except (ValueError, OverflowError):
        return None


def _fits(name: str, value: str) -> bool:
    try:
        read_fields(ItemTaken, {**_WHOLE, name: value})
    except FieldsRefused:
        return False
    return True
