"""A case's chain: what is sealed opens as it was, and what was changed in any way is found."""

from collections.abc import Iterator
from datetime import UTC
from datetime import datetime
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from tests.record.written import AT
from tests.record.written import CASE
from tests.record.written import KEY
from tests.record.written import KEY_ID
from tests.record.written import OTHER_CASE
from tests.record.written import chain
from tests.record.written import fields
from tests.record.written import head
from tests.record.written import nonce
from tests.record.written import seal
from tests.record.written import with_header

from holdfast.record.body import NotOpened
from holdfast.record.body import NotSealed
from holdfast.record.chain import Stored
from holdfast.record.chain import Witnessed
from holdfast.record.chain import chain_start
from holdfast.record.chain import entry_hash
from holdfast.record.chain import open_entry
from holdfast.record.chain import verify_chain
from holdfast.record.chain import verify_words
from holdfast.record.entry import By
from holdfast.record.entry import Entry
from holdfast.record.header import HeaderRefused
from holdfast.record.outcome import Outcome

WHOLE = chain(8)
OTHER = chain(8, OTHER_CASE)


def test_an_entry_opens_as_it_was_recorded() -> None:
    assert open_entry(WHOLE[3].header, WHOLE[3].sealed, KEY) == Entry(
        number=4,
        kind="BailGranted",
        happened_at=AT + timedelta(minutes=4),
        recorded_at=AT + timedelta(minutes=5),
        by=By("officer", "PC1234"),
        fields=fields(
            "BailGranted", {"ends_at": "2026-12-18T12:00:00Z", "conditions": [{"type": "no_direct_contact"}]}
        ),
        occurrence=1,
        about=(),
    )
    assert open_entry(WHOLE[4].header, WHOLE[4].sealed, KEY).about == (4,)


def test_the_earlier_entries_that_an_entry_is_about_are_sorted_and_each_named_once() -> None:
    stored = seal(6, WHOLE[4].hash, about=(4, 2, 4))
    assert open_entry(stored.header, stored.sealed, KEY).about == (2, 4)


def test_the_hash_is_the_one_that_the_format_describes() -> None:
    """Worked here by hand from docs/formats/chain.md, so that the document stays true."""
    import hashlib

    header, sealed, hash_ = WHOLE[0]
    written = b"holdfast/entry/1\n" + len(header).to_bytes(8, "big") + header + len(sealed).to_bytes(8, "big") + sealed
    assert hashlib.sha256(written).digest() == hash_
    assert hashlib.sha256(b"holdfast/start/1\n" + CASE.encode()).digest() == chain_start(CASE)
    assert chain_start(CASE).hex() in header.decode()


def test_no_word_of_a_party_stands_in_what_is_stored() -> None:
    assert all(b"They have" not in part for entry in WHOLE for part in entry)


def test_a_sound_chain_verifies_without_its_key_and_tells_its_length_and_head() -> None:
    assert verify_chain(CASE, WHOLE) == (Outcome.SOUND, None, 8, WHOLE[-1].hash)
    assert verify_chain(CASE, iter(WHOLE), head(WHOLE)).outcome is Outcome.SOUND


def test_when_the_key_is_destroyed_the_words_are_gone_and_the_chain_is_sound() -> None:
    assert verify_words(WHOLE, {}).outcome is Outcome.ERASED
    assert verify_chain(CASE, WHOLE).outcome is Outcome.SOUND
    with pytest.raises(NotOpened, match="erased"):
        open_entry(WHOLE[1].header, WHOLE[1].sealed, None)


def test_plain_rows_from_a_store_verify_as_well() -> None:
    rows = [tuple(entry) for entry in WHOLE]
    assert verify_chain(CASE, rows).outcome is Outcome.SOUND  # type: ignore[arg-type]
    assert verify_chain(CASE, [rows[0], rows[2], rows[1]]).outcome is Outcome.OUT_OF_ORDER  # type: ignore[arg-type]


def test_a_verdict_tells_how_far_the_chain_is_sound() -> None:
    assert verify_chain(CASE, [*WHOLE[:5], *WHOLE[6:]]) == (Outcome.MISSING_ENTRY, 6, 5, WHOLE[4].hash)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"by": By("wizard")}, "role"),
        ({"by": By("officer", "Invented Name")}, "staff"),
        ({"happened_at": AT.replace(tzinfo=None)}, "times"),
        ({"recorded_at": datetime(1820, 1, 1, tzinfo=UTC)}, "times"),
        ({"occurrence": 0}, "report"),
        ({"about": (2,)}, "about"),
        ({"about": (0,)}, "about"),
        ({"key_id": "Key One"}, "key id"),
        ({"nonce": b"short"}, "nonce"),
        ({"key": b"short"}, "32 bytes"),
        ({"case": "Meadow Lane 12"}, "case"),
    ],
)
def test_what_could_not_be_read_again_is_not_sealed(changes: dict[str, object], why: str) -> None:
    with pytest.raises(NotSealed, match=why) as caught:
        seal(2, WHOLE[0].hash, **changes)  # type: ignore[arg-type]
    assert not any(word in str(caught.value) for word in ("Invented", "Meadow", "wizard"))


