"""A silent or abandoned call from a number with a high-risk history is graded immediate, however it came in."""

from datetime import UTC
from datetime import datetime
from datetime import timedelta
from uuid import UUID

import pytest
from tests.casefile.writing import TAKER
from tests.casefile.writing import ago
from tests.casefile.writing import new_case

from holdfast.casefile.append import append
from holdfast.casefile.reading import read_case
from holdfast.doors.intake import history
from holdfast.doors.intake.history import Following
from holdfast.doors.intake.history import high_risk_from
from holdfast.record.entry import By

pytestmark = pytest.mark.usefixtures("database", "small_pack")
NUMBER, NEAR = "07700 900123", "07700 900124"


@pytest.fixture
def earlier() -> UUID:
    """A report of some time ago from this number, graded high."""
    case = new_case()
    append(case, "CallReceived", {"route": "voice", "number": NUMBER}, by=TAKER, happened_at=ago(hours=4))
    risk = {"instrument": "dash", "how": "in_person", "grade": "high"}
    append(case, "RiskAssessed", risk, by=By("officer", "O1"), happened_at=ago(hours=3))
    return case


def call(number: str = NUMBER, **fields: str) -> UUID:
    case = new_case()
    said = {"route": "silent", "number": number, **fields}
    append(case, "CallReceived", said, by=TAKER, happened_at=ago(minutes=2))
    return case


def grades(case: UUID) -> list[str]:
    return [each.fields.grade for each in read_case(case).entries if each.kind in ("CallGraded", "CallRegraded")]


def now() -> datetime:
    return datetime.now(UTC)


def test_it_is_graded_immediate_once_and_by_nobody(earlier: UUID) -> None:
    case, following = call("+44 7700 900123"), Following()
    assert following.look(now()) == 1
    assert grades(case) == ["immediate"]
    assert read_case(case).entries[-1].by == By("feed", "holdfast")
    assert [following.look(now()), Following().look(now())] == [0, 0]
    assert grades(case) == ["immediate"]


def test_a_call_on_which_somebody_spoke_is_left_until_it_breaks_off(earlier: UUID) -> None:
    case, following = call(route="voice"), Following()
    following.look(now())
    assert grades(case) == []
    append(case, "CallCutOff", {}, by=TAKER, happened_at=ago(minutes=1))
    following.look(now())
    assert grades(case) == ["immediate"]


def test_another_number_and_one_that_is_withheld_are_not_raised(earlier: UUID) -> None:
    cases = [call(NEAR), call("")]
    assert Following().look(now()) == 0
    assert [grades(case) for case in cases] == [[], []]
    assert high_risk_from(NEAR, now(), without=cases[0]) is False


def test_what_cannot_be_looked_up_is_not_known(earlier: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    case = call(NEAR)
    monkeypatch.setattr(history, "is_behind", lambda: True)
    assert high_risk_from(NEAR, now(), without=case) is None
    assert high_risk_from(NUMBER, now(), without=case) is True
    assert high_risk_from("", now(), without=case) is None


def test_a_supervisor_who_said_why_not_is_not_overruled(earlier: UUID) -> None:
    case = call()
    append(
        case,
        "SilentCallNotRaised",
        {"reason": "Spoken to a minute ago.", "history_looked_at": "yes"},
        by=By("supervisor", "S1"),
        happened_at=now(),
        about=(2,),
    )
    assert Following().look(now()) == 0
    assert grades(case) == []


def test_a_number_that_is_written_down_later_counts_too(earlier: UUID) -> None:
    case, following = call(""), Following()
    assert following.look(now()) == 0
    said = {"corrected": {"number": NUMBER}, "reason": "Said later in the same call."}
    append(case, "EntryCorrected", said, by=TAKER, happened_at=now(), about=(2,))
    assert following.look(now()) == 1
    assert grades(case) == ["immediate"]


def test_what_could_not_be_looked_up_is_looked_up_again(earlier: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    case, following, begun = call(), Following(), now()
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(history, "catch_up", lambda at: 0)
        assert following.look(begun) == 0
    assert following.look(begun + timedelta(seconds=1)) == 0, "not each second"
    assert following.look(begun + history.TRY_AGAIN) == 1
    assert grades(case) == ["immediate"]
    assert following.waiting == {}


def test_one_that_cannot_be_looked_up_stops_no_other_and_is_let_go_in_the_end(
    earlier: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    damaged, sound, following, begun = call(NEAR), call(), Following(), now()
    really = history.read_case

    def reads(case: UUID) -> object:
        if case == damaged:
            raise RuntimeError("a fault of ours")
        return really(case)

    monkeypatch.setattr(history, "read_case", reads)
    assert following.look(begun) == 1
    assert grades(sound) == ["immediate"]
    assert set(following.waiting) == {damaged}
    following.look(begun + history.LOOKED_BACK + timedelta(seconds=1))
    assert following.waiting == {}
