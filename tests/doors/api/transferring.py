"""A call with every danger in it, invented, as another control room would have to be told of it."""

from datetime import UTC
from datetime import datetime
from datetime import timedelta

from holdfast.casefile.append import Draft
from holdfast.casefile.append import open_case
from holdfast.record.entry import By

TAKER = By("call_taker", "call_taker-1")


def grave_call(pack: str) -> str:
    """The code of a case with such a call."""
    at = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=10)
    asked = {
        "what_happened": "He said he would kill her & the dog; <she> hides.", "hurt": "yes", "injuries": "Cut hand",
        "weapons_used": "yes", "weapons": "Kitchen knife", "threat_to_kill": "yes", "strangled": "not_known",
        "children_there": "yes", "children": 2, "order_in_force": "yes", "orders": "Non-molestation order",
        "suspect_there": "yes", "interpreter_needed": "yes", "language": "Polish",
    }  # fmt: skip
    drafts = (
        Draft("CallReceived", {"route": "voice", "number": "+447700900123"}, at),
        Draft("CallQuestionsAnswered", asked, at),
        Draft("LocationFound", {"how": "device", "latitude": 51.5, "longitude": -0.12, "uncertainty": 35.0}, at),
        Draft("LocationFound", {"how": "said", "place": "7 Nowhere Lane, Inventon & District"}, at),
        Draft("SafeNumberGiven", {"number": "+447700900456", "times": "after nine", "code_word": "bluebell"}, at),
        Draft("SecondCallMade", {"new_place": "The library", "place_confidential": "yes"}, at),
        Draft("PersonNamed", {"party": "suspect", "name": "Invented Person", "age": 40}, at),
        Draft("CallGraded", {"grade": "immediate", "attend_within": 15}, at),
    )
    return open_case(pack, by=TAKER, happened_at=at, drafts=drafts).code
