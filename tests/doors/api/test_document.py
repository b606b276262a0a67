"""Bytes become a document that can be relied on, or every reason why not."""

import json

import pytest

from holdfast.doors.api.document import DocumentRefused
from holdfast.doors.api.document import read_document


def refused(body: bytes) -> DocumentRefused:
    with pytest.raises(DocumentRefused) as caught:
        read_document(body)
    return caught.value


def test_a_document_is_read():
    assert read_document(b'{"a": [1, "\\u00e9"]}') == {"a": [1, "é"]}


@pytest.mark.parametrize(
    ("body", "status", "at", "why"),
    [
        (b" " * 1_000_001, 413, "", "longer than 1 MB"),
        (b"\xff\xfe{}", 400, "", "UTF-8"),
        (b'{"a": ', 400, "", "not JSON"),
        (b"", 400, "", "not JSON"),
        (b'{"a": NaN}', 400, "", "not JSON"),
        (b'{"a": 1' + b"0" * 5000 + b"}", 400, "", "not JSON"),
        (b'{"a": 1, "b": {"c": 2, "c": 3}}', 400, "/b/c", "twice"),
        (b'{"a": ["x", "\\ud800"]}', 400, "/a/1", "cannot be shown"),
        (b'{"a": "\\u0000"}', 400, "/a", "cannot be shown"),
        (b"[1]", 422, "", "one object"),
        (b"[" * 65 + b"]" * 65, 400, "", "deeper than 64"),
        (b"[" * 900_000, 400, "", "deeper than 64"),
        (b'{"a":' * 150_000, 400, "", "deeper than 64"),
    ],
    ids=["too long", "not UTF-8", "cut off", "empty", "NaN", "endless number", "key twice", "half a character",
         "control character", "no object", "one level too deep", "lists without end", "objects without end"],
)  # fmt: skip
def test_a_document_that_cannot_be_relied_on_is_refused(body, status, at, why):
    fault = refused(body)
    assert fault.status == status
    assert fault.faults[0].at == at
    assert why in fault.faults[0].why


def test_brackets_within_words_are_not_levels():
    assert read_document(json.dumps({"a": "[" * 500 + '\\"]' * 5}).encode())


def test_sixty_four_levels_are_let_pass():
    assert read_document(b'{"a":' * 63 + b"[]" + b"}" * 63)


def test_a_fault_repeats_neither_a_value_nor_a_key_that_may_be_a_name():
    told = str(refused(b'{"Mary Quillfeather": {"b": "\\ud800 secret"}}'))
    assert "Quillfeather" not in told
    assert "secret" not in told
