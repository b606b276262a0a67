"""Reads the text that WhatsApp exports: a line begins with a time, then who, then words that may go on for lines.

- A line that begins with no time belongs to the message before it; before the first it is not understood. One that
  begins like a time and names no possible one is both: kept in the words, and counted as not understood.
- Lines of the app itself, such as that somebody joined, have no name and colon.
- Attached files are known by how the app marks them, in any language. Where the export was made without its files there
  is only a remark, which stays in the words.
"""

import re

from holdfast.vault.messages.values import MOST_MESSAGES
from holdfast.vault.messages.values import MOST_NOT_READ
from holdfast.vault.messages.values import Message
from holdfast.vault.messages.values import NotAnExport
from holdfast.vault.messages.values import Thread
from holdfast.vault.messages.values import plain
from holdfast.vault.messages.whatsapp_dates import HEAD
from holdfast.vault.messages.whatsapp_dates import Said
from holdfast.vault.messages.whatsapp_dates import in_order
from holdfast.vault.messages.whatsapp_dates import moment
from holdfast.vault.messages.whatsapp_dates import said_in

_MARKS = "\u200e\u200f\u202a\u202b\u202c\ufeff"
_LIKE_A_HEAD = re.compile(r"\[?\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")
# In any language: 'IMG-20261120-WA0003.jpg (file attached)', '<attached: 00000012-PHOTO-2026-11-20-21-03-00.jpg>'.
_ANDROID = re.compile(r"^[\u200e\u200f]?([^\n/\\]{1,200}\.[A-Za-z0-9]{2,5}) \([^()\n]{3,40}\)\s*$", re.MULTILINE)
_IPHONE = re.compile(r"<[^<>:\n]{3,40}: ?([^<>\n/\\]{1,200}\.[A-Za-z0-9]{2,5})>")
_OMITTED = re.compile(
    r"<(?:media omitted|médias omis|medien ausgeschlossen|multimedia omitido|mídia oculta|media omessi|"
    r"pominięto multimedia|media weggelaten|medya dahil edilmedi)>|"
    r"\u200e(?:image|video|audio|sticker|gif|document|contact card) omitted",
    re.IGNORECASE,
)


def read_whatsapp(text: str) -> Thread:
    """The thread, or NotAnExport where no line, or hardly any, begins with a time."""
    raw: list[tuple[Said, str, int]] = []  # the numbers of a beginning, its words, its line
    not_read: list[tuple[int, str]] = []
    lines = text.replace("\r\n", "\n").split("\n")
    if lines and not lines[-1]:
        lines.pop()
    for number, line in enumerate(lines, 1):
        head = HEAD.match(line.lstrip(_MARKS))
        said = said_in(head) if head else None
        if head and said:
            if len(raw) >= MOST_MESSAGES:
                break
            raw.append((said, head["rest"], number))
            continue
        if _LIKE_A_HEAD.match(line) or (not raw and line.strip(_MARKS + " \t")):
            not_read.append((number, plain(line, 300)))
        if raw:
            before, words, first = raw[-1]
            raw[-1] = (before, f"{words}\n{line}", first) if len(words) < 100_000 else raw[-1]
    if not raw or len(not_read) > len(raw) * 2 + 5:
        raise NotAnExport("It is no text of WhatsApp's: its lines do not begin with a time.")
    order, day_first = in_order([said for said, _, _ in raw])
    messages = tuple(_message(*each, day_first=day_first) for each in raw)
    people = tuple(dict.fromkeys(each.from_whom for each in messages if each.from_whom))
    if not people:
        raise NotAnExport("It is no text of WhatsApp's: nobody is named in it.")
    not_read += [(each.line, plain(each.said_at)) for each in messages if each.at is None]
    return Thread(
        "whatsapp", people, messages, "not_said", order, tuple(not_read[:MOST_NOT_READ]), len(not_read),
        cut=len(raw) >= MOST_MESSAGES,
    )  # fmt: skip


def _message(said: Said, rest: str, line: int, *, day_first: bool) -> Message:
    who, colon, words = rest.partition(": ")
    if not colon and rest.endswith(":"):
        who, colon, words = rest[:-1], ":", ""
    named = bool(colon) and "\n" not in who and len(who) <= 120
    words = words if named else rest
    attached = (*_ANDROID.findall(words), *_IPHONE.findall(words))
    if not attached and _OMITTED.search(words):
        attached = ("",)
    by_app = not named or (words.startswith("\u200e") and not attached)
    return Message(
        at=moment(said, day_first=day_first),
        said_at=plain(said.text),
        from_whom=plain(who.strip(_MARKS + "~ \u00a0\u202f"), 200) if named else "",
        words=plain(words).strip("\n"),
        attached=tuple(plain(name, 300) for name in attached),
        told="by the app" if by_app else "",
        line=line,
    )
