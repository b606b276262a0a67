"""Writing a record in a few words, for tests: times are London time, fields are read as a door reads them."""

from datetime import UTC
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from holdfast.record.entry import By
from holdfast.record.entry import Entry
from holdfast.record.kind import read_fields
from holdfast.record.kinds import KINDS

LONDON = ZoneInfo("Europe/London")


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)


def entry(
    number: int,
    kind: str,
    at: str,
    /,  # a kind may have fields of these names
    about: tuple[int, ...] = (),
    recorded: str = "",
    role: str = "officer",
    **fields: Any,
) -> Entry:
    read = read_fields(KINDS[kind], fields)
    return Entry(number, kind, local(at), local(recorded or at), By(role), read, None, about)
