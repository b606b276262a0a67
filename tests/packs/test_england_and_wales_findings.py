"""What published reviews of deaths keep finding: when it happens again, is a duty overdue, and does doing it end it?"""

from typing import Any

import pytest
from tests.support.packs import pack_of
from tests.support.told import entry
from tests.support.told import local

from holdfast.duties.owed import Owed
from holdfast.duties.owed import owed
from holdfast.record.entry import Entry

PACK = pack_of("england-and-wales")
Told = tuple[str, str, dict[str, Any]]

OPENED: Told = ("CaseOpened", "10:00", {"pack": "england-and-wales"})
CALLED: Told = ("CallReceived", "10:00", {"route": "voice"})
GRADED: Told = ("CallGraded", "10:01", {"grade": "immediate", "attend_within": 15})
CAME: Told = ("UnitArrived", "10:20", {"suspect_there": "yes", "children_there": "yes"})
LEFT: Told = ("OfficersLeft", "10:50", {"suspect_where": "still_there"})
ASSESSED: Told = ("RiskAssessed", "10:40", {"instrument": "dash", "how": "in_person", "grade": "high"})

# The finding; what is recorded; the duty it breaks; what would have kept it, and the entry it names (0: none).
FINDINGS: list[tuple[str, list[Any], str, tuple[str, str, dict[str, Any], int]]] = [
    ("no unit was sent", [CALLED, GRADED], "send-unit", ("UnitSent", "10:03", {"unit": "A1"}, 0)),
    ("nobody was told", [CALLED, GRADED],
     "tell-caller-of-delay", ("CallerToldOfDelay", "10:12", {"how": "by_voice"}, 2)),
    ("a promised call back was not made", [CALLED, ("CallBackPromised", "10:05", {"by_when": "2026-03-06T11:00:00Z"})],
     "call-back", ("CallBackMade", "10:50", {"reached": "yes"}, 2)),
    ("a risk form was not sent in", [ASSESSED], "send-risk-form", ("RiskFormSent", "12:00", {}, 1)),
    ("a grade was lowered by one person",
     [ASSESSED, ("RiskLowered", "11:00", {"grade": "standard", "reason": "x"}, (1,))],
     "check-lowered-risk-grade", ("RiskRaised", "12:00", {"grade": "high", "reason": "x"}, 0)),
    ("repeat reports were not linked", [("RepeatFound", "10:02", {"reports": 3})], "link-earlier-reports",
     ("ReportLinked", "12:00", {"to_case": "x", "why": "same_people"}, 0)),
    ("an order in force was not looked for", [CALLED, CAME], "check-orders-in-force",
     ("HistoryChecked", "10:10", {"order_in_force": "no"}, 0)),
    ("an order was known and officers were not told",
     [CALLED, ("HistoryChecked", "10:02", {"order_in_force": "yes"}), CAME],
     "brief-officers-on-orders", ("OfficersBriefed", "10:05", {"told": ["orders_in_force"]}, 0)),
    ("a child was not seen", [CALLED, CAME, LEFT],
     "see-each-child", ("ChildSeen", "10:30", {"seen": "yes", "spoken_to": "yes"}, 0)),
    ("the line was lost and the grade left", [CALLED, ("CallCutOff", "10:02", {})], "look-again-at-lost-call",
     ("CallRegraded", "10:05", {"grade": "immediate", "direction": "up", "reason": "x"}, 2)),
    ("a silent call from a number nobody looked up", [("CallReceived", "10:00", {"route": "silent", "silent": "yes"})],
     "send-to-silent-call-with-history", ("CallGraded", "10:03", {"grade": "immediate"}, 0)),
    ("history was not checked", [CALLED, CAME], "check-history", ("HistoryChecked", "10:05", {}, 0)),
    ("what was known was not handed to the officers", [CALLED, ("UnitSent", "10:02", {"unit": "A1"}), CAME],
     "brief-officers",
     ("OfficersBriefed", "10:05", {"told": ["history"]}, 0)),
    ("firearms were not checked", [CALLED, CAME, LEFT],
     "check-firearms", ("FirearmsChecked", "10:45", {"certificate": "no"}, 0)),
    ("a transfer lost the threat", [CALLED, ("CallTransferredOut", "10:05", {"to_whom": "x"})], "pass-on-danger",
     ("CallTransferredOut", "10:10", {"to_whom": "x", "danger_passed_on": "yes"}, 0)),
    ("the specialist did not get through and left it", [ASSESSED, ("SpecialistContacted", "11:00", {"reached": "no"})],
     "try-another-way-for-specialist", ("OtherRouteTried", "12:00", {"channel": "in_person", "reached": "yes"}, 2)),
    ("nobody asked whether she was safe", [CALLED, CAME, LEFT],
     "ask-safe-when-we-go", ("SafetyAsked", "10:45", {"safe_when_we_go": "yes"}, 0)),
    ("no arrest and no reason", [CALLED, CAME, LEFT],
     "record-why-not-arrested", ("NotArrested", "10:45", {"reason": "not_necessary"}, 0)),
]  # fmt: skip


def record(told: list[Any]) -> list[Entry]:
    return [
        entry(number, kind, f"2026-03-06 {at}", *(about or [()]), **fields)
        for number, (kind, at, fields, *about) in enumerate(told, 1)
    ]


def rows(entries: list[Entry], duty: str, at: str) -> list[Owed]:
    return [item for item in owed(entries, PACK, local(at)) if item.id == duty]


@pytest.mark.parametrize(("finding", "told", "duty", "done"), FINDINGS, ids=[row[0] for row in FINDINGS])
def test_a_finding_of_reviews_is_overdue_when_it_happens_again(finding: str, told: Any, duty: str, done: Any) -> None:
    found = rows(record(told), duty, "2026-03-16 10:00")
    assert [item.state for item in found] == ["overdue"], finding


@pytest.mark.parametrize(("finding", "told", "duty", "done"), FINDINGS, ids=[row[0] for row in FINDINGS])
def test_the_same_record_is_kept_when_it_was_done_in_time(finding: str, told: Any, duty: str, done: Any) -> None:
    kind, at, fields, about = done
    found = rows(record([*told, (kind, at, fields, (about,) if about else ())]), duty, "2026-03-16 10:00")
    assert found[0].state == "kept", finding
