"""Reads the JSON in which Facebook, Messenger and Instagram hand messages out: one thread a file, newest first.

- Times are milliseconds since 1970 in UTC: the zone is said.
- The older form writes each byte of UTF-8 as a letter of its own, so that 'é' reads as 'Ã©'. That is put right where
  all of a text can be put right, and left as it is where not.
- Messenger's form for end-to-end encrypted threads has other names for the same things.
"""

import json
from datetime import UTC
from datetime import datetime
from typing import Any

from holdfast.vault.messages.values import MOST_MESSAGES
from holdfast.vault.messages.values import MOST_NOT_READ
from holdfast.vault.messages.values import Message
from holdfast.vault.messages.values import NotAnExport
from holdfast.vault.messages.values import Thread
from holdfast.vault.messages.values import plain

_FILES = ("photos", "videos", "audio_files", "files", "gifs", "media")


def read_meta(content: bytes) -> Thread:
    """The thread, oldest first; NotAnExport where it is no such file."""
    try:
        said = json.loads(content)
    except (ValueError, RecursionError) as fault:
        raise NotAnExport("It is no JSON that can be read.") from fault
    if not isinstance(said, dict) or not isinstance(said.get("messages"), list) or "participants" not in said:
        raise NotAnExport("It is JSON, and no thread of messages.")
    every = said["messages"][:MOST_MESSAGES]
    messages, not_read = [], []
    for number, each in enumerate(every, 1):
        message = _message(each, number) if isinstance(each, dict) else None
        if message is None or message.at is None:
            not_read.append((number, "a message without a sender or a time"))
        if message:
            messages.append(message)
    messages.sort(key=lambda message: message.at or datetime.min.replace(tzinfo=UTC))
    named = [_name(each) for each in said["participants"]] if isinstance(said["participants"], list) else []
    people = dict.fromkeys([*filter(None, named), *(each.from_whom for each in messages if each.from_whom)])
    return Thread(
        "meta", tuple(people), tuple(messages), "said", not_read=tuple(not_read[:MOST_NOT_READ]),
        not_read_count=len(not_read), cut=len(said["messages"]) > MOST_MESSAGES,
    )  # fmt: skip


def repaired(text: object) -> str:
    """A text of which each byte was written as a letter, put right.

    >>> repaired("caf\\u00c3\\u00a9")
    'café'
    >>> repaired("café"), repaired("Привет")
    ('café', 'Привет')
    """
    said = str(text)
    try:
        return said.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return said


def _name(each: Any) -> str:
    return plain(repaired(each.get("name", "") if isinstance(each, dict) else each), 200)


def _message(each: dict[str, Any], number: int) -> Message | None:
    who = each.get("sender_name", each.get("senderName"))
    stamp = each.get("timestamp_ms", each.get("timestamp"))
    if who is None and stamp is None:
        return None
    words = [repaired(each.get("content", each.get("text")) or "")]
    share = each.get("share")
    if isinstance(share, dict):
        words += [repaired(share[key]) for key in ("link", "share_text") if isinstance(share.get(key), str)]
    listed = [each[name] for name in _FILES if isinstance(each.get(name), list)]
    attached = [_file(one) for some in listed for one in some]
    sticker = each.get("sticker")
    attached += [_file(sticker)] if isinstance(sticker, dict) else []
    return Message(
        at=_moment(stamp),
        said_at=plain(stamp, 80),
        from_whom=plain(repaired(who or ""), 200),
        words=plain("\n".join(filter(None, words))),
        attached=tuple(attached),
        told=_told(each),
        line=number,
    )


def _told(each: dict[str, Any]) -> str:
    if each.get("is_unsent") or each.get("isUnsent"):
        return "taken back"
    if "call_duration" in each:
        return f"call, {plain(each['call_duration'], 20)} seconds"
    return ""


def _file(one: Any) -> str:
    uri = one.get("uri", "") if isinstance(one, dict) else ""
    return plain(repaired(uri).rpartition("/")[2], 300)


def _moment(stamp: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(stamp) / 1000, UTC)
    except (ValueError, TypeError, OverflowError, OSError):
        return None
