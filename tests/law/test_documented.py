"""Whoever writes a pack finds each key of its files in docs/formats/pack.md, in the part that tells of that file."""

import re
from pathlib import Path

import msgspec
import pytest

from holdfast.law.alarm import AlarmRule
from holdfast.law.alarm import Level
from holdfast.law.calendars import Calendar
from holdfast.law.calendars import PublicHolidays
from holdfast.law.call_script import CallScript
from holdfast.law.declaration import Declaration
from holdfast.law.pack import Area
from holdfast.law.pack import Pack
from holdfast.law.pack import Prohibition
from holdfast.law.plate import Plate
from holdfast.law.public import Route
from holdfast.law.public import Service
from holdfast.law.public import Term
from holdfast.law.retention import Retention

PAGE = (Path(__file__).parents[2] / "docs/formats/pack.md").read_text(encoding="utf-8")
PARTS = {part.partition("\n")[0]: part for part in PAGE.split("\n## ")}
# What no file has to say: made by reading.
MADE = {"pack", "file", "days", "country"}
# Told in files of their own.
FILES = {
    "calendars", "terms", "emergency", "services", "prohibitions", "duties", "limits", "powers", "policies", "orders",
    "instruments", "guide", "ways", "notices", "retention", "declarations", "plates", "alarms", "call",
}  # fmt: skip


@pytest.mark.parametrize(
    ("part", "struct"),
    [
        ("The head: pack.yaml", Pack),
        ("The head: pack.yaml", Area),
        ("Calendars", Calendar),
        ("Calendars", PublicHolidays),
        ("Terms", Term),
        ("Emergency routes", Route),
        ("Prohibitions", Prohibition),
        ("Services and hours", Service),
        ("Retention", Retention),
        ("Declarations", Declaration),
        ("Number plates", Plate),
        ("Alarms", AlarmRule),
        ("Alarms", Level),
        ("The call", CallScript),
    ],
)
def test_every_key_stands_in_the_format(part: str, struct: type[msgspec.Struct]) -> None:
    keys = {field.encode_name for field in msgspec.structs.fields(struct)} - MADE - FILES
    assert keys
    assert {key for key in keys if not re.search(rf"\b{key}\b", PARTS[part])} == set()
