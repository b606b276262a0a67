"""A thread of messages, as its export tells it. Nobody checked it: an export can be changed by whoever made it."""

import re
from datetime import datetime
from typing import Literal
from typing import NamedTuple

MOST_MESSAGES, MOST_WORDS, MOST_NOT_READ = 200_000, 20_000, 1_000

Form = Literal["whatsapp", "sms_backup", "calls_backup", "meta"]
Zone = Literal["said", "not_said"]
# 'said': only one order of day and month is possible. 'worked_out': only one keeps the messages in order. 'guessed':
# both are possible, and the day was taken to come first.
Order = Literal["said", "worked_out", "guessed"]

# Signs that are not seen, or that turn the order of the words around them.
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u061c\0-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class NotAnExport(Exception):
    """This is none of the forms that are read. `words` say why, with nothing of its content."""

    def __init__(self, words: str):
        self.words = words
        super().__init__(words)


class Message(NamedTuple):
    """One message. `line` is its line in the export, its place in the list where that has no lines (from 1)."""

    at: datetime | None  # without a zone where the export names none; None where it is no time
    said_at: str  # as the export writes it
    from_whom: str  # as the export calls them; '' where nobody is named
    words: str
    attached: tuple[str, ...] = ()  # names of files; '' where one was there and its name is not told
    told: str = ""  # what the export says of it: 'sent', 'received', 'draft', 'not sent', 'by the app', 'missed' ...
    line: int = 0


class Thread(NamedTuple):
    """Messages between some people, in the order of the export's own times."""

    form: Form
    people: tuple[str, ...]
    messages: tuple[Message, ...]
    zone: Zone
    order: Order = "said"
    not_read: tuple[tuple[int, str], ...] = ()  # line and words of what was not understood: at most 1,000 are kept
    not_read_count: int = 0
    cut: bool = False  # whether the export holds more than is read


def plain(text: object, most: int = MOST_WORDS) -> str:
    """Words as a page may show them: without signs that are not seen, and not endless."""
    return _UNSEEN.sub("", str(text))[:most]
