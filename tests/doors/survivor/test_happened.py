"""What has happened is told from the record, and nothing that staff wrote or anybody's place comes with it."""

from datetime import UTC
from datetime import datetime

import pytest
from tests.support.told import entry

from holdfast.doors.survivor import happened as told
from holdfast.doors.survivor.happened import happened
from holdfast.law.pack import Pack
from holdfast.record.kind import fields_of
from holdfast.record.kinds import KINDS

PACK = Pack(id="x", name="X", language="en", timezone="Europe/London", hosts=())
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
SECRET = "Unsayable Lodge"


def says(kind, **fields):
    found = happened([entry(1, kind, "2026-03-06 21:00", **fields)], PACK, NOW)
    return found[0].says if found else None


def test_the_newest_stands_first():
    found = happened(
        [entry(1, "UnitArrived", "2026-03-06 21:00"), entry(2, "UnitSent", "2026-03-06 20:00", unit="U1")], PACK, NOW
    )
    assert [each.says for each in found] == ["Officers came.", "Officers were sent."]
    assert found[0].on == "Friday 6 March"


def test_bail_says_until_when_and_what_they_must_not_do_but_not_where():
    conditions = [{"type": "no_direct_contact"}, {"type": "keep_from_place", "place": SECRET, "words": SECRET}]
    words = says("BailGranted", ends_at="2026-06-05T22:59:59Z", conditions=conditions)
    assert "until Friday 5 June" in words
    assert "must not contact you, or go to a place that is named in the rules" in words
    assert SECRET not in words


def test_a_rule_that_is_not_about_the_survivor_is_not_told():
    words = says("BailGranted", ends_at="2026-06-05T22:59:59Z", conditions=[{"type": "live_at", "place": SECRET}])
    assert "must not" not in words


def test_what_is_not_known_is_not_guessed():
    assert says("SuspectReleased", how="not_known") == "They were let go from the police station."
    assert says("VerdictGiven", verdict="not_known") == "The court gave its verdict."


@pytest.mark.parametrize(
    ("kind", "fields", "words"),
    [
        (
            "StatementTaken",
            {"of": "survivor", "form": "typed"},
            "Your statement was written down. You can ask for a copy.",
        ),
        ("StatementTaken", {"of": "survivor", "form": "video"}, "Your statement was filmed."),
        ("LaterStatementTaken", {"of": "survivor", "form": "typed", "language": SECRET}, "The first one stays."),
        ("StatementSigned", {"signed_by": "survivor"}, "You signed your statement."),
        ("ImpactStatementMade", {"wants_to_read": "yes"}, "until the court has heard it"),
    ],
)
def test_that_a_statement_was_made_is_told_and_nothing_of_its_words(kind, fields, words):
    assert words in says(kind, **fields)
    assert SECRET not in says(kind, **fields)


@pytest.mark.parametrize("who", ["witness", "child", "suspect", "other", "not_known"])
def test_that_somebody_else_made_a_statement_is_never_told(who):
    assert says("StatementTaken", of=who, form="typed") is None
    assert says("LaterStatementTaken", of=who, form="typed") is None
    assert says("StatementSigned", signed_by=who) is None


@pytest.mark.parametrize(
    "kind",
    ["StatementWithdrawn", "StatementDeclined", "WithdrawalExplained", "StatementDrafted", "InterpreterCertified"],
)
def test_what_could_be_held_against_them_over_a_shoulder_is_not_told(kind):
    assert kind not in told._SAYS


def test_a_kind_that_is_not_on_the_list_is_not_told():
    assert says("MarkerPlaced", on="address") is None
    assert says("ConferenceReferred", criterion="judgement") is None


def test_what_was_recorded_later_is_not_known_yet():
    later = entry(1, "UnitArrived", "2026-03-06 21:00", recorded="2026-07-01 09:00")
    assert happened([later], PACK, NOW) == []


def test_what_was_struck_out_is_not_told():
    struck = entry(2, "EntryCorrected", "2026-03-07 09:00", about=(1,), struck="yes", reason="Another case.")
    assert happened([entry(1, "SuspectCharged", "2026-03-06 21:00", charges=["x"]), struck], PACK, NOW) == []


def _any_value(field):
    """Something for a field, with words in it wherever words can stand."""
    by_type = {
        "when": "2026-05-01T10:00:00Z", "day": "2026-05-01", "count": 1, "minutes": 1, "months": 1, "lines": [SECRET],
        "latitude": 1.0, "longitude": 1.0, "metres": 1.0, "staff": "PC1", "code": "code", "answers": {},
        "parts": [{"type": "keep_from_place", "place": SECRET, "words": SECRET}],
    }  # fmt: skip
    if field.holds in ("choice", "choices"):
        return field.choices[0] if field.holds == "choice" else [field.choices[0]]
    return by_type.get(field.holds, SECRET)


@pytest.mark.parametrize("kind", sorted(told._SAYS))
def test_no_word_that_somebody_typed_is_ever_told(kind):
    fields = {field.name: _any_value(field) for field in fields_of(KINDS[kind])}
    words = says(kind, **fields)
    assert words.endswith(".")
    assert SECRET not in words
    assert "PC1" not in words


@pytest.mark.parametrize("kind", sorted(told._SAYS))
def test_each_can_be_told_from_an_entry_that_holds_only_what_it_must(kind):
    fields = {field.name: _any_value(field) for field in fields_of(KINDS[kind]) if field.required}
    assert says(kind, **fields)
