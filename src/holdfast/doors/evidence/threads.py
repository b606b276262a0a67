"""A thread of messages as a page shows it: by days, page by page, with what is not sure said before anything else.

Any door shows it: the words are the export's, escaped by the page. Times stand as the export has them; only where it
names its zone are they turned to the place's own.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import NamedTuple
from zoneinfo import ZoneInfo

from holdfast.vault.messages.opening import Exported
from holdfast.vault.messages.values import Message
from holdfast.vault.messages.values import Thread

ON_A_PAGE = 200
FORMS = {
    "whatsapp": "WhatsApp",
    "sms_backup": "Text messages (Android backup)",
    "calls_backup": "Calls (Android backup)",
    "meta": "Facebook, Messenger or Instagram",
}


class Row(NamedTuple):
    """One message."""

    number: int  # its line or place in the export
    time: str  # '21:03'; as the export writes it where that is no time
    who: str  # '' where nobody is named
    words: str
    attached: tuple[tuple[str, str], ...]  # name, and whether it came with the export, in words
    told: str


class Day(NamedTuple):
    """The messages of one day. `day` is '' where the time is not known."""

    day: str
    rows: tuple[Row, ...]


class Shown(NamedTuple):
    """One page of one thread."""

    form: str
    people: tuple[str, ...]
    total: int
    page: int  # from 1
    pages: int
    days: tuple[Day, ...]
    notes: tuple[str, ...]  # what is not sure: read before the messages
    not_read: tuple[tuple[int, str], ...]
    threads: tuple[tuple[int, str, int], ...]  # all of the export: number from 1, who, how many messages
    thread: int


def shown(exported: Exported, thread: int, page: int, zone: ZoneInfo) -> Shown:
    """A page of a thread, both counted from 1; the nearest there is where there is none of that number."""
    thread = min(max(1, thread), len(exported.threads))
    chosen = exported.threads[thread - 1]
    pages = max(1, -(-len(chosen.messages) // ON_A_PAGE))
    page = min(max(1, page), pages)
    here = chosen.messages[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    days = groupby(here, lambda each: _day(each, zone))
    return Shown(
        form=FORMS[chosen.form],
        people=chosen.people,
        total=len(chosen.messages),
        page=page,
        pages=pages,
        days=tuple(Day(day, tuple(_row(each, exported.files, zone) for each in of_day)) for day, of_day in days),
        notes=tuple(_notes(chosen, zone)),
        not_read=chosen.not_read,
        threads=tuple(
            (number, ", ".join(each.people[:4])[:120], len(each.messages))
            for number, each in enumerate(exported.threads, 1)
        ),
        thread=thread,
    )


def _notes(thread: Thread, zone: ZoneInfo) -> Iterator[str]:
    yield "This is how the export tells it. Whoever made it could have changed it. It is kept as it came."
    if thread.zone == "not_said":
        yield "Times are those of the telephone that made the export. It does not say in which time zone."
    else:
        yield f"Times are shown for {zone.key.replace('_', ' ')}. The export has them in UTC."
    if thread.order == "guessed":
        yield "Day and month could be read either way round. The day was taken to come first: check it with the person."
    if thread.order == "worked_out":
        yield "Which number is the day was worked out: only one way keeps the messages in order."
    if thread.not_read_count:
        yield f"Not understood: {thread.not_read_count:,}. What the export has there stands below."
    if thread.cut:
        yield "The export holds more messages than are read here. Take a copy to read them all."


def _row(message: Message, files: frozenset[str], zone: ZoneInfo) -> Row:
    return Row(
        message.line,
        _local(message.at, zone).strftime("%H:%M") if message.at else message.said_at,
        message.from_whom,
        message.words,
        tuple(_attached(name, files) for name in message.attached),
        message.told,
    )


def _attached(name: str, files: frozenset[str]) -> tuple[str, str]:
    if not name:
        return "A file", "was left out of the export"
    if not files:
        return name, "named, and not part of this item"
    return name, "came with the export" if name in files else "named, and not in the export"


def _day(message: Message, zone: ZoneInfo) -> str:
    if message.at is None:
        return ""
    local = _local(message.at, zone)
    return f"{local:%A} {local.day} {local:%B %Y}"


def _local(at: datetime, zone: ZoneInfo) -> datetime:
    return at.astimezone(zone) if at.tzinfo else at
