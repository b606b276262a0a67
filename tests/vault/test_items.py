"""The items of a case, as its entries add up: in whatever order they are given, and never more than they say."""

from datetime import UTC
from datetime import datetime
from datetime import timedelta
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as some

from holdfast.record.entry import By
from holdfast.record.entry import Entry
from holdfast.record.kind import read_fields
from holdfast.record.kinds import KINDS
from holdfast.vault.acts import acts_of
from holdfast.vault.items import SURVIVORS_SIDE
from holdfast.vault.items import item_among
from holdfast.vault.items import items_of

BEGAN = datetime(2026, 11, 20, 22, 0, tzinfo=UTC)
OFFICER, SURVIVOR = By("investigator", "DC7"), By("survivor")
NUMBERS = [str(UUID(int=number)) for number in range(1, 7)]
ONE, TWO, THREE = NUMBERS[:3]


def entry(number: int, kind: str, by: By = OFFICER, **fields: object) -> Entry:
    at = BEGAN + timedelta(minutes=number)
    return Entry(number, kind, at, at, by, read_fields(KINDS[kind], fields))


def taken(number: int, item: str = ONE, by: By = OFFICER, **said: object) -> Entry:
    return entry(number, "ItemTaken", by, item=item, what="photograph", size=1, sha256="ab" * 32, **said)


def made(number: int, item: str, of: str, **said: object) -> Entry:
    return entry(number, "ItemDerived", item=item, of=of, how="preview", size=1, sha256="cd" * 32, **said)


def only(*entries: Entry):
    (found,) = items_of(entries)
    return found


STEPS = {
    "ItemTaken": lambda item, other: {"item": item, "what": "video", "size": 3, "sha256": "ab" * 32, "exhibit": "A"},
    "ItemDerived": lambda item, other: {"item": item, "of": other, "how": "part", "size": 2, "sha256": "cd" * 32},
    "ItemMetadataRead": lambda item, other: {"item": item, "media": "video/mp4"},
    "ItemHeld": lambda item, other: {"item": item, "why": "archive"},
    "ItemHoldLifted": lambda item, other: {"item": item, "reason": "Seen", "second_person": "PS1"},
    "ItemDescribed": lambda item, other: {"item": item, "words": f"As {other}", "exhibit": other[-1]},
    "ItemMoved": lambda item, other: {"item": item, "bag": f"B{other[-1]}"},
    "PoliceUseChosen": lambda item, other: {"item": item, "may": "later"},
    "ItemHandedToPolice": lambda item, other: {"item": item},
    "ItemTimeStamped": lambda item, other: {
        "item": item, "authority": "One", "at": BEGAN.isoformat(), "token": "AA==",
    },
    "ReceiptGiven": lambda item, other: {"item": item, "receipt": other},
    "ItemDisclosed": lambda item, other: {"bundle": other, "items": [item], "to": "Court", "purpose": "Trial"},
    "ItemLookedAt": lambda item, other: {"item": item, "purpose": "Charge"},
}  # fmt: skip
STORIES = some.lists(
    some.tuples(some.sampled_from(sorted(STEPS)), some.sampled_from(NUMBERS), some.sampled_from(NUMBERS)), max_size=40
)


@settings(max_examples=300, deadline=None)
@given(STORIES, some.integers())
def test_any_order_of_the_entries_folds_the_same(steps, seed):
    entries = [entry(number, kind, **STEPS[kind](*items)) for number, (kind, *items) in enumerate(steps, 1)]
    mixed = list(entries)
    Random(seed).shuffle(mixed)  # noqa: S311 no secret
    assert items_of(mixed) == items_of(entries)
    assert acts_of(mixed) == acts_of(entries)


@settings(max_examples=200, deadline=None)
@given(STORIES)
def test_an_item_is_there_once_and_only_because_it_was_taken_or_made(steps):
    entries = [entry(number, kind, **STEPS[kind](*items)) for number, (kind, *items) in enumerate(steps, 1)]
    found = items_of(entries)
    assert len({item.item for item in found}) == len(found)
    there = {item.item for item in found}
    for item in found:
        first = entries[item.number - 1]
        assert first.fields.item == str(item.item)
        assert first.fields.sha256 == item.sha256
        assert item.of is None or item.of in there
        assert set(item.derived) <= there


def test_what_nobody_said_stays_unsaid():
    item = only(taken(1))
    assert (item.happened, item.made, item.police_may_have, item.source, item.held) == (
        None, None, "not_asked", "not_asked", (),
    )  # fmt: skip
    assert not item.looked_into
    described = only(taken(1, exhibit="A", words="First"), entry(2, "ItemDescribed", item=ONE, bag="B1"))
    assert (described.exhibit, described.words, described.bag) == ("A", "First", "B1")


def test_taken_twice_the_first_counts():
    assert only(taken(1, exhibit="A"), taken(2, exhibit="B")).exhibit == "A"


def test_a_hold_stands_until_it_is_lifted_and_may_come_again():
    held = taken(1), entry(2, "ItemHeld", item=ONE, why="archive"), entry(3, "ItemHeld", item=ONE, why="disguised")
    assert only(*held).held == ("archive", "disguised")
    lifted = *held, entry(4, "ItemHoldLifted", item=ONE, reason="Looked", second_person="PS1")
    assert only(*lifted).held == ()
    assert only(*lifted, entry(5, "ItemHeld", item=ONE, why="malware_found")).held == ("malware_found",)


@pytest.mark.parametrize("role", sorted(SURVIVORS_SIDE))
def test_what_somebody_keeps_for_the_survivor_is_polices_only_when_the_survivor_says_so(role):
    by = By(role, "" if role in ("survivor", "supporter") else "A1")
    assert not only(taken(1, by=by)).police_may_look
    for may, look in (("now", True), ("later", False), ("no", False), ("declined", False)):
        assert only(taken(1, by=by, police_may_have=may)).police_may_look is look
    back = taken(1, by=by, police_may_have="now"), entry(2, "PoliceUseChosen", item=ONE, may="no")
    assert not only(*back).police_may_look
    over = taken(1, by=by), entry(2, "ItemHandedToPolice", item=ONE), entry(3, "PoliceUseChosen", item=ONE, may="no")
    assert only(*over).police_may_look
    assert only(taken(1)).police_may_look


def test_what_was_made_from_it_goes_with_it_and_keeps_its_own_words():
    entries = (
        taken(1, by=SURVIVOR, police_may_have="now", words="A wall", exhibit="A"),
        made(2, TWO, ONE, words="320 by 240"), made(3, THREE, TWO),
        entry(4, "ItemDescribed", item=ONE, exhibit="B", words="A door"),
        entry(5, "PoliceUseChosen", item=ONE, may="no"),
        entry(6, "ItemHeld", item=ONE, why="archive"),
    )  # fmt: skip
    first, second, third = items_of(entries)
    assert (first.derived, second.derived) == ((second.item,), (third.item,))
    assert [each.exhibit for each in (first, second, third)] == ["B", "B", "B"]
    assert [each.words for each in (first, second)] == ["A door", "320 by 240"]
    assert not any(each.police_may_look for each in (first, second, third))
    assert (first.held, second.held) == (("archive",), ())
    assert item_among((first, second, third), second.item) == second
    assert item_among((first,), second.item) is None
