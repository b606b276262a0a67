"""A public report becomes a case item: once, by the intake, with nothing taken for more than it is.

- The number that somebody gives is where they may be reached, not a safe number: nobody has asked yet.
- What they write about being reached stands with it for the person who reads.
- The reference is neutral: eight letters and digits that say nothing. The same page sent twice has the same one.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature
from django.core.signing import TimestampSigner

from holdfast.casefile.append import Draft
from holdfast.casefile.codes import ALPHABET
from holdfast.casefile.codes import LENGTH
from holdfast.casefile.codes import shown
from holdfast.casefile.reading import read_case
from holdfast.casefile.refused import EntryRefused
from holdfast.doors.intake.coming import Coming
from holdfast.doors.intake.noting import case_of_document
from holdfast.doors.intake.taking import take_in
from holdfast.law.pack import Pack

SENDER = "online"
PAGE_LASTS = 12 * 3600  # seconds
READ_BY = "read-online-report"  # the duty that says when somebody reads it
_SALT = "holdfast.report"


def new_page(chance: str) -> str:
    """A token for one page, made here and nowhere else."""
    return TimestampSigner(salt=_SALT).sign(chance)


def is_ours(token: str) -> bool:
    """Whether this page was made here and not too long ago."""
    try:
        TimestampSigner(salt=_SALT).unsign(token[:200], max_age=PAGE_LASTS)
    except BadSignature:
        return False
    return True


def reference_of(token: str) -> str:
    """The neutral reference of a page's report."""
    key = hashlib.sha256(b"holdfast/report/1:" + settings.SECRET_KEY.encode()).digest()
    number = int.from_bytes(hmac.digest(key, token.encode("utf-8", "surrogateescape"), "sha256")[:12], "big")
    signs = ""
    for _ in range(LENGTH):
        number, left = divmod(number, len(ALPHABET))
        signs += ALPHABET[left]
    return shown(signs)


def read_within(pack: Pack) -> str:
    """The promise of when a person reads it, as the duty itself says it; '' where the place makes none."""
    found = next((duty for duty in pack.duties if duty.id == READ_BY), None)
    return found.says if found is not None and found.shown_to_survivor else ""


def arrive(said: Mapping[str, Any], token: str, pack: Pack, now: datetime) -> str:
    """Takes the report in; its reference. CannotKeep, PackRefused where nothing can be kept at all."""
    reference = reference_of(token)
    case = case_of_document(SENDER, reference)
    if case is not None:  # sent again, perhaps with other words: what is the same then is of the same moment
        now = next(entry.happened_at for entry in read_case(case).entries if entry.kind == "CallReceived")
    raw = json.dumps(dict(said), sort_keys=True).encode()
    coming = Coming("online", SENDER, reference, now, pack.id, drafts=_drafts(said, now), raw=raw)
    with suppress(EntryRefused):  # the intake has kept what came, sealed, and shows it to a person: it has arrived
        take_in(coming, now)
    return reference


def _drafts(said: Mapping[str, Any], now: datetime) -> tuple[Draft, ...]:
    call = {
        "route": "online", "caller": said.get("who") or "not_asked", "safe_now": said["safe_now"],
        "number": said.get("number", ""),
    }  # fmt: skip
    reach = f"About being reached, as they wrote it: {said['reach']}" if said.get("reach") else ""
    asked = {
        "what_happened": said["happened"], "suspect_there": said.get("there") or "not_asked",
        "children_there": said.get("children") or "not_asked", "language": said.get("language", ""),
        "communication_needs": reach,
    }  # fmt: skip
    found = [Draft("CallReceived", call, now), Draft("CallQuestionsAnswered", asked, now)]
    if said.get("place"):
        found.append(Draft("LocationFound", {"how": "said", "place": said["place"]}, now))
    party = "survivor" if said.get("who") == "survivor" else "caller"
    if said.get("name"):
        found.append(Draft("PersonNamed", {"party": party, "name": said["name"], "address_confidential": "yes"}, now))
    if said.get("other_name"):
        found.append(Draft("PersonNamed", {"party": "suspect", "name": said["other_name"]}, now))
    return tuple(found)
