"""`POST /api/telephone/twilio` and `/api/telephone/telnyx`: what a telephone provider tells of a call.

Keys pressed, words heard by its machine, and how the call stands become entries of the call's one case, whichever
comes first and however often. Described in docs/how-to/ways-in.md.

- Keys are what was pressed. They say neither where somebody is nor that anybody will come.
- Words written down by a machine are said to be so.
- A call that ended was ended by somebody else than us: it is recorded as cut off, and a person looks.
"""

import hashlib
import re
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from typing import NamedTuple
from urllib.parse import parse_qsl

from django.conf import settings
from django.http import HttpRequest
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt

from holdfast.casefile.append import Draft
from holdfast.doors.api.document import DocumentRefused
from holdfast.doors.api.document import Fault
from holdfast.doors.api.document import read_document
from holdfast.doors.api.receiving import FORM
from holdfast.doors.api.receiving import JSON
from holdfast.doors.api.receiving import NO_SIGNATURE
from holdfast.doors.api.receiving import Way
from holdfast.doors.api.receiving import body_of
from holdfast.doors.api.receiving import nobody
from holdfast.doors.api.receiving import receive
from holdfast.doors.api.receiving import too_long
from holdfast.doors.api.said import EARLIEST
from holdfast.doors.api.senders import Sender
from holdfast.doors.api.senders import by_signature
from holdfast.doors.api.senders import secret_of
from holdfast.doors.api.signatures import telnyx_signed
from holdfast.doors.api.signatures import twilio_signed
from holdfast.doors.intake.coming import Coming
from holdfast.doors.intake.coming import TakenIn
from holdfast.doors.intake.noting import taken_before
from holdfast.doors.intake.taking import take_in
from holdfast.record.value import UNSHOWABLE

MOST_FIELDS = 200
FRESH = timedelta(minutes=5)
_KEYS = re.compile(r"[0-9*#A-Da-d]{1,32}")
_OVER = {"completed": "not_known", "canceled": "not_known", "no-answer": "not_known", "busy": "line_failed",
         "failed": "line_failed"}  # fmt: skip


class Told(NamedTuple):
    """What one message tells of a call, whichever provider sent it."""

    call: str  # the provider's own name for the call
    number: str
    at: datetime | None  # by the provider's clock, where the message says
    keys: str | None  # None where it tells of none; '' where keys were asked for and none came
    words: str
    sure: float | None  # of 1, that the words are what was said
    over: str  # a choice of CallCutOff.how, '' while the call stands
    ended_as: str


@csrf_exempt  # a machine has no session that another page could borrow
def twilio(request: HttpRequest) -> HttpResponse:
    """A form (or JSON) signed with the account's token."""
    body, token = body_of(request), secret_of("HOLDFAST_TWILIO")
    given = request.headers.get("X-Twilio-Signature", "")
    is_json = (request.content_type or "").lower() in JSON
    if body is None:
        return too_long()
    if request.method == "POST":
        parameters = [] if is_json else _parameters(body)
        address = request.build_absolute_uri()
        signed = parameters is not None and twilio_signed(token, address, parameters, given, body if is_json else None)
    else:
        signed = False
    if not signed:
        return nobody(request, "webhook:twilio", NO_SIGNATURE, keep=bool(settings.HOLDFAST_TWILIO))
    return receive(request, by_signature("webhook:twilio"), Way((*FORM, *JSON), _take))


@csrf_exempt
def telnyx(request: HttpRequest) -> HttpResponse:
    """A form or a JSON event, signed over its time and its body."""
    body, key = body_of(request), secret_of("HOLDFAST_TELNYX")
    stamp, given = request.headers.get("Telnyx-Timestamp", ""), request.headers.get("Telnyx-Signature-Ed25519", "")
    if body is None:
        return too_long()
    if request.method != "POST" or not telnyx_signed(key, stamp, body, given):
        return nobody(request, "webhook:telnyx", NO_SIGNATURE, keep=bool(settings.HOLDFAST_TELNYX))
    return receive(request, by_signature("webhook:telnyx"), Way((*JSON, *FORM), _fresh(stamp)))


def _fresh(stamp: str) -> Any:
    """A message that was signed long ago may be a replay: one that is known is answered as before, any other is kept
    for a person, who sees whether it is one or a clock that is wrong."""

    def work(body: bytes, sender: Sender, now: datetime) -> TakenIn:
        try:
            old = abs(now - datetime.fromtimestamp(int(stamp), UTC)) > FRESH
        except (ValueError, OverflowError, OSError):
            old = True
        return _take(body, sender, now, may_open=not old)

    return work


def _take(body: bytes, sender: Sender, now: datetime, *, may_open: bool = True) -> TakenIn:
    told, message = _read(body)
    at = told.at if told.at and EARLIEST <= told.at <= now else now
    drafts = (Draft("CallReceived", {"route": "voice", "number": told.number, "reference": told.call[:120]}, at),)
    coming = Coming(
        "voice", sender.name, told.call, at, sender.pack, sender.force, sender.area, drafts + _entries(told, at), body,
        message=message,
    )  # fmt: skip
    if not may_open:
        before = taken_before(sender.name, told.call, message)
        if before is None:
            why = "was signed more than five minutes ago or ahead of our clock, so that it may be a replay"
            raise DocumentRefused(409, [Fault("", why)])
        return before
    return take_in(coming, now)


