"""A copy of a file: what is in it, what stops it, and what is recorded."""

import json
from zoneinfo import ZoneInfo

import pytest
from tests.casefile.test_keeping import LEAD
from tests.casefile.writing import DETECTIVE
from tests.casefile.writing import ago
from tests.casefile.writing import ask
from tests.casefile.writing import new_case

from holdfast.access.copies.giving import NotDecided
from holdfast.access.copies.giving import draft_copy
from holdfast.access.copies.giving import give_copy
from holdfast.access.copies.pages import as_html
from holdfast.access.copies.pages import as_json
from holdfast.casefile.append import append
from holdfast.casefile.reading import read_case
from holdfast.casefile.refused import CaseMovedOn
from holdfast.casefile.refused import Refused
from holdfast.record.kinds import KINDS

SECRETS = (
    "14 Mill Road", "LS6 2AB", "07700 900118", "Rosewood", "Grace Hopper", "DC7", "St Anne", "he said he would kill me",
    "Charles Babbage",
)  # fmt: skip


@pytest.fixture
def case(database, small_pack):
    found = new_case()
    for kind, fields in (
        ("PersonNamed", {"party": "survivor", "name": "Ada Lovelace", "address": "14 Mill Road, Leeds, LS6 2AB",
                         "number": "07700 900118"}),
        ("PersonNamed", {"party": "suspect", "name": "Charles Babbage", "address": "1 Dorset Street"}),
        ("WitnessFound", {"who": "neighbour", "name": "Grace Hopper", "number": "020 7946 0018"}),
        ("ChildSeen", {"seen": "yes", "spoken_to": "yes", "school": "St Anne's Primary School"}),
        ("ShelterFound", {"through": "Rosewood House"}),
        ("FirstAccountTaken", {"of": "survivor", "account": "he said he would kill me"}),
        ("SuspectArrested", {"for_what": "offence", "offence": "Assault"}),
        ("OwnerNamed", {"owner": "DC7"}),
    ):  # fmt: skip
        about = (1,) if KINDS[kind].needs_about else ()
        append(found, kind, fields, by=DETECTIVE, happened_at=ago(minutes=5), about=about)
    return found


def files(case, decisions=None) -> str:
    copy = draft_copy(read_case(case), decisions)
    return as_html(copy, ZoneInfo("Europe/London")) + as_json(copy)


def test_what_would_endanger_somebody_is_in_neither_file(case):
    told = files(case)
    assert [secret for secret in SECRETS if secret in told] == []
    assert "Ada Lovelace" in told
    assert "Assault" in told
    assert "<script" not in told
    assert "police" not in told.partition("</title>")[0].lower()


def test_the_survivors_own_words_are_given_and_what_the_lint_finds_in_them_stops_the_copy(case):
    number = ask(case, "Will he be told that I moved back to 14 Mill Rd?")
    copy = draft_copy(read_case(case))
    assert [(one.entry, one.field, one.what, one.known) for one in copy.undecided] == [
        (number, "question", "address", True)
    ]
    with pytest.raises(NotDecided):
        give_copy(read_case(case), copy, "survivor", by=LEAD, looked_over_by="SUP2", at=ago())
    assert read_case(case).entries[-1].kind == "QuestionAsked"
    left = draft_copy(read_case(case), {copy.found[0].id: "leave"})
    assert (left.undecided, "Mill" in as_json(left)) == ((), False)
    kept = draft_copy(read_case(case), {copy.found[0].id: "stay"})
    assert (kept.undecided, "Mill Rd" in as_json(kept)) == ((), True)


def test_a_decision_on_one_place_is_none_on_another(case):
    ask(case, "Ring 07700 900118, not 0770 0900118x")
    copy = draft_copy(read_case(case))
    assert len(copy.found) >= 2
    assert draft_copy(read_case(case), {copy.found[0].id: "stay"}).undecided


def test_it_is_recorded_before_it_leaves_with_how_much_was_left_out_and_who_looked_it_over(case):
    file = read_case(case)
    copy = draft_copy(file)
    give_copy(file, copy, "survivor", by=LEAD, looked_over_by="SUP2", at=ago())
    last = read_case(case).entries[-1]
    assert (last.kind, last.by.staff, last.fields.looked_over_by) == ("FileCopyGiven", "SUP1", "SUP2")
    assert (last.fields.entries, last.fields.left_out) == (len(copy.entries), file.length - len(copy.entries))


@pytest.mark.parametrize("second", ["", " ", "SUP1", "sup1"])
def test_nobody_looks_over_their_own_copy(case, second):
    file = read_case(case)
    with pytest.raises(Refused, match="somebody else"):
        give_copy(file, draft_copy(file), "survivor", by=LEAD, looked_over_by=second, at=ago())
    assert read_case(case).length == file.length


def test_a_copy_of_a_case_that_moved_on_is_not_given(case):
    file = read_case(case)
    copy = draft_copy(file)
    ask(case)
    with pytest.raises(CaseMovedOn):
        give_copy(file, copy, "survivor", by=LEAD, looked_over_by="SUP2", at=ago())


def test_who_recorded_something_is_told_by_role_alone(case):
    number = ask(case, "Where is my umbrella?")
    told = json.loads(as_json(draft_copy(read_case(case))))
    found = [one for one in told["entries"] if one["number"] == number]
    assert [(one["role"], one["fields"]) for one in found] == [("survivor", {"question": "Where is my umbrella?"})]
    assert all("staff" not in one for one in told["entries"])
