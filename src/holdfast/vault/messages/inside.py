"""Reads the text of an export, whichever of the forms it is. Runs apart (apart.py)."""

from collections.abc import Iterable
from typing import Any

from holdfast.vault.apart import Answer
from holdfast.vault.messages.meta import read_meta
from holdfast.vault.messages.sms_backup import read_sms_backup
from holdfast.vault.messages.values import NotAnExport
from holdfast.vault.messages.values import Thread
from holdfast.vault.messages.whatsapp import read_whatsapp


def read_thread(content: bytes) -> Answer:
    """`threads`, or `not_an_export` with the reason."""
    try:
        return Answer({"threads": [_as_json(each) for each in threads_in(content)]})
    except NotAnExport as fault:
        return Answer({"not_an_export": fault.words})


def threads_in(content: bytes) -> Iterable[Thread]:
    """The threads of one file of an export. NotAnExport."""
    start = content[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] == b"<":
        return read_sms_backup(content)
    if start[:1] == b"{":
        return (read_meta(content),)
    text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "replace")
    return (read_whatsapp(text),)


def _as_json(thread: Thread) -> dict[str, Any]:
    messages = [[each.at.isoformat() if each.at else None, *each[1:]] for each in thread.messages]
    return {**thread._asdict(), "messages": messages}
