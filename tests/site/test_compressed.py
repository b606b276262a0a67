"""Styles go over the line compressed, and only to a browser that can read them so."""

import gzip

import pytest
from django.contrib.staticfiles import finders
from django.core.signals import request_finished
from django.test import Client

STYLES = "/static/look/page.css"


@pytest.fixture
def plain() -> bytes:
    path = finders.find("look/page.css")
    assert path
    with open(path, "rb") as file:  # noqa: PTH123 a finder gives a string
        return file.read()


def body(response: object) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]


def test_a_style_is_sent_compressed_and_is_the_same_style(plain: bytes) -> None:
    for _ in range(2):  # made, then kept
        response = Client().get(STYLES, headers={"accept-encoding": "gzip, br"})
        assert response.headers["Content-Encoding"] == "gzip"
        assert response.headers["Content-Type"].startswith("text/css")
        assert int(response.headers["Content-Length"]) == len(response.content) < len(plain) / 3
        assert gzip.decompress(response.content) == plain
        assert "Accept-Encoding" in response.headers["Vary"]


def test_a_browser_that_cannot_read_it_so_gets_it_plain(plain: bytes) -> None:
    response = Client().get(STYLES, headers={"accept-encoding": "identity"})
    assert "Content-Encoding" not in response.headers
    assert body(response) == plain
    assert "Accept-Encoding" in response.headers["Vary"]


def test_part_of_a_style_is_sent_as_it_is(plain: bytes) -> None:
    response = Client().get(STYLES, headers={"accept-encoding": "gzip", "range": "bytes=0-9"})
    assert response.status_code == 206
    assert body(response) == plain[:10]


def test_a_style_that_has_not_changed_is_not_sent_again() -> None:
    first = Client().get(STYLES, headers={"accept-encoding": "gzip"})
    again = Client().get(STYLES, headers={"accept-encoding": "gzip", "if-none-match": first.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("takes", ["gzip", "identity"])
def test_a_request_is_over_once_and_not_while_it_is_answered(takes: str) -> None:
    """Whatever ends with a request, a line to the database among them, is still needed by what is around this."""
    over = []

    def ends(**_: object) -> None:
        over.append(1)

    request_finished.connect(ends)
    try:
        Client().get(STYLES, headers={"accept-encoding": takes})
    finally:
        request_finished.disconnect(ends)
    assert over == [1]


def test_an_answer_without_a_body_stays_without_one() -> None:
    response = Client().head(STYLES, headers={"accept-encoding": "gzip"})
    assert response.status_code == 200
    assert body(response) == b""


def test_a_style_that_is_not_there_is_not_there() -> None:
    assert Client().get("/static/look/planted.css", headers={"accept-encoding": "gzip"}).status_code == 404


@pytest.mark.parametrize("asked", [{"accept-encoding": "identity"}, {"range": "bytes=0-9"}, {}])
@pytest.mark.parametrize("file", [STYLES, "/static/look/icon.svg"])
def test_no_file_is_streamed_so_that_the_server_has_nothing_to_warn_of(file: str, asked: dict[str, str]) -> None:
    response = Client().get(file, headers=asked)
    assert response.status_code in (200, 206)
    assert not response.streaming
    assert int(response.headers["Content-Length"]) == len(response.content) > 0
