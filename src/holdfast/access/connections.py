"""Who among the staff is, or may know, somebody in a case: own names, addresses and numbers, compared by keyed hashes.

- A member of staff (or their supervisor) says which are theirs. Kept is a keyed hash of each, never the thing itself:
  the table names nobody, and cannot be turned round without this installation's key.
- The same full name, address or number is a match, and shuts them out. The same or nearly the same surname alone is a
  question for a supervisor: many people are called Smith.
- Nobody takes one back themselves: whoever could, could look first.
"""

import hmac
import re
import unicodedata
from collections.abc import Iterable
from collections.abc import Iterator
from typing import NamedTuple

from django.conf import settings
from django.db import models
from django.utils import timezone

from holdfast.record.entry import Entry

EXACT = ("name", "address", "number")
NEAR = ("surname", "surname_like")
HOW = {"name": "same_name", "address": "same_address", "number": "same_number"}

_NUMBERS = {"CallReceived": "number", "SafeNumberGiven": "number", "ContactAgreed": "number",
            "ContactChanged": "number", "WitnessFound": "number", "MessagesKept": "from_number"}  # fmt: skip
_PLACES = {"LocationFound": "place", "SecondCallMade": "new_place"}
_NAMES = {"ChildSeen": ("name", "child"), "WitnessFound": ("name", "witness")}
NAMING = frozenset({"PersonNamed", "EntryCorrected", "CaseOpened", *_NUMBERS, *_PLACES, *_NAMES})
_POSTCODE = re.compile(
    r"\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b|\b[a-z]\d[a-z] ?\d[a-z]\d\b|\b\d{5}(?:-\d{4})?\b|\b\d{4}$"
)
_LEAST_FIGURES, _COMPARED_FIGURES = 7, 9  # +44 7700 900123 and 07700 900123 end alike


class StaffConnection(models.Model):
    """One thing that is a member of staff's own, as a keyed hash."""

    staff = models.CharField(max_length=60)
    what = models.CharField(max_length=20)
    key = models.CharField(max_length=64)
    given_by = models.CharField(max_length=60)
    given_at = models.DateTimeField()

    class Meta:
        db_table = "access_staff_connection"
        constraints = [models.UniqueConstraint(fields=["staff", "what", "key"], name="staff_connection_once")]
        indexes = [models.Index(fields=["key"], name="staff_connection_key")]

    def __str__(self) -> str:
        return f"{self.staff} {self.what}"


class ConnectionQuestion(models.Model):
    """A surname that a member of staff shares with somebody in a case: a supervisor says whether it means anything."""

    case = models.CharField(max_length=80)
    staff = models.CharField(max_length=60)
    raised_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=60, blank=True, default="")
    connected = models.BooleanField(null=True)

    class Meta:
        db_table = "access_connection_question"
        constraints = [models.UniqueConstraint(fields=["case", "staff"], name="connection_question_once")]

    def __str__(self) -> str:
        return f"question {self.pk}"


class Match(NamedTuple):
    """A member of staff and somebody in a case have something in common."""

    staff: str
    what: str
    party: str


def add_connections(
    staff: str,
    given_by: str,
    *,
    names: Iterable[str] = (),
    addresses: Iterable[str] = (),
    numbers: Iterable[str] = (),
) -> int:
    """Keeps what is somebody's own, as keyed hashes; how many there were. What holds nothing to compare is left out."""
    found = {each for name in names for each in _of_name(name)}
    found |= {each for address in addresses for each in _of_address(address)}
    found |= {each for number in numbers for each in _of_number(number)}
    now = timezone.now()
    rows = [StaffConnection(staff=staff, what=what, key=key, given_by=given_by, given_at=now) for what, key in found]
    StaffConnection.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def matches_in(entries: Iterable[Entry]) -> list[Match]:
    """Every member of staff who has something in common with somebody in these entries."""
    parties: dict[tuple[str, str], str] = {}
    for entry in entries:
        for what, key, party in _of_entry(entry):
            parties.setdefault((what, key), party)
    if not parties:
        return []
    asked = StaffConnection.objects.filter(key__in={key for _what, key in parties}).order_by("pk")
    found = [(row.staff, row.what, row.key) for row in asked]
    return [Match(staff, what, parties[what, key]) for staff, what, key in found if (what, key) in parties]


def _of_entry(entry: Entry) -> Iterator[tuple[str, str, str]]:
    said = entry.fields
    if entry.kind == "PersonNamed":
        pairs = (*_of_name(said.name), *_of_address(said.address), *_of_number(said.number))
        yield from ((what, key, said.party) for what, key in pairs)
    if entry.kind in _NUMBERS:
        party = "suspect" if entry.kind == "MessagesKept" else "caller"
        yield from ((what, key, party) for what, key in _of_number(getattr(said, _NUMBERS[entry.kind])))
    if entry.kind in _PLACES:
        yield from ((what, key, "place") for what, key in _of_address(getattr(said, _PLACES[entry.kind])))
    if entry.kind in _NAMES:
        field, party = _NAMES[entry.kind]
        yield from ((what, key, party) for what, key in _of_name(getattr(said, field)))


def _of_name(name: str) -> Iterator[tuple[str, str]]:
    words = re.findall(r"[^\W\d_]+", _folded(name).replace("'", "").replace("-", ""))
    if len(words) < 2:  # one word is no full name, and as a surname says little
        return
    surname = words[0] if "," in name else words[-1]
    yield "name", _keyed("name", " ".join(sorted(words)))
    yield "surname", _keyed("surname", surname)
    yield "surname_like", _keyed("surname_like", _bare(surname))


def _of_address(address: str) -> Iterator[tuple[str, str]]:
    folded = _folded(address)
    plain = "".join(sign for sign in folded if sign.isalnum())
    if not any(sign.isdigit() for sign in plain):
        return  # a town or a park: too many people have it
    yield "address", _keyed("address", plain)
    postcode, number = _POSTCODE.search(folded), re.match(r"\D*(\d+\w?)", folded)
    if postcode and number and number.start(1) != postcode.start():
        yield "address", _keyed("address", f"{number[1]}@{postcode[0].replace(' ', '')}")


def _of_number(number: str) -> Iterator[tuple[str, str]]:
    figures = "".join(sign for sign in number if sign.isdigit())
    if len(figures) >= _LEAST_FIGURES:
        yield "number", _keyed("number", figures[-_COMPARED_FIGURES:])


def _folded(text: str) -> str:
    taken_apart = unicodedata.normalize("NFKD", text.replace("’", "'")).casefold()
    return "".join(sign for sign in taken_apart if not unicodedata.combining(sign))


def _bare(surname: str) -> str:
    """A surname without its later vowels and doubled letters: Smyth and Smith, Olsen and Olson."""
    rest = re.sub(r"[aeiouyhw]", "", surname[1:])
    return re.sub(r"(.)\1+", r"\1", surname[:1] + rest)


def _keyed(what: str, value: str) -> str:
    key = hmac.digest(settings.SECRET_KEY.encode(), b"holdfast.access.connections." + what.encode(), "sha256")
    return hmac.digest(key, value.encode(), "sha256").hex()
