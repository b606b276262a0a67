"""What every way in of the machines' door does alike: who sends, may they, is it readable; and one answer for each end.

- A fault is answered with where it is and why, never with a value. What a sender who is known sent and nobody could
  read is kept, sealed, and shown to a person at the desk: a call is not lost because a machine spoke badly.
- 201 a case was opened, 200 it joined one or was there already, 202 it waits (for its call, or for a person).
"""

import logging
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC
from datetime import datetime
from typing import NamedTuple

from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError
from django.http import HttpRequest
from django.http import HttpResponse
from django.http import JsonResponse
from django.http.request import UnreadablePostError

from holdfast.access.looks import log_look
from holdfast.access.may import Person
from holdfast.access.may import may
from holdfast.casefile.refused import CannotKeep
from holdfast.casefile.refused import CaseMovedOn
from holdfast.casefile.refused import EntryRefused
from holdfast.casefile.refused import Refused
from holdfast.doors.api.document import DocumentRefused
from holdfast.doors.api.document import Fault
from holdfast.doors.api.senders import Sender
from holdfast.doors.intake.coming import TakenIn
from holdfast.doors.intake.unread import keep_unread
from holdfast.law.fault import PackRefused

_log = logging.getLogger("holdfast.api")
JSON = ("application/json",)
FORM = ("application/x-www-form-urlencoded",)

# Nothing can be recorded now: the disk, the database, its keys or its law. The sender is told that it is still theirs.
STORE_FAILS = (CannotKeep, PackRefused, DatabaseError, sqlite3.Error, OSError)

Work = Callable[[bytes, Sender, datetime], TakenIn | None]
NO_KEY = "the key is missing or not known; ask whoever runs this system for one"
NO_SIGNATURE = "the signature is missing or does not fit; ask whoever runs this system which secret is set"


class Way(NamedTuple):
    """One way in: what it takes, and how it is worked."""

    types: tuple[str, ...]
    work: Work
    refused_with: int = (
        0  # the status of what cannot be read, where the sender's standard wants another than the fault's
    )


def body_of(request: HttpRequest) -> bytes | None:
    """What was sent, None where it is longer than is read here or the sender went away."""
    try:
        return request.body
    except (RequestDataTooBig, UnreadablePostError):
        return None


def receive(request: HttpRequest, sender: Sender, way: Way) -> HttpResponse:
    """Takes in what a sender who showed who they are has sent."""
    now = datetime.now(UTC)
    person = Person("feed", sender.name.replace(":", "/"), agency="control_room", organisation=sender.force)
    asked = may(person, "send_in", at=now)
    if not asked.allowed:
        return faults(403, [Fault("", asked.why)])
    if request.method != "POST":
        answer = faults(405, [Fault("", "this is sent by POST")])
        answer.headers["Allow"] = "POST"
        return answer
    body = body_of(request)
    if body is None:
        return too_long()
    try:
        if (request.content_type or "").lower() not in way.types:
            raise DocumentRefused(415, [Fault("", f"has to be of the type {way.types[0]}")])
        taken = way.work(body, sender, now)
    except DocumentRefused as refused:
        return _kept(way, sender, body, refused.status, refused.faults, now)
    except EntryRefused as refused:  # its own limits are the record's; the intake has kept it for a person
        named = [
            Fault("", f"could not be recorded: {refused.kind} {fault.field} {fault.why}") for fault in refused.faults
        ]
        return _kept(way, sender, body, 422, named, now)
    except (*STORE_FAILS, CaseMovedOn) as fault:
        # Why is for those who run the system; the sender has to know that it is still theirs.
        log_failing(fault)
        return faults(503, [Fault("", "nothing can be recorded at the moment: send it again, or tell it by telephone")])
    if taken is None:
        return JsonResponse({"waits": True}, status=202)
    log_look(person, taken.code, "send_in", rule=asked.rule)
    told = {"case": taken.code, "entries": taken.length, "opened": taken.new, "repeated": taken.repeated}
    return JsonResponse(told, status=201 if taken.new else 200)


def nobody(request: HttpRequest, name: str, why: str, *, keep: bool) -> HttpResponse:
    """The answer to whoever did not show who they are. A little of what they sent is kept where `keep` says so."""
    body = body_of(request) if keep and request.method == "POST" else None
    if body:
        with suppress(*STORE_FAILS):  # who did not show who they are is told no more than that
            keep_unread(name, body, why, datetime.now(UTC), proved=False)
    answer = faults(401, [Fault("", why)])
    answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def too_long() -> JsonResponse:
    """The answer to what is longer than is read here, whoever sent it."""
    return faults(413, [Fault("", "the message is longer than 1 MB and was not read; nothing was recorded")])


def faults(status: int, found: list[Fault], *, kept: bool = False) -> JsonResponse:
    """The answer that lists what is wrong."""
    told: dict[str, object] = {"faults": [fault._asdict() for fault in found]}
    if kept:
        told["kept"] = True  # a person reads it
    return JsonResponse(told, status=status)


def log_failing(fault: Exception) -> None:
    """Says it to whoever runs the system: a refusal in its own words, anything else by its sort."""
    why = str(fault) if isinstance(fault, Refused | PackRefused) else type(fault).__name__
    _log.error("what came could not be taken in: %s", why)


def keep_for_person(sender: str, body: bytes, found: list[Fault], now: datetime) -> bool:
    """Keeps what could not be read; False where nothing can be kept now, which the sender then has to know."""
    why = "; ".join(f"{fault.at}: {fault.why}" if fault.at else fault.why for fault in found)
    try:
        if body:
            keep_unread(sender, body, why, now)
    except STORE_FAILS as fault:
        log_failing(fault)
        return False
    return True


def _kept(way: Way, sender: Sender, body: bytes, status: int, found: list[Fault], now: datetime) -> HttpResponse:
    if not keep_for_person(sender.name, body, found, now):
        return faults(503, [Fault("", "nothing can be recorded at the moment: send it again, or tell it by telephone")])
    return faults(way.refused_with or status, found, kept=bool(body))
