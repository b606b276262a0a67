"""What two people have in common is said in words, and how surely they are one never says more than is known."""

from datetime import UTC
from datetime import datetime
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from holdfast.people.known import Person
from holdfast.people.linking.alike import houses
from holdfast.people.linking.alike import pair
from holdfast.people.linking.proposal import SURENESS
from holdfast.people.linking.proposal import Alike
from holdfast.people.linking.proposal import Pair
from holdfast.people.linking.proposal import propose_from

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
KATARZYNA = Person("survivor", ("Katarzyna Nowak",), "1984-03-09", ("07700 900123",), ("9 Example Rise, TS24 8AA",))


@pytest.mark.parametrize(
    ("other", "sureness"),
    [
        (Person("survivor", ("Katarzyna Nowak",), "1984-03-09"), "certain"),
        (Person("caller", ("Kasia Novak",), "", ("+44 7700 900123",)), "certain"),
        (Person("survivor", ("Nowak Katarzyna",), "1984-09-03"), "likely"),
        (Person("survivor", ("Katarzyna Nowak",), "", (), ("9, Example Rise TS24 8AA",)), "likely"),
        (Person("caller", (), "", ("447700900123",)), "likely"),
        (Person("survivor", ("Katarzyna Nowak",)), "possible"),
        (Person("other", ("Jan Kowalski",), "", (), ("9 Example Rise TS24 8AA",)), "possible"),
        (Person("survivor", ("Katarzyna Nowak",), "1951-12-30"), None),
        (Person("survivor", ("Katarzyna",), ""), None),
        (Person("survivor", ("Jane Doe",), "1984-03-09"), None),
        (Person("survivor"), None),
    ],
)
def test_how_surely(other, sureness):
    found = pair(KATARZYNA, other)
    assert (found.sureness if found else None) == sureness
    back = pair(other, KATARZYNA)
    assert (back.sureness if back else None) == sureness


def test_two_birth_dates_that_differ_are_never_more_than_possible():
    found = pair(KATARZYNA, Person("survivor", ("Katarzyna Nowak",), "1951-12-30", ("07700 900123",)))
    assert found is not None
    assert found.sureness == "possible"


_PEOPLE = st.builds(
    Person,
    st.sampled_from(["survivor", "suspect", "child", "caller"]),
    st.lists(st.text(max_size=30), max_size=2).map(tuple),
    st.sampled_from(["", "1984", "1984-03", "1984-03-09", "2001-12-31"]),
    st.lists(st.text("0123456789+ ", max_size=15), max_size=2).map(tuple),
    st.lists(st.text(max_size=40), max_size=2).map(tuple),
)


@settings(max_examples=150, deadline=None)
@given(_PEOPLE, _PEOPLE)
def test_it_is_the_same_from_both_sides_and_always_says_why(one, other):
    there, back = pair(one, other), pair(other, one)
    assert (there is None) == (back is None)
    if there and back:
        assert there.sureness == back.sureness
        assert there.alike
        assert {each.what for each in there.alike} == {each.what for each in back.alike}


def two(here: str, there: str, sureness: str = "certain") -> Pair:
    return Pair(here, there, sureness, (Alike(here, there, "name", "same"),))


@pytest.mark.parametrize(
    ("pairs", "why"),
    [
        ([two("survivor", "survivor"), two("suspect", "suspect")], "same_people"),
        ([two("survivor", "survivor")], "same_survivor"),
        ([two("caller", "survivor")], "same_survivor"),
        ([two("suspect", "suspect")], "same_suspect"),
        ([two("suspect", "survivor")], "counter_allegation"),
        ([two("suspect", "suspect"), two("survivor", "suspect")], "counter_allegation"),
        ([two("witness", "other")], "same_people"),
        ([Pair("survivor", "suspect", "possible", (Alike("survivor", "suspect", "address", "same"),))], "same_address"),
    ],
)
def test_why_two_cases_belong_together(pairs, why):
    proposal = propose_from(pairs, AT, AT + timedelta(days=3))
    assert proposal is not None
    assert (proposal.why, proposal.double) == (why, "no")
    assert proposal.turned().turned() == proposal


def test_the_same_people_in_one_night_may_be_one_report():
    pairs = [two("survivor", "survivor"), two("suspect", "suspect")]
    near = propose_from(pairs, AT, AT + timedelta(hours=3))
    assert near is not None
    assert near.double == "yes"


def test_nothing_alike_proposes_nothing():
    assert propose_from([], AT, AT) is None


def test_a_town_is_nobodys_house():
    assert houses(("Hartlepool", "Ward Jackson Park")) == frozenset()
    assert houses(("9 Example Rise, TS24 8AA",)) == houses(("9, example rise ts24 8aa",)) != frozenset()


def test_words_for_sureness_are_in_order():
    assert SURENESS["possible"] < SURENESS["likely"] < SURENESS["certain"]
