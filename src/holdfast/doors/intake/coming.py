"""What comes in, by whichever way, in the one form that the intake takes; and what became of it."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from holdfast.casefile.append import Draft
from holdfast.record.entry import By


class Coming(NamedTuple):
    """A call or message. `drafts` follow CaseOpened; the first of them is the CallReceived."""

    way: str  # a route of CallReceived: voice, silent, text, relay, sign_language_relay, online, counter ...
    sender: str  # the adapter or agency: 'sip', 'webhook:twilio', 'aml', 'online', a staff identifier
    document: str  # the sender's own name for this call or message, '' where none; the same one twice is one case
    at: datetime  # when it happened, aware
    pack: str
    force: str = ""
    area: str = ""
    drafts: tuple[Draft, ...] = ()
    raw: bytes = b""  # what came; kept sealed, for a person, where it could not be recorded
    by: By | None = None  # left out: the feed of that sender
    message: str = ""  # the sender's own name for this one message of the document; the same one twice is one

    @property
    def recorded_by(self) -> By:
        """Who records it. A staff identifier has no colon: 'webhook:twilio' is written 'webhook/twilio'."""
        return self.by or By("feed", self.sender.replace(":", "/")[:60])


class TakenIn(NamedTuple):
    """What became of it."""

    case_id: UUID
    code: str
    length: int
    new: bool  # a case was opened
    repeated: bool  # all of it had been taken in before, and nothing was written
