"""Each kind of entry is recorded through its own form at the desk, and the record then holds what was typed."""

from datetime import UTC
from datetime import datetime
from datetime import timedelta

import pytest
from tests.doors.desk.conftest import MARCH
from tests.doors.desk.conftest import a_case
from tests.doors.desk.conftest import entries
from tests.doors.desk.conftest import hidden
from tests.doors.desk.conftest import local
from tests.doors.desk.sensible import sensible
from tests.doors.desk.sensible import typed

from holdfast.access.may import NOT_BY_FORM
from holdfast.casefile.append import Draft
from holdfast.casefile.packs import pack_called
from holdfast.doors.desk.forms.codes import codes_for
from holdfast.duties.owed import owed
from holdfast.record.kind import read_fields
from holdfast.record.kinds import KINDS

BAIL = {"ends_at": "2026-06-02T22:59:00Z", "conditions": [{"type": "no_direct_contact", "words": "Not by any way"}]}
HIGH = {"instrument": "dash", "how": "in_person", "grade": "high"}
# What only makes sense with the case in hand; everything else is recorded with the second value of each list.
OTHERWISE = {
    "RiskReviewed": {"grade": "high"},
    "SilentCallNotRaised": {"history_looked_at": "yes"},
    "RiskAssessed": {"grade": "high"},
    "RiskRefused": {"grade": "high"},
    "CallGraded": {"grade": "immediate"},
    "DutyWaived": {"try_again_on": "2026-04-01"},
    "DutyUnsafe": {"try_again_on": "2026-04-01"},
    "RiskRaised": {"grade": "high"},
    "CallRegraded": {"grade": "priority", "direction": "down"},
    "EntryCorrected": {"corrected": {"ends_at": "2026-05-01T12:00:00Z"}},
}
ABOUT = {"CallRegraded": 3, "EntryCorrected": 5, "EmergencyOpeningReviewed": 6, "UnusualOpeningLookedInto": 6}
OPENINGS = {
    "EmergencyOpeningReviewed": ("FileOpenedInEmergency", {"reason": "A life at risk"}),
    "UnusualOpeningLookedInto": ("UnusualOpeningFound", {"pattern": "many_cases", "staff": "PC9"}),
}


def case_for(name: str) -> str:
    risk = {**HIGH, "grade": "medium"} if name == "RiskRaised" else HIGH
    happened = MARCH + timedelta(minutes=5)
    return a_case(
        Draft("CallReceived", {"route": "voice"}, happened),
        Draft("CallGraded", {"grade": "immediate", "attend_within": 15}, happened),
        Draft("RiskAssessed", risk, happened),
        Draft("BailGranted", BAIL, happened),
        *([Draft(*OPENINGS[name], happened)] if name in OPENINGS else ()),
    )


def decision_on_a_duty(code: str) -> tuple[str, int]:
    """A duty that is owed in the case and not by statute, and the entry that started it."""
    pack = pack_called("england-and-wales")
    found = owed(entries(code), pack, datetime.now(UTC))
    item = next(each for each in found if each.state in ("open", "overdue") and each.duty.authority != "statute")
    return item.duty.id, item.started_by


@pytest.mark.parametrize("name", [name for name in KINDS if name != "CaseOpened" and name not in NOT_BY_FORM])
def test_a_kind_is_recorded_through_its_form_as_it_was_typed(shared_desk, name):
    kind, pack = KINDS[name], pack_called("england-and-wales")
    topics = [topic.id for topic in pack.instruments[0].topics]
    code, about = case_for(name), ABOUT.get(name, 2)
    plain = {**sensible(kind, lambda field: codes_for(field, pack), topics), **OTHERWISE.get(name, {})}
    if name in ("DutyWaived", "DutyUnsafe"):
        plain["duty"], about = decision_on_a_duty(code)
    address = f"/desk/case/{code}/record/{name}"
    page = shared_desk.opens(address)
    assert shared_desk.page.status_code == 200
    happened = MARCH + timedelta(hours=26)
    sent = {
        **hidden(page),
        **typed(kind, plain),
        "entry-about": [str(about)],
        "entry-happened_at": local(happened),
        "record": "1",
    }
    page = shared_desk.sends(address, sent)
    page = shared_desk.follows()
    assert "Recorded: " in page[page.index("said-just-now") :][:200]
    last = entries(code)[-1]
    assert last.kind == name
    assert last.fields == read_fields(kind, plain)
    assert last.happened_at == happened
    assert last.about == (about,)
    assert (last.by.role, last.by.staff) == ("supervisor", "supervisor-1")