def _entries(told: Told, at: datetime) -> tuple[Draft, ...]:
    drafts = []
    if told.keys:
        drafts.append(Draft("KeysPressed", {"keys": told.keys, "heard_as": "telephone_event"}, at))
    if told.keys is not None:
        heard = "pressed_55" if told.keys == "55" else "other_keys" if told.keys else "nothing"
        drafts.append(Draft("SilentCallHandled", {"answered_by": heard}, at))
    if told.words:
        sure = f", which is {told.sure:.0%} sure" if told.sure is not None else ""
        by_machine = f"Written down by the provider's machine{sure}. Hold it against the recording."
        drafts.append(Draft("WordsHeard", {"words": told.words, "noises": by_machine}, at))
    if told.over:
        words = f"The provider says: {told.ended_as}."
        drafts.append(Draft("CallCutOff", {"how": told.over, "words": words}, at))
    return tuple(drafts)


def _read(body: bytes) -> tuple[Told, str]:
    """What a message tells, and its own name: a hash of all it says, or the provider's number for the event."""
    if body.lstrip().startswith(b"{"):
        document = read_document(body)
        event = document.get("data")
        if isinstance(event, dict) and "event_type" in event:
            return _event(event)
        said = {name: str(value) for name, value in document.items() if isinstance(value, str | int | float)}
        if len(said) != len(document):
            raise DocumentRefused(422, [Fault("", "has a field that is neither words nor a number")])
    else:
        parameters = _parameters(body)
        if parameters is None:
            raise DocumentRefused(400, [Fault("", "is not a form that can be read")])
        said = {}
        for name, value in parameters:
            if said.setdefault(name, value) != value:
                raise DocumentRefused(422, [Fault("", "a field stands twice and says two things")])
    name = hashlib.sha256(repr(sorted(said.items())).encode("utf-8", "surrogateescape")).hexdigest()
    return _form(said), name


def _form(said: dict[str, str]) -> Told:
    """The fields that Twilio and Telnyx (TeXML) have in common."""
    if any(UNSHOWABLE.search(value) for value in said.values()):
        raise DocumentRefused(422, [Fault("", "holds a character that cannot be shown")])
    call = _call(said.get("CallSid", ""), "/CallSid")
    at = None
    if said.get("Timestamp"):
        try:
            at = parsedate_to_datetime(said["Timestamp"])
            at = at.astimezone(UTC) if at.tzinfo else None
        except (ValueError, TypeError, OverflowError, IndexError):
            at = None  # its clock is not ours anyway: when it came is known
    keys = said.get("Digits")
    if keys and not _KEYS.fullmatch(keys):
        raise DocumentRefused(422, [Fault("/Digits", "are not keys of a telephone")])
    status = said.get("CallStatus", "").lower()
    words = said.get("SpeechResult", "")
    return Told(
        call,
        said.get("From", "")[:60],
        at,
        keys,
        words,
        _sure(said.get("Confidence", "")),
        _OVER.get(status, ""),
        status,
    )


def _event(event: dict[str, Any]) -> tuple[Told, str]:
    """A Telnyx event (API v2)."""
    payload = event.get("payload")
    kind, number = event.get("event_type"), event.get("id")
    if not isinstance(payload, dict) or not isinstance(kind, str) or not isinstance(number, str) or not number:
        raise DocumentRefused(422, [Fault("/data", "has no event type, number or payload that can be read")])
    at = None
    if isinstance(event.get("occurred_at"), str):
        try:
            at = datetime.fromisoformat(event["occurred_at"])
            at = at.astimezone(UTC) if at.tzinfo else None
        except (ValueError, OverflowError):
            at = None
    call = _call(payload.get("call_session_id"), "/data/payload/call_session_id")
    keys, words, sure, over, ended_as = None, "", None, "", ""
    if kind == "call.gather.ended":
        keys = _text(payload, "digits")
    elif kind == "call.transcription":
        heard = payload.get("transcription_data")
        heard = heard if isinstance(heard, dict) else {}
        words, sure = _text(heard, "transcript"), _sure(str(heard.get("confidence", "")))
    elif kind == "call.hangup":
        ended_as = _text(payload, "hangup_cause") or "ended"
        source = payload.get("hangup_source")
        over = "hung_up" if source == "caller" and ended_as == "normal_clearing" else "not_known"
    if keys and not _KEYS.fullmatch(keys):
        raise DocumentRefused(422, [Fault("/data/payload/digits", "are not keys of a telephone")])
    told = Told(call, _text(payload, "from")[:60], at, keys, words, sure, over, ended_as[:100])
    return told, number[:200]


def _text(payload: dict[str, Any], name: str) -> str:
    given = payload.get(name)
    if given is None:
        return ""
    if not isinstance(given, str):
        raise DocumentRefused(422, [Fault(f"/data/payload/{name}", "has to be words")])
    return given


def _call(given: Any, at: str) -> str:
    if not isinstance(given, str) or not re.fullmatch(r"[A-Za-z0-9:_.@=+/-]{1,200}", given, re.ASCII):
        raise DocumentRefused(422, [Fault(at, "is missing, or is no number of a call")])
    return given


def _sure(given: str) -> float | None:
    return float(given) if re.fullmatch(r"0(\.\d{1,12})?|1(\.0{1,12})?", given, re.ASCII) else None


def _parameters(body: bytes) -> list[tuple[str, str]] | None:
    """The fields of a form, None where it is none."""
    try:
        return parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError:  # UnicodeDecodeError is one too
        return None
