"""The way in for a form without script: streamed, bounded, and whatever is whole is taken."""

import hashlib
import json
import secrets
from collections.abc import Iterator
from typing import Any

import pytest
from tests.support.taking_in import Giving
from tests.support.taking_in import form

from holdfast.access.ways_in.kept import WORDS
from holdfast.access.ways_in.kept import end as end_ways
from holdfast.doors.evidence.said import for_show
from holdfast.site.form_in import FormIn
from holdfast.vault.place import intake_folder
from holdfast.vault.place import item_of

LONG = secrets.token_bytes(9_000_000)


@pytest.fixture
def giving(database: Any) -> Iterator[Giving]:
    opened = Giving()
    yield opened
    opened.close()


def in_pieces(body: bytes, length: int = 65_536) -> list[bytes]:
    return [body[at : at + length] for at in range(0, len(body), length)]


def test_several_files_and_words_come_by_one_form(giving: Giving) -> None:
    body, kind = form(
        ("words", None, "Am Morgen.\r\nÉcchymose.".encode()),
        ("police_may_have", None, b"now"),
        ("what", None, b"statement"),
        ("files", "IMG_1.jpg", LONG),
        ("files", "IMG_2.jpg", b"two\r\n--betwee\r\n"),
        ("files", "", b""),
    )
    answer = giving.ask("POST", giving.permit(), in_pieces(body), **{"content-type": kind})
    assert (answer.status, answer.headers["location"]) == (303, "/my/given")
    one, two = giving.items()
    assert item_of(giving.case, one.item).read() == LONG
    assert item_of(giving.case, two.item).read() == b"two\r\n--betwee\r\n"
    assert {each.words for each in (one, two)} == {"Am Morgen.\nÉcchymose."}
    assert (one.police_may_have, one.what) == ("now", "photograph")
    assert list(intake_folder().iterdir()) == []


@pytest.mark.parametrize("length", [1, 7, 63, 64, 1000])
def test_it_does_not_matter_where_the_line_cuts_it(giving: Giving, length: int) -> None:
    content = b"\r\n--between-\r\n--betwee\r\n-" * 20
    body, kind = form(("words", None, b"a"), ("files", "x", content))
    assert giving.ask("POST", giving.permit(), in_pieces(body, length), **{"content-type": kind}).status == 303
    [item] = giving.items()
    assert item.sha256 == hashlib.sha256(content).hexdigest()


def test_words_after_the_files_count_too(giving: Giving) -> None:
    body, kind = form(("files", "x", b"content"), ("police_may_have", None, b"no"))
    giving.ask("POST", giving.permit(), body, **{"content-type": kind})
    assert giving.items()[0].police_may_have == "no"


def test_a_form_that_breaks_off_gives_what_was_whole_and_nothing_half(giving: Giving) -> None:
    body, kind = form(("files", "one", b"whole"), ("files", "two", LONG), ended=False)
    answer = giving.ask("POST", giving.permit(), in_pieces(body[:-500_000]), cut=True, **{"content-type": kind})
    assert answer.status == 422
    assert "One file was taken." in answer.body.decode()
    [item] = giving.items()
    assert item.sha256 == hashlib.sha256(b"whole").hexdigest()
    assert list(intake_folder().iterdir()) == []


def test_a_form_without_its_end_is_no_whole_form(giving: Giving) -> None:
    body, kind = form(("files", "one", b"cut"), ended=False)
    answer = giving.ask("POST", giving.permit(), body.removesuffix(b"\r\n"), **{"content-type": kind})
    assert answer.status == 422
    assert giving.items() == ()


@pytest.mark.parametrize(
    ("parts", "status"),
    [
        ([(f"f{number}", None, b"x") for number in range(1000)], 413),
        ([("f", None, b"x")] * 1000, 413),
        ([("files", "a", b"x")] * 30, 413),
        ([("words", None, b"x" * 200_000)], 413),
        ([("files", "", b"")] * 1000, 413),
        ([("files", "empty.jpg", b"")], 422),
        ([], 422),
    ],
)
def test_a_form_that_brings_too_much_or_nothing_is_told_so(giving: Giving, parts: list[Any], status: int) -> None:
    body, kind = form(*parts)
    answer = giving.ask("POST", giving.permit(), body, **{"content-type": kind})
    assert (answer.status, answer.headers["content-type"]) == (status, "text/html")
    assert "[/my/given]" in answer.body.decode()
    assert len(giving.items()) in (0, 20)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no form at all",
        b"--between\r\n\r\nx\r\n--between--",
        b"--between\r\nContent-Disposition: attachment; filename=x\r\n\r\nx\r\n--between--",
        b'--between\r\nContent-Disposition: form-data; name="f"; filename="' + b"x" * 10_000 + b'"\r\n\r\nx',
        b"--between\r\n" + b"X: y\r\n" * 50 + b"\r\nx\r\n--between--",
        b"--other\r\n",
    ],
)  # fmt: skip
def test_what_is_no_form_is_refused(giving: Giving, body: bytes) -> None:
    answer = giving.ask("POST", giving.permit(), body, **{"content-type": "multipart/form-data; boundary=between"})
    assert answer.status in (400, 422)
    assert giving.items() == ()


@pytest.mark.parametrize(
    "kind", ["multipart/form-data", "multipart/form-data; boundary=" + "x" * 500, "multipart/mixed; boundary=x"]
)
def test_a_form_that_does_not_say_what_it_is_is_refused(giving: Giving, kind: str) -> None:
    assert giving.ask("POST", giving.permit(), b"--x--", **{"content-type": kind}).status in (400, 415)


def test_a_form_larger_than_the_limit_is_refused(giving: Giving, settings: Any) -> None:
    settings.HOLDFAST_MOST_GIVEN = 1_000_000
    body, kind = form(("files", "x", LONG))
    refused = giving.ask("POST", giving.permit(), body, **{"content-type": kind})
    assert refused.status == 413
    assert "1.0 MB" in refused.body.decode()
    assert giving.ask("POST", giving.permit(), in_pieces(body), **{"content-type": kind}).status == 413
    assert giving.items() == ()
    assert list(intake_folder().iterdir()) == []


def test_a_right_that_ended_meanwhile_takes_nothing(giving: Giving, monkeypatch: pytest.MonkeyPatch) -> None:
    body, kind = form(("files", "x", b"content"))
    monkeypatch.setattr(FormIn, "close", lambda _: end_ways(giving.case, WORDS, at=giving.now))
    taken = giving.ask("POST", giving.permit(), body, **{"content-type": kind})
    assert taken.status == 404
    assert giving.items() == ()
    assert list(intake_folder().iterdir()) == []


@pytest.mark.parametrize(
    ("named", "shown"),
    [
        ("../../etc/passwd", "passwd"), ("C:/Users/x/a.jpg", "a.jpg"), ("/", "no name"),
        ("bru\x01ise.jpg", "bru\ufffdise.jpg"), ("x" * 5000, None), ("<b>.jpg", "<b>.jpg"),
    ],
)  # fmt: skip
def test_a_name_is_kept_among_the_sealed_words_and_cleaned_to_be_shown(
    giving: Giving, named: str, shown: str | None
) -> None:
    told = {"named": named, "fields": {}}
    more = giving.ask("POST", f"{giving.permit()}/file", json.dumps(told).encode()).said["permit"]
    giving.gives(b"content", more)
    [item] = giving.items()
    assert len(item.named) <= 300
    if shown:
        assert for_show(item.named) == shown
