"""Finds the threads in an item: an export's text, or a ZIP with that text and its files. The item stays as it is.

A ZIP is read at its places and never unpacked: of its members only those that may be an export's text, each up to a
bound. The text itself is read apart (apart.py).
"""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from typing import NamedTuple

from holdfast.vault.apart import MOST_IN
from holdfast.vault.apart import NotOpened
from holdfast.vault.apart import ask
from holdfast.vault.messages.values import Message
from holdfast.vault.messages.values import NotAnExport
from holdfast.vault.messages.values import Thread
from holdfast.vault.reading import Item
from holdfast.vault.recognising import HEAD
from holdfast.vault.recognising import Ends
from holdfast.vault.recognising import recognise
from holdfast.vault.recognising_zip import list_zip

MOST_TEXT, MOST_TEXTS, MOST_MEMBERS = 64 << 20, 50, 20_000
_MAY_BE = re.compile(
    r"(?:^|/)(?:_chat\.txt|[^/]*\.txt|message_\d+\.json|sms-[^/]*\.xml|calls-[^/]*\.xml|[^/]*\.json)$", re.IGNORECASE
)
_BROKEN = (zipfile.BadZipFile, OSError, ValueError, LookupError, NotImplementedError, RuntimeError, EOFError)
_TEXTS = ("text/plain", "text/csv", "application/xml", "application/json")


class Exported(NamedTuple):
    """The threads of an item, the longest first, and which files came with them."""

    threads: tuple[Thread, ...]
    files: frozenset[str] = frozenset()  # names of the other files of a ZIP: an attached name that is here came with it


def threads_of(item: Item) -> Exported | NotAnExport:
    """The threads, or why there are none. StoreFault and NotAnItem pass."""
    try:
        head = item.read(0, HEAD)
        tail = head if item.size <= HEAD else item.read(item.size - HEAD, HEAD)
        media = recognise(Ends(head, tail, item.size))
        if media == "application/zip":
            return _in_zip(item, tail)
        if media not in _TEXTS:
            raise NotAnExport("It is no text, and no ZIP with one.")
        if item.size > MOST_IN:
            raise NotAnExport(f"It is larger than the {MOST_IN >> 20} MB that are read as messages.")
        return Exported(tuple(_read(item.read())))
    except NotAnExport as fault:
        return fault


def _in_zip(item: Item, tail: bytes) -> Exported:
    listed = list_zip(tail)
    if listed is None or not listed.whole or not listed.names or len(listed.names) >= MOST_MEMBERS or listed.locked:
        raise NotAnExport("The ZIP asks for a password, or lists more files than are looked at.")
    texts = sorted((name for name in listed.names if _MAY_BE.search(name)), key=_likely)[:MOST_TEXTS]
    threads: list[Thread] = []
    try:
        with zipfile.ZipFile(io.BufferedReader(_Places(item), 1 << 16)) as archive:
            for name in texts:
                with archive.open(name) as member:
                    content = member.read(MOST_TEXT + 1)
                if len(content) > MOST_TEXT:
                    raise NotAnExport("A text in the ZIP is larger, unpacked, than what is read.")
                try:
                    threads += _read(content)
                except NotAnExport:
                    continue
    except _BROKEN as fault:
        raise NotAnExport("The ZIP breaks off, or is not built as one must be.") from fault
    if not threads:
        raise NotAnExport("No text in the ZIP is an export of messages.")
    files = frozenset(name.rpartition("/")[2] for name in listed.names if name not in texts)
    return Exported(tuple(sorted(threads, key=lambda thread: -len(thread.messages))), files)


def _likely(name: str) -> tuple[bool, str]:
    """What is most like an export comes first: there is a bound on how many are read."""
    return not re.search(r"(?:_chat\.txt|whatsapp[^/]*\.txt|message_\d+\.json)$", name, re.IGNORECASE), name


def _read(content: bytes) -> Iterator[Thread]:
    try:
        said = ask("thread", content).said
        if "not_an_export" in said:
            raise NotAnExport(str(said["not_an_export"])[:300])
        yield from [_thread(each) for each in said["threads"]]
    except NotOpened as fault:
        raise NotAnExport(fault.words) from fault
    except (KeyError, TypeError, ValueError, IndexError) as fault:
        raise NotAnExport("Reading it gave no answer that can be relied on.") from fault


def _thread(said: dict[str, Any]) -> Thread:
    messages = tuple(
        Message(
            datetime.fromisoformat(at) if at else None, str(said_at), str(who), str(words), tuple(map(str, attached)),
            str(told), int(line),
        )
        for at, said_at, who, words, attached, told, line in said["messages"]
    )  # fmt: skip
    not_read = tuple((int(line), str(words)) for line, words in said["not_read"])
    people = tuple(map(str, said["people"]))
    return Thread(
        said["form"], people, messages, said["zone"], said["order"], not_read, int(said["not_read_count"]),
        bool(said["cut"]),
    )  # fmt: skip


class _Places(io.RawIOBase):
    """An item as a file that is read at any place."""

    def __init__(self, item: Item):
        self._item, self._at = item, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        self._at = max(0, offset + (0, self._at, self._item.size)[whence])
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: Any) -> int:
        content = self._item.read(self._at, len(buffer))
        buffer[: len(content)] = content
        self._at += len(content)
        return len(content)
