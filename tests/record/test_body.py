"""The words of an entry: sealed, bound to their header, and of a length that tells nothing."""

from typing import Any

import pytest
from tests.record.written import KEY
from tests.record.written import fields
from tests.record.written import nonce

from holdfast.record.body import BLOCK
from holdfast.record.body import TAG_BYTES
from holdfast.record.body import NotOpened
from holdfast.record.body import NotSealed
from holdfast.record.body import open_body
from holdfast.record.body import seal_body
from holdfast.record.kinds import KINDS
from holdfast.record.outcome import Outcome

SAFE = fields("SafetyAsked", {"safe_when_we_go": "no", "reason": "They have a key."})


def outcome(kind: str, sealed: bytes, key: bytes | None = KEY, header: bytes = b"header") -> Outcome:
    with pytest.raises(NotOpened) as caught:
        open_body(kind, sealed, key, nonce(1), header)
    return caught.value.outcome


def test_what_is_sealed_opens_with_its_key_and_header_only() -> None:
    sealed = seal_body(SAFE, KEY, nonce(1), b"header")
    assert open_body("SafetyAsked", sealed, KEY, nonce(1), b"header") == SAFE
    assert outcome("SafetyAsked", sealed, KEY[::-1]) is Outcome.DOES_NOT_OPEN
    assert outcome("SafetyAsked", sealed, header=b"another") is Outcome.DOES_NOT_OPEN
    assert outcome("OfficersLeft", sealed) is Outcome.UNREADABLE_BODY
    assert outcome("MoonLanded", sealed) is Outcome.UNKNOWN_KIND


def test_without_its_key_the_words_are_erased() -> None:
    sealed = seal_body(SAFE, KEY, nonce(1), b"header")
    assert outcome("SafetyAsked", sealed, None) is Outcome.ERASED
    assert b"key" not in sealed


@pytest.mark.parametrize("said", ["", "They have a key.", "x" * 500, "\u00e9" * 700])
def test_the_length_of_what_is_stored_does_not_tell_one_answer_from_another(said: str) -> None:
    lengths = {
        len(seal_body(fields("SafetyAsked", {"safe_when_we_go": answer, "reason": said}), KEY, nonce(1), b""))
        for answer in ("yes", "no", "not_asked", "not_known", "declined")
    }
    assert all((length - TAG_BYTES) % BLOCK == 0 for length in lengths)
    assert len(lengths) == 1


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("SafetyAsked", {"safe_when_we_go": "maybe"}),
        ("SafetyAsked", {"safe_when_we_go": "no", "reason": "half a \ud83d character"}),
        ("SafetyAsked", {"safe_when_we_go": "no", "reason": 5}),
        ("EntryCorrected", {"reason": "x", "corrected": {"a": {1, 2}}}),
        ("EntryCorrected", {"reason": "x", "corrected": {"a": float("nan")}}),
        ("EntryCorrected", {"reason": "x", "corrected": {"a": object()}}),
    ],
)
def test_fields_that_were_never_read_are_not_sealed(kind: str, given: dict[str, Any]) -> None:
    with pytest.raises(NotSealed) as caught:
        seal_body(KINDS[kind](**given), KEY, nonce(1), b"header")
    assert "maybe" not in str(caught.value)


def test_fields_larger_than_a_body_are_not_sealed() -> None:
    most = {f"n{number}": "x" * 20_000 for number in range(60)}
    with pytest.raises(NotSealed, match="larger than 1,048,576 bytes"):
        seal_body(fields("EntryCorrected", {"reason": "x", "corrected": most}), KEY, nonce(1), b"header")


@pytest.mark.parametrize(("key", "nonce"), [(KEY[:16], bytes(12)), (KEY, bytes(11)), (b"", bytes(12))])
def test_a_short_key_or_nonce_seals_nothing(key: bytes, nonce: bytes) -> None:
    with pytest.raises(NotSealed):
        seal_body(SAFE, key, nonce, b"header")
