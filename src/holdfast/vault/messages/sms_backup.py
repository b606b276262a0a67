"""Reads the XML of 'SMS Backup & Restore' for Android: text messages, messages with pictures, and lists of calls.

- Times are milliseconds since 1970 in UTC: the zone is said.
- Each number or group is a thread of its own. The owner of the telephone is called so: the file does not name them.
- Older versions write an emoji as two references that XML does not allow. They are joined before it is read.
- Attached pictures lie in the file itself: only their names are told here.
"""

import re
from datetime import UTC
from datetime import datetime

from holdfast.vault.messages.values import MOST_MESSAGES
from holdfast.vault.messages.values import MOST_NOT_READ
from holdfast.vault.messages.values import Form
from holdfast.vault.messages.values import Message
from holdfast.vault.messages.values import NotAnExport
from holdfast.vault.messages.values import Thread
from holdfast.vault.messages.values import plain
from holdfast.vault.plain_xml import NotPlain
from holdfast.vault.plain_xml import read

OWNER = "The owner of the telephone"
_SMS = {"1": "received", "2": "sent", "3": "draft", "4": "not sent", "5": "not sent", "6": "not sent"}
_CALLS = {"1": "received", "2": "made", "3": "missed", "4": "voicemail", "5": "refused", "6": "blocked"}
_BROKEN = re.compile(rb"&#(\d{1,7});(?:&#(\d{1,7});)?")
_FROM = "137"  # a sender, as the addresses of a message with pictures number it


def read_sms_backup(content: bytes) -> tuple[Thread, ...]:
    """A thread for each number or group; NotAnExport where it is no such file."""
    reading = _Reading()
    try:
        read(_BROKEN.sub(_joined, content), reading.began, reading.ended, lambda _words: None)
    except NotPlain as fault:
        raise NotAnExport("It is no XML that can be read safely.") from fault
    if reading.root not in ("smses", "calls"):
        raise NotAnExport("It is XML, and no backup of messages or calls.")
    return reading.threads()


class _Reading:
    """What was read so far."""

    def __init__(self) -> None:
        self.root = ""
        self.cut = False
        self._by_address: dict[str, list[Message]] = {}
        self._names: dict[str, str] = {}
        self._not_read: list[tuple[int, str]] = []
        self._count = 0
        self._mms: dict[str, str] | None = None
        self._words: list[str] = []
        self._attached: list[str] = []
        self._from = ""

    def began(self, name: str, said: dict[str, str]) -> None:
        """An element: `sms`, `mms` with its parts and addresses, `call`. Any other is told as not understood."""
        if not self.root:
            self.root = name
        elif name == "sms":
            self._add(said, said.get("body", ""), (), _SMS.get(said.get("type", ""), ""), said.get("address", ""))
        elif name == "call":
            kind = _CALLS.get(said.get("type", ""), "")
            self._add(said, f"Call of {said.get('duration', '?')} seconds", (), kind, said.get("number", ""))
        elif name == "mms":
            self._mms, self._words, self._attached, self._from = said, [], [], ""
        elif name == "part" and self._mms is not None:
            self._part(said)
        elif name == "addr" and said.get("type") == _FROM:
            self._from = said.get("address", "")
        elif name not in ("parts", "addrs", "addr"):
            self._not_read.append((self._count, plain(name, 100)))

    def ended(self, name: str) -> None:
        """The end of an element."""
        if name == "mms" and self._mms is not None:
            box = {"1": "received", "2": "sent", "3": "draft", "4": "not sent"}.get(self._mms.get("msg_box", ""), "")
            sender = self._from if box == "received" and self._from != "insert-address-token" else ""
            words, address = "\n".join(self._words), self._mms.get("address", "")
            words, address = "\n".join(self._words), self._mms.get("address", "")
            self._add(self._mms, words, tuple(self._attached), box, address, sender)
            self._mms = None

    def threads(self) -> tuple[Thread, ...]:
        """All of it, the thread with the most messages first."""
        form: Form = "calls_backup" if self.root == "calls" else "sms_backup"
        found = [
            Thread(
                form, (self._called(address), OWNER), tuple(sorted(messages, key=_when)), "said",
                not_read=tuple(self._not_read[:MOST_NOT_READ]), not_read_count=len(self._not_read), cut=self.cut,
            )
            for address, messages in self._by_address.items()
        ]  # fmt: skip
        return tuple(sorted(found, key=lambda thread: -len(thread.messages)))

    def _part(self, said: dict[str, str]) -> None:
        if said.get("ct") == "text/plain":
            self._words.append(said.get("text", ""))
        elif said.get("ct") != "application/smil":
            names = (said.get(key, "") for key in ("fn", "cl", "name"))
            self._attached.append(plain(next((name for name in names if name not in ("", "null")), ""), 300))

    def _add(
        self, said: dict[str, str], words: str, attached: tuple[str, ...], told: str, address: str, sender: str = ""
    ) -> None:
        self._count += 1
        if self._count > MOST_MESSAGES:
            self.cut = True
            return
        at = _moment(said.get("date", ""))
        if at is None:
            self._not_read.append((self._count, "a time that is none"))
        name = said.get("contact_name", "")
        if name not in ("", "null", "(Unknown)"):
            self._names.setdefault(address, name)
        theirs = self._called(sender or address)
        who = theirs if told in ("received", "missed", "voicemail", "refused", "blocked") else OWNER if told else ""
        said_at = plain(said.get("readable_date", said.get("date", "")), 80)
        message = Message(at, said_at, who, plain(words), attached, told, self._count)
        self._by_address.setdefault(address, []).append(message)

    def _called(self, address: str) -> str:
        number, name = plain(address, 200), self._names.get(address, "")
        return f"{plain(name, 100)} ({number})" if name else number or "No number"


def _when(message: Message) -> datetime:
    return message.at or datetime.min.replace(tzinfo=UTC)


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(text) / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _joined(found: re.Match[bytes]) -> bytes:
    """Two halves of one letter become that letter; half a letter and what XML does not allow become a question."""
    first, second = int(found[1]), int(found[2] or 0)
    if 0xD800 <= first < 0xDC00 <= second < 0xE000:
        return chr(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)).encode()
    return _allowed(first) + (_BROKEN.sub(_joined, b"&#%d;" % second) if found[2] else b"")


def _allowed(number: int) -> bytes:
    bad = 0xD800 <= number < 0xE000 or number > 0x10FFFF or (number < 32 and number not in (9, 10, 13))
    return b"\xef\xbf\xbd" if bad or number in (0xFFFE, 0xFFFF) else b"&#%d;" % number
