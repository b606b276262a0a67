"""`POST /api/calls`: an EIDO document from a control room that has a key. Described in docs/how-to/hand-a-call-over.md.

201 a case was opened; 200 the case was there already; 400 not a document; 401 no key; 409 an older or altered version;
413 too long; 415 not JSON; 422 it does not hold together. Each refusal lists its faults by JSON pointer.
"""

from datetime import UTC
from datetime import datetime

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.http import HttpResponse
from django.http import JsonResponse
from django.views.decorators.csrf import csrf_exempt

from holdfast.access.looks import log_look
from holdfast.access.may import Person
from holdfast.access.may import may
from holdfast.access.naming import after_writing
from holdfast.doors.api.document import DocumentRefused
from holdfast.doors.api.document import Fault
from holdfast.doors.api.handover import Sender
from holdfast.doors.api.handover import take_call
from holdfast.doors.api.models import SendingAgency
from holdfast.doors.api.models import agency_with
from holdfast.doors.api.receiving import STORE_FAILS
from holdfast.doors.api.receiving import keep_for_person
from holdfast.doors.api.receiving import log_failing

READ = ("application/json", "application/emergencycalldata.eido+json")


@csrf_exempt  # a machine has no session that another page could borrow
def calls(request: HttpRequest) -> HttpResponse:
    """Takes one call over."""
    agency = _agency(request)
    if agency is None:
        answer = _faults(401, [Fault("", "the key is missing or not known; ask whoever runs this system for one")])
        answer.headers["WWW-Authenticate"] = "Bearer"
        return answer
    person = Person("feed", agency.name, agency="control_room", organisation=agency.force)
    asked = may(person, "hand_over_call", at=datetime.now(UTC))
    if not asked.allowed:
        return _faults(403, [Fault("", asked.why)])
    if request.method != "POST":
        answer = _faults(405, [Fault("", "a call is handed over by POST")])
        answer.headers["Allow"] = "POST"
        return answer
    if (request.content_type or "").lower() not in READ:
        return _faults(415, [Fault("", f"has to be of the type {READ[0]}")])
    try:
        sender = Sender(agency.name, agency.pack, agency.force, agency.area)
        taken = take_call(request.body, sender, datetime.now(UTC))
    except RequestDataTooBig:
        return _faults(413, [Fault("", "the document is longer than 1 MB and was not read; nothing was recorded")])
    except DocumentRefused as refused:
        # A person at the desk sees it: what the sender cannot put right tonight may still be the only word of a call.
        if not keep_for_person(agency.name, request.body, refused.faults, datetime.now(UTC)):
            return _faults(503, [Fault("", "nothing can be recorded at the moment: hand this call over by telephone")])
        return _faults(refused.status, refused.faults)
    except STORE_FAILS as fault:
        log_failing(fault)
        return _faults(503, [Fault("", "nothing can be recorded at the moment: hand this call over by telephone")])
    log_look(person, taken.code, "hand_over_call", rule=asked.rule)
    after_writing(taken.case_id, ("CaseOpened",), datetime.now(UTC))
    told: dict[str, object] = {
        "case": taken.code,
        "entries": taken.length,
        "opened": taken.new,
        "repeated": taken.repeated,
    }
    told["taken"] = list(taken.read)  # the parts that stand in fields here: the sender holds them against theirs
    return JsonResponse(told, status=201 if taken.new else 200)


def _agency(request: HttpRequest) -> SendingAgency | None:
    kind, _, key = request.headers.get("Authorization", "").partition(" ")
    return agency_with(key.strip()) if kind.lower() == "bearer" and key.strip() else None


def _faults(status: int, faults: list[Fault]) -> JsonResponse:
    return JsonResponse({"faults": [fault._asdict() for fault in faults]}, status=status)
