"""The types an entry's fields may have, and how a field asks its question.

- Every choice list also has *not asked*, *not known* and *declined*: unknown is never 'no'.
- A field that nobody filled is 'not_asked' (choices), None (times, counts) or empty (words).
- A type says what it holds (`is`), so that forms, the address lint and the printed report treat it alike.

>>> choices(YesNo)
('yes', 'no', 'not_asked', 'not_known', 'declined')
"""

from datetime import date
from datetime import datetime
from typing import Annotated
from typing import Any
from typing import Literal
from typing import get_args
from typing import get_origin

from msgspec import Meta

UNKNOWN = ("not_asked", "not_known", "declined")


def choice(*values: str) -> Any:
    """A closed list of values, followed by the three ways of not knowing."""
    return Literal[(*values, *UNKNOWN)]


def choices(annotation: Any) -> tuple[str, ...]:
    """The values of a choice in the order they were declared, or () when it is not one choice."""
    if get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    return get_args(annotation) if get_origin(annotation) is Literal else ()


def ask(question: str, *, group: str = "", hint: str = "") -> Meta:
    """The words that stand beside a field on a form: the question, its group, and a hint."""
    return Meta(title=question, extra={"group": group, "hint": hint})


def _words(holds: str, most: int, **more: Any) -> Any:
    return Annotated[str, Meta(max_length=most, extra={"is": holds}, **more)]


YesNo = choice("yes", "no")

Line = _words("line", 300)  # one line of words
Words = _words("words", 20_000)  # as many words as are needed; spoken words are kept as they were said
Document = _words("words", 1_000_000)  # another agency's document, kept as it came
Name = _words("name", 200)  # a party's or witness's name
Phone = _words("phone", 60)  # a number or address by which a person is reached
Place = _words("place", 500)  # an address, a school, a refuge, a described place
Staff = _words("staff", 60, pattern=r"^[A-Za-z0-9._/-]*\Z")  # a collar number or staff identifier, never a name
Reference = _words("reference", 120)  # a crime, incident, exhibit or court number
Language = _words("language", 60)  # the language as the person calls it, or its BCP 47 tag
Code = _words("code", 80, pattern=r"^[a-z0-9_.-]*\Z")  # an identifier that a pack declares

Item = _words("code", 36, pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")  # the number of an item of the vault
Digest = _words("code", 64, pattern=r"^[0-9a-f]{64}\Z")  # SHA-256, in hex

Size = Annotated[int, Meta(ge=0, le=1 << 50, extra={"is": "count"})]  # bytes
Count = Annotated[int, Meta(ge=0, le=1_000_000, extra={"is": "count"})]
Minutes = Annotated[int, Meta(ge=0, le=1_000_000, extra={"is": "minutes"})]
Months = Annotated[int, Meta(ge=0, le=1_200, extra={"is": "months"})]
Metres = Annotated[float, Meta(ge=0, le=100_000_000, extra={"is": "metres"})]
Latitude = Annotated[float, Meta(ge=-90, le=90, extra={"is": "latitude"})]
Longitude = Annotated[float, Meta(ge=-180, le=180, extra={"is": "longitude"})]
When = Annotated[datetime, Meta(tz=True, extra={"is": "when"})]
Day = Annotated[date, Meta(extra={"is": "day"})]
