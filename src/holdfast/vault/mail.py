"""Looks into an e-mail: its headers, what hangs on it, and whether any of that could act. Runs apart (apart.py)."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.header import decode_header
from email.message import Message

from holdfast.vault.apart import Answer
from holdfast.vault.exif import MOST_LETTERS
from holdfast.vault.exif import Value
from holdfast.vault.media import family_of
from holdfast.vault.recognising import Ends
from holdfast.vault.recognising import recognise

MOST_PARTS = 500
_TOLD = ("date", "from", "to", "cc", "subject", "message-id", "reply-to", "sender", "x-originating-ip", "user-agent",
         "x-mailer", "received", "return-path", "delivered-to")  # fmt: skip


def make_ready() -> None:
    """Loads what the reader of e-mail asks for only when it is needed."""
    from holdfast.vault.apart_inside import load_all_of

    load_all_of("email")


def open_mail(content: bytes) -> Answer:
    """Headers and the kinds of what hangs on it (`values`); whether any of that would act (`acts`)."""
    message = message_from_bytes(content)
    values: list[Value] = [(name.title(), text) for name, text in headers(message)]
    acts = set()
    for count, part in enumerate(message.walk()):
        if count > MOST_PARTS:
            acts.add("more parts than are looked at")
            break
        if part.is_multipart():
            continue
        if part.get_content_type() == "text/html" and re.search(
            rb"<(?:script|object|embed|iframe)[\s>]", body(part), re.IGNORECASE
        ):
            acts.add("scripts")
        if name := part.get_filename():
            media = recognise(Ends.of(body(part)))
            values.append(("Attachment", f"{in_words(name)[:300]} ({media or 'not recognised'})"))
            if family_of(media) in ("program", "archive", "page", None):
                acts.add("an attached file that could act, or that was not recognised")
    return Answer({"acts": sorted(acts), "values": values[:300]})


def headers(message: Message) -> Iterator[Value]:
    """The headers that tell who, when and by which way, decoded."""
    for name, value in message.items():
        if name.lower() in _TOLD:
            yield name.lower(), in_words(value)[:MOST_LETTERS]


def body(part: Message) -> bytes:
    """One part's content, decoded; b'' where that cannot be done."""
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        return b""
    return content if isinstance(content, bytes) else b""


def in_words(value: object) -> str:
    """A header with its encoded words read (RFC 2047)."""
    found = ""
    try:
        for word, encoding in decode_header(str(value)[:4_000]):
            found += word.decode(encoding or "latin-1", "replace") if isinstance(word, bytes) else word
    except (ValueError, LookupError):
        found = str(value)
    return " ".join("".join(letter for letter in found if letter >= " " or letter in "\n\t").split())
