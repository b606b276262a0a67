"""Where a telephone says it is: Advanced Mobile Location (ETSI TS 103 625), as a text, a binary text or an HTTPS form.

- Nothing of it is certain. The radius and the confidence go with the position, and what is missing stays missing.
- A message that says that it found nothing is no position: 0, 0 with no radius is not a place in the sea.
- The message's own length (`ml`) is not held against it: telephones count it wrongly.
- What is malformed is refused by the name of its field, never by its value.
"""

import base64
import binascii
import hashlib
import hmac
import math
import re
from datetime import UTC
from datetime import datetime
from typing import NamedTuple
from urllib.parse import parse_qsl

MOST_CHARACTERS = 2_000
_METHODS = {"g": "satellites", "gps": "satellites", "gnss": "satellites", "w": "wireless_network",
            "wifi": "wireless_network", "c": "mobile_cells", "cell": "mobile_cells", "n": "none",
            "f": "several", "fused": "several"}  # fmt: skip
_NUMBER = re.compile(r"[+-]?\d{1,9}(\.\d{1,15})?", re.ASCII)
_HMAC = re.compile(rb"(?:^|&)hmac=([0-9a-fA-F]{40})$")
_FIRST_YEAR, _LAST_YEAR = 2000, 2199


class AmlRefused(ValueError):
    """The message is not AML that can be relied on. Says which field is wrong."""


class Aml(NamedTuple):
    """One message. None is what it does not say."""

    latitude: float | None
    longitude: float | None
    radius: float | None  # metres
    confidence: int | None  # of 100
    method: str  # a choice of PositionMeasured.method
    measured_at: datetime | None  # by the telephone's own clock
    altitude: str
    number: str  # of the telephone, where the message itself says it
    text: str  # the message as it came


def signed_by(body: bytes, key: bytes) -> bool:
    """Whether an HTTPS form ends in the HMAC-SHA-1 of all that stands before it, made with this key."""
    found = _HMAC.search(body)
    if found is None or not key:
        return False
    meant = hmac.new(key, body[: found.start()], hashlib.sha1).hexdigest()  # SHA-1 is what the standard says
    return hmac.compare_digest(meant, found[1].decode().lower())


def read_form(body: bytes) -> Aml:
    """An HTTPS form, its signature looked at before."""
    said = _pairs(parse_qsl(_ascii(body), keep_blank_values=True, max_num_fields=100))
    if not said.get("v", "").isdigit():
        raise AmlRefused("v is missing, or is no version")
    fraction = _number(said, "location_confidence")
    sure = _number(said, "location_certainty")
    if sure is None and fraction is not None:
        sure = fraction * 100 if fraction <= 1 else fraction
    ours = {
        "lt": said.get("location_latitude", ""),
        "lg": said.get("location_longitude", ""),
        "rd": said.get("location_accuracy", ""),
        "pm": said.get("location_source", ""),
    }
    altitude = _height(said.get("location_altitude", ""), said.get("location_vertical_accuracy", ""))
    measured_at = _since_1970(said.get("location_time", ""), 1000, "location_time")
    return _aml(ours, sure, measured_at, altitude, said.get("device_number", ""), body.decode())


def read_text(text: str) -> Aml:
    """A text message, of either version."""
    if len(text) > MOST_CHARACTERS:
        raise AmlRefused("the message is longer than a text can be")
    stripped = text.strip()
    if not stripped.startswith('A"ML='):
        raise AmlRefused("the message does not begin as AML does")
    said = _pairs(part.partition("=")[::2] for part in stripped.removeprefix('A"').split(";") if part)
    if said["ML"] == "1":
        return _aml(said, _number(said, "lc"), _written(said.get("top", "")), "", "", stripped)
    if said["ML"] == "2":
        return _second_version(said, stripped)
    raise AmlRefused("ML is not a version that is read here, which are 1 and 2")


