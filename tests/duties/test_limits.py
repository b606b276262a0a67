"""Limits: what the survivor can do, and until when. Never counted as a duty."""

from tests.support.told import entry
from tests.support.told import local

from holdfast.duties.limits import limits
from holdfast.duties.owed import owed
from holdfast.law.pack import Pack

REFUSED = entry(1, "ChargeRefused", "2026-03-02 10:00", decided_by="police", reason="evidence")


def test_a_limit_runs_and_passes(testland: Pack) -> None:
    [can] = limits([REFUSED], testland, local("2026-06-02 23:59"))
    assert (can.limit.id, can.state, can.until) == ("ask-review", "open", local("2026-06-02 23:59:59"))
    [can] = limits([REFUSED], testland, local("2026-06-03 00:00"))
    assert can.state == "passed"


def test_a_limit_is_used_once_it_is_acted_on(testland: Pack) -> None:
    asked = entry(2, "ReviewAsked", "2026-03-09 10:00", (1,), of="police_decision")
    [can] = limits([REFUSED, asked], testland, local("2026-07-01 00:00"))
    assert (can.state, can.used_by) == ("used", 2)


def test_a_limit_goes_when_it_no_longer_matters(testland: Pack) -> None:
    charged = entry(2, "SuspectCharged", "2026-03-09 10:00", charges=["x"])
    assert limits([REFUSED, charged], testland, local("2026-03-10 00:00")) == []


def test_a_limit_of_another_decision_does_not_start(testland: Pack) -> None:
    other = entry(1, "ChargeRefused", "2026-03-02 10:00", decided_by="prosecutor", reason="evidence")
    assert limits([other], testland, local("2026-03-10 00:00")) == []


def test_whose_decision_it_was_may_be_unknown_and_the_limit_is_still_shown(testland: Pack) -> None:
    other = entry(1, "ChargeRefused", "2026-03-02 10:00", decided_by="not_known", reason="evidence")
    assert len(limits([other], testland, local("2026-03-10 00:00"))) == 1


def test_a_limit_is_no_duty(testland: Pack) -> None:
    assert "ask-review" not in {item.id for item in owed([REFUSED], testland, local("2026-03-10 00:00"))}