@pytest.mark.parametrize(("number", "previous"), [(1, bytes(32)), (2, None), (0, None), (2, b""), (2, bytes(31))])
def test_only_the_first_entry_follows_from_nothing(number: int, previous: bytes | None) -> None:
    with pytest.raises(NotSealed):
        seal(number, previous)


def test_fields_of_another_kind_are_not_sealed() -> None:
    from holdfast.record.chain import seal_entry

    with pytest.raises(NotSealed, match="fields are not those of its kind"):
        seal_entry(
            CASE, None, 1, "CaseOpened", fields("StatementReadOver", {}), happened_at=AT, recorded_at=AT,
            by=By("officer"), key=KEY, key_id=KEY_ID, nonce=nonce(1),
        )  # fmt: skip


def test_what_is_no_header_does_not_open() -> None:
    with pytest.raises(HeaderRefused):
        open_entry(WHOLE[0].header + b" ", WHOLE[0].sealed, KEY)


def test_a_changed_header_does_not_open_even_with_a_true_hash() -> None:
    changed = with_header(WHOLE[1], role="auditor")
    assert verify_chain(CASE, [WHOLE[0], changed]).outcome is Outcome.SOUND, "only the words or a checkpoint show it"
    assert verify_words([WHOLE[0], changed], {KEY_ID: KEY}) == (Outcome.DOES_NOT_OPEN, 2, 1, WHOLE[0].hash)


def test_what_is_no_case_is_not_verified() -> None:
    with pytest.raises(ValueError, match="no identifier of a case"):
        verify_chain('x","number":1', WHOLE)


@st.composite
def tampered(draw: st.DrawFn) -> list[Stored]:
    """The eight entries after one to three acts of somebody who can write to the store, but knows no other hash."""
    entries = list(WHOLE)
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, max(0, len(entries) - 1)))
        act = draw(st.sampled_from(["flip", "drop", "swap", "cut", "twice", "foreign", "roll back", "mix"]))
        entries = list(acts(act, entries, at, draw))
    return entries


def acts(act: str, entries: list[Stored], at: int, draw: st.DrawFn) -> Iterator[Stored]:
    if act == "roll back":
        yield from entries[:at]
        return
    other = draw(st.integers(0, max(0, len(entries) - 1)))
    for place, entry in enumerate(entries):
        if act == "swap" and place in (at, other):
            yield entries[other if place == at else at]
        elif place != at or act == "swap":
            yield entry
        elif act in ("flip", "cut"):
            part = draw(st.integers(0, 2))
            yield entry._replace(**{Stored._fields[part]: harmed(act, entry[part], draw)})
        elif act == "twice":
            yield from (entry, entry)
        elif act == "foreign":
            yield OTHER[at % len(OTHER)]
        elif act == "mix":
            yield Stored(entry.header, entries[other].sealed, entry_hash(entry.header, entries[other].sealed))


def harmed(act: str, given: bytes, draw: st.DrawFn) -> bytes:
    if act == "cut" or not given:
        return given[: draw(st.integers(0, max(0, len(given) - 1)))]
    place = draw(st.integers(0, len(given) - 1))
    return given[:place] + bytes([given[place] ^ draw(st.integers(1, 255))]) + given[place + 1 :]


@settings(max_examples=600, deadline=None)
@given(tampered())
def test_whatever_was_done_to_a_chain_is_found_by_the_chain_its_checkpoint_or_its_words(entries: list[Stored]) -> None:
    found = verify_chain(CASE, entries, head(WHOLE))
    if entries == WHOLE:
        assert found.outcome is Outcome.SOUND
    else:
        assert found.outcome is not Outcome.SOUND
        assert found.at_number == found.length + 1
        assert entries[: found.length] == WHOLE[: found.length] or verify_words(entries, {KEY_ID: KEY}).at_number


@settings(max_examples=200, deadline=None)
@given(tampered(), st.integers(0, 8))
def test_what_is_beyond_reach_is_only_a_rolled_back_or_rewritten_end(entries: list[Stored], seen: int) -> None:
    """Without a checkpoint of its end, a chain called sound is the beginning of the true one, or was rehashed."""
    witnessed = Witnessed(seen, WHOLE[seen - 1].hash) if seen else None
    found = verify_chain(CASE, entries, witnessed)
    if found.outcome is Outcome.SOUND:
        assert len(entries) >= seen
        assert entries[:seen] == WHOLE[:seen]
        rehashed = [one for one, true in zip(entries, WHOLE, strict=False) if one != true]
        assert not rehashed or verify_words(entries, {KEY_ID: KEY}).outcome is Outcome.DOES_NOT_OPEN