def read_data(data: bytes) -> Aml:
    """A binary text: the same message in GSM's seven bits, packed; or as eight, where the network unpacked it."""
    if len(data) > MOST_CHARACTERS:
        raise AmlRefused("the message is longer than a text can be")
    if data.startswith(b'A"ML='):
        return read_text(_ascii(data))
    packed = int.from_bytes(data, "little")
    signs = bytes((packed >> (7 * place)) & 0x7F for place in range(len(data) * 8 // 7))
    # In GSM's alphabet what AML uses stands where ASCII has it, but for one sign that fills the last byte.
    return read_text(_ascii(signs.rstrip(b"\x00\r@")))


def bytes_of(written: str) -> bytes:
    """The bytes of a binary text as gateways write them, hexadecimal or base64."""
    tight = "".join(written.split())
    if len(tight) > 2 * MOST_CHARACTERS:
        raise AmlRefused("the message is longer than a text can be")
    try:
        if re.fullmatch(r"(?:[0-9A-Fa-f]{2})+", tight, re.ASCII):
            return bytes.fromhex(tight)
        return base64.b64decode(tight, validate=True)
    except (ValueError, binascii.Error):
        raise AmlRefused("data is neither hexadecimal nor base64") from None


def _second_version(said: dict[str, str], text: str) -> Aml:
    place = said.get("lo", "").split(",")
    if len(place) != 3:
        raise AmlRefused("lo is missing, or is not a latitude, a longitude and a radius")
    ours = {"lt": place[0], "lg": place[1], "rd": "" if _number({"rd": place[2]}, "rd") == 0 else place[2]}
    ours["pm"] = said.get("ls", "")
    height = [*said.get("lz", "").split(","), "", ""][:2]
    began = _since_1970(said.get("et", ""), 1, "et")
    offset = _number(said, "lt")  # milliseconds from the beginning of the call; not a latitude in this version
    measured = _moment(began.timestamp() + offset / 1000, "lt") if began and offset is not None else began
    return _aml(ours, _number(said, "lc"), measured, _height(*height), "", text)


def _aml(
    said: dict[str, str], sure: float | None, measured_at: datetime | None, altitude: str, number: str, text: str
) -> Aml:
    method = _METHODS.get(said.get("pm", "").strip().lower(), "not_known")
    if sure is not None and not 0 <= sure <= 100:
        raise AmlRefused("the confidence is not between 0 and 100")
    confidence = None if sure is None else round(sure)
    radius_said = said.get("rd", "").strip()
    nothing = method == "none" or radius_said.upper() == "N"
    latitude = None if nothing else _number(said, "lt")
    longitude = None if nothing else _number(said, "lg")
    radius = None if nothing else _number(said, "rd")
    if (latitude is None) != (longitude is None):
        raise AmlRefused("half a position: a latitude or a longitude is missing")
    if latitude is None or longitude is None:
        return Aml(None, None, None, confidence, "none", measured_at, "", number, text)
    if latitude == longitude == 0 and radius is None:
        return Aml(None, None, None, confidence, "none", measured_at, "", number, text)
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise AmlRefused("the position is not on the earth")
    if radius is not None and not 0 <= radius <= 100_000_000:
        raise AmlRefused("the radius cannot be")
    return Aml(latitude, longitude, radius, confidence, method, measured_at, altitude, number, text)


def _pairs(pairs: object) -> dict[str, str]:
    """Names and values; a name that says two things says nothing."""
    said: dict[str, str] = {}
    for name, value in pairs:  # type: ignore[attr-defined]
        if said.setdefault(name, value) != value:
            raise AmlRefused("a field stands twice and says two things")
    return said


def _number(said: dict[str, str], name: str) -> float | None:
    text = said.get(name, "").strip()
    if not text:
        return None
    if not _NUMBER.fullmatch(text) or not math.isfinite(float(text)):
        raise AmlRefused(f"{name} is no number")
    return float(text)


def _written(text: str) -> datetime | None:
    if not text:
        return None
    try:
        if not re.fullmatch(r"\d{14}", text, re.ASCII):
            raise ValueError
        found = datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        raise AmlRefused("top is no time") from None
    return found if _FIRST_YEAR <= found.year <= _LAST_YEAR else None  # a telephone that never knew the time


def _since_1970(text: str, each: int, name: str) -> datetime | None:
    """A time in seconds (`each` 1) or milliseconds (1000) since 1970."""
    if not text:
        return None
    if not re.fullmatch(r"\d{1,15}", text, re.ASCII):
        raise AmlRefused(f"{name} is no time")
    return _moment(int(text) / each, name)


def _moment(seconds: float, name: str) -> datetime | None:
    try:
        found = datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        raise AmlRefused(f"{name} is no time") from None
    return found if _FIRST_YEAR <= found.year <= _LAST_YEAR else None


def _height(altitude: str, within: str) -> str:
    given = _number({"altitude": altitude}, "altitude")
    if given is None:
        return ""
    sure = _number({"altitude": within}, "altitude")
    return f"{given:g} m" + (f", within {sure:g} m" if sure is not None else "")


def _ascii(data: bytes) -> str:
    try:
        return data.decode("ascii")
    except UnicodeDecodeError:
        raise AmlRefused("the message has signs that AML does not use") from None
