"""Every answer that is no page: emergency numbers and the way out on it, nothing of what was asked, every header."""

import re
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver
from tests.support.failing_urls import RAISED

from holdfast.site.body_limit import REFUSED
from holdfast.site.doors import DOORS
from holdfast.site.headers import CLOSED
from holdfast.site.refusals import STATUSES
from holdfast.site.refusals import refused


@pytest.fixture
def client(database: Any, settings: Any) -> Client:
    """A browser, and at each door an address at which the program fails."""
    settings.ROOT_URLCONF = "tests.support.failing_urls"
    return Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)


@pytest.mark.parametrize("what", sorted(RAISED))
@pytest.mark.parametrize("door", ["", "my/", "desk/", "api/"])
def test_a_page_that_fails_says_so_and_says_nothing_else(client: Client, door: str, what: str) -> None:
    answer = client.get(f"/{door}fails/{what}?code=Quillfeather")
    page = answer.content.decode()
    assert answer.status_code == int(what[1:])
    assert "Quillfeather" not in page
    assert "fails" not in page
    assert "Traceback" not in page
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    if door in ("", "my/"):
        assert 'id="leave"' in page
        assert re.search(r'data-away="https://', page)
        assert "999" in page
    if door == "api/":
        assert answer.json()["faults"]


def test_a_page_of_a_place_gives_the_numbers_of_that_place(client: Client) -> None:
    page = client.get("/guide/us-california/fails").content.decode()
    assert "911" in page
    assert "999" not in page


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("door", DOORS, ids=[door.path or "guide" for door in DOORS])
def test_every_refusal_is_drawn_at_every_door(rf: Any, database: Any, door: Any, status: int) -> None:
    answer = refused(rf.get(f"/{door.path}anything"), status)
    assert answer.status_code == status
    assert HTTPStatus(status)
    if door.path in ("", "my/"):
        assert b'id="leave"' in answer.content
        assert b'href="tel:' in answer.content


def test_a_refusal_is_drawn_even_where_everything_else_is_wrong(rf: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str) -> None:
        raise OSError

    monkeypatch.setattr("holdfast.site.refusals._called", broken)
    answer = refused(rf.get("/my/"), 500)
    assert answer.status_code == 500
    assert b"ring your emergency number" in answer.content


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS"])
@pytest.mark.parametrize("address", ["/", "/my/in", "/desk/sign-in", "/guide/england-and-wales/"])
def test_other_methods_are_refused(client: Client, method: str, address: str) -> None:
    answer = client.generic(method, address)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD, POST"


@pytest.mark.parametrize("host", ["elsewhere.example", "127.0.0.1.elsewhere.example", "a b", "127.0.0.1@x", ""])
def test_a_name_that_is_not_ours_is_refused(client: Client, host: str) -> None:
    assert client.get("/my/in", headers={"host": host or "-"}).status_code == 400


@pytest.mark.parametrize(("mode", "dest"), [("no-cors", "image"), ("navigate", "iframe"), ("cors", "empty")])
def test_no_other_site_draws_what_is_private(client: Client, mode: str, dest: str) -> None:
    came = {"sec-fetch-site": "cross-site", "sec-fetch-mode": mode, "sec-fetch-dest": dest}
    assert client.get("/my/in", headers=came).status_code == 403
    assert client.get("/desk/sign-in", headers=came).status_code == 403


def test_a_link_from_another_site_leads_to_the_page(client: Client) -> None:
    came = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    assert client.get("/my/in", headers=came).status_code == 200


def test_only_leaving_reading_and_machines_need_no_token() -> None:
    """Each was weighed: the worst that a forged one can do is to close a page, or to enlarge its letters.

    A machine shows a key or signs what it sends. Whoever makes somebody's browser send a report could as well write it.

    At a telephone's page from a scene there is no session: who knows the link may open it, and who holds it may end it.
    """
    open_to_all = {
        f"{door.path}{pattern.pattern}"
        for door, each in zip(DOORS, get_resolver().url_patterns, strict=True)
        for pattern in each.url_patterns
        if getattr(pattern.callback, "csrf_exempt", False)
    }
    services = {"guide/<slug:place>/services", "guide/<slug:place>/<tag:tag>/services"}  # a search; nothing is written
    at_a_scene = {"s/open", "s/leave"}
    leaving = {"my/leave", "leave", "leave/<slug:place>", "note/leave"}
    machines = {
        f"api/{each}" for each in ("calls", "aml", "locations", "texts", "telephone/twilio", "telephone/telnyx")
    }
    assert open_to_all == leaving | {"my/look", "look", "note/on"} | machines | at_a_scene | services


@pytest.mark.parametrize("address", ["/", "/my/in", "/desk/sign-in"])
def test_every_page_carries_every_header(client: Client, address: str) -> None:
    answer = client.get(address, headers={"x-forwarded-proto": "https"})
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Embedder-Policy"] == "require-corp"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "max-age=63072000" in answer.headers["Strict-Transport-Security"]
    assert all(f"{name}=()" in answer.headers["Permissions-Policy"] for name in CLOSED)
    assert "style=" not in answer.content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)", answer.content.decode())


def test_what_the_server_refuses_is_marked_for_the_doors() -> None:
    assert REFUSED == "holdfast.refused"
