"""`POST /api/texts`: one message of a session of texts or of a relayed call, from a relay service with a key.

The session is the call: its messages make one case, whichever comes first and however often. A session from a number
that is on the line already joins that call. Described in docs/how-to/ways-in.md.
"""

from datetime import datetime

from django.http import HttpRequest
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt

from holdfast.casefile.append import Draft
from holdfast.doors.api.document import DocumentRefused
from holdfast.doors.api.document import Fault
from holdfast.doors.api.document import read_document
from holdfast.doors.api.receiving import JSON
from holdfast.doors.api.receiving import NO_KEY
from holdfast.doors.api.receiving import Way
from holdfast.doors.api.receiving import nobody
from holdfast.doors.api.receiving import receive
from holdfast.doors.api.said import Said
from holdfast.doors.api.senders import Sender
from holdfast.doors.api.senders import by_key
from holdfast.doors.intake.coming import Coming
from holdfast.doors.intake.coming import TakenIn
from holdfast.doors.intake.taking import take_in_beside

WAYS = ("text", "relay", "sign_language_relay")
WROTE = ("caller", "relay", "interpreter", "control_room")


@csrf_exempt  # a machine has no session that another page could borrow
def texts(request: HttpRequest) -> HttpResponse:
    """Takes one message in."""
    sender = by_key(request)
    if sender is None:
        return nobody(request, "texts", NO_KEY, keep=False)
    return receive(request, sender, Way(JSON, _take))


def _take(body: bytes, sender: Sender, now: datetime) -> TakenIn:
    said = Said(read_document(body))
    session, message = said.words("session", 120, needed=True), said.words("message", 120, needed=True)
    number, way = said.words("number", 60), said.one_of("way", WAYS, "text")
    words, wrote = said.words("words", 20_000), said.one_of("sent_by", WROTE, "not_known")
    began, at, ended = said.moment("began", now), said.moment("at", now), said.yes("ended")
    said.done()
    if not words and not ended:
        raise DocumentRefused(422, [Fault("/words", "is missing, and the session has not ended")])
    began = min(began, at)
    drafts = [
        Draft("CallReceived", {"route": way, "number": number, "reference": session}, began),
        Draft("TextSessionOpened", {}, began),
    ]
    if words:
        drafts.append(Draft("TextMessageReceived", {"words": words, "sent_by": wrote, "reference": message}, at))
    if ended:
        drafts.append(Draft("CallCutOff", {"words": "The session of texts ended."}, at))
    coming = Coming(
        way, sender.name, f"text {session}", began, sender.pack, sender.force, sender.area, tuple(drafts), body,
        message=f"{message} {wrote} {ended} {words}",  # another text under the same number is another text
    )  # fmt: skip
    return take_in_beside(coming, number, now)
