"""The survivor's way in before Django: a flood is refused for little, answers come after a round time, none is shared.

Real doors and a real case; only the server around them is left out, and no sleep is slept.
"""

import asyncio
import re
import threading
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from tests.doors.survivor.conftest import Survivor
from tests.support.entering import calm  # noqa: F401 a fixture

from holdfast.access.ways_in import trying
from holdfast.access.ways_in import turns
from holdfast.site import carried
from holdfast.site import way_in
from holdfast.site.body_limit import BodyLimit
from holdfast.site.doors import door_at
from holdfast.site.handling import SHORT
from holdfast.site.handling import Handler
from holdfast.site.way_in import WayIn

pytestmark = pytest.mark.django_db(transaction=True)


class Asked:
    """One answer, put together."""

    def __init__(self, sent: list[dict[str, Any]]):
        self.status = sent[0]["status"]
        self.headers = {name.lower(): value.decode() for name, value in sent[0]["headers"]}
        self.body = b"".join(each.get("body", b"") for each in sent[1:]).decode()

    @property
    def cookie(self) -> str:
        return self.headers[b"set-cookie"].split(";")[0]

    @property
    def token(self) -> str:
        [token] = set(re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.body))
        return token


def ask(door: WayIn, method: str = "GET", cookie: str = "", path: str = "/my/in", **fields: str) -> Asked:
    """Asks in a thread of its own: a browser of an earlier test may hold this one's loop."""
    sent: list[dict[str, Any]] = []
    headers = [(b"host", b"127.0.0.1"), (b"x-forwarded-proto", b"https"), (b"referer", b"https://127.0.0.1/my/in")]
    headers += [(b"cookie", cookie.encode())] if cookie else []
    headers += [(b"content-type", b"application/x-www-form-urlencoded")]
    scope = {
        "type": "http", "http_version": "1.1", "method": method, "path": path, "raw_path": path.encode(),
        "query_string": b"", "root_path": "", "scheme": "http", "headers": headers, "client": ("203.0.113.7", 1),
        "server": ("127.0.0.1", 80),
    }  # fmt: skip
    given = [{"type": "http.request", "body": urlencode(fields).encode(), "more_body": False}]

    async def receive() -> dict[str, Any]:
        return given.pop() if given else await asyncio.Event().wait()

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    thread = threading.Thread(target=lambda: asyncio.run(door(scope, receive, send)))
    thread.start()
    thread.join()
    return Asked(sent)


@pytest.fixture
def slept(monkeypatch) -> list[float]:
    """How long each answer was held; none of them is."""
    found: list[float] = []

    async def sleep(seconds: float) -> None:
        found.append(seconds)

    monkeypatch.setattr(way_in, "asyncio", type("Quick", (), {"sleep": staticmethod(sleep)}))
    return found


@pytest.fixture
def survivor(database: Any) -> Survivor:
    return Survivor()


class Counting:
    """The doors, and how often they were asked."""

    def __init__(self) -> None:
        self.doors, self.asked = BodyLimit(Handler(), most=SHORT), 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.asked += 1
        await self.doors(scope, receive, send)


def test_who_carries_nothing_gets_the_first_page_with_a_token_of_their_own_and_nothing_is_written(survivor, slept):
    doors = Counting()
    door = WayIn(doors)
    first, second = ask(door), ask(door)
    assert doors.asked == 1
    assert first.status == second.status == 200
    assert first.token != second.token
    assert first.cookie != second.cookie
    challenge = re.compile(r"challenge&quot;: &quot;([^&]+)")
    assert challenge.search(first.body)[1] != challenge.search(second.body)[1]
    assert Session.objects.count() == 0


def test_the_page_that_is_kept_is_the_door_s_own(survivor, slept):
    def bare(body: str) -> str:
        return re.sub(r'(csrfmiddlewaretoken" value|data-asked)="[^"]*"', "", body)

    drawn = Client(headers={"host": "127.0.0.1"}).get("/my/in", headers={"x-forwarded-proto": "https"})
    door = WayIn(Counting())
    for answer in (ask(door), ask(door)):
        assert bare(answer.body) == bare(drawn.content.decode())
        for name, value in drawn.headers.items():
            if name not in ("Content-Length", "Content-Security-Policy", "Vary"):
                assert answer.headers[name.lower().encode()] == value
        assert "frame-ancestors 'none'" in answer.headers[b"content-security-policy"]
        assert answer.headers[b"set-cookie"].endswith("; HttpOnly; Path=/my/; SameSite=Lax; Secure")


def test_the_right_words_enter_with_what_was_kept_and_another_s_token_does_not(survivor, slept):
    door = WayIn(Counting())
    mine, other = ask(door), ask(door)
    said = {"code": survivor.code, "words": survivor.words}
    assert ask(door, "POST", mine.cookie, csrfmiddlewaretoken=other.token, **said).status == 403
    entered = ask(door, "POST", mine.cookie, csrfmiddlewaretoken=mine.token, **said)
    assert (entered.status, entered.headers[b"location"]) == (302, "/my/")
    assert Session.objects.count() == 1
    assert not entered.cookie.partition("=")[2].startswith("-")  # a session of the database, which can be ended


def test_every_try_is_held_from_its_arrival_to_the_same_moment(survivor, slept, monkeypatch):
    monkeypatch.setattr("holdfast.doors.survivor.held.STEP", 60.0)
    door = WayIn(Counting())
    page = ask(door)
    tries = [(survivor.code, "four other wrong words"), ("234CFGHJ", survivor.words), (survivor.code, survivor.words)]
    for code, words in tries:
        slept.clear()
        ask(door, "POST", page.cookie, csrfmiddlewaretoken=page.token, code=code, words=words)
        assert len(slept) == 1
        assert 50 < slept[0] < 60
    slept.clear()
    ask(door, "POST", page.cookie, "/my/in/key", csrfmiddlewaretoken=page.token, made="{}")
    assert len(slept) == 1


def test_a_try_without_a_turn_costs_no_door_and_is_told_the_emergency_numbers(survivor, slept, monkeypatch):
    monkeypatch.setattr(trying, "TURNS", type("Full", (), {"room": lambda *_: False})())
    doors = Counting()
    door = WayIn(doors)
    answers = [ask(door, "POST", code=survivor.code, words=survivor.words) for _ in range(5)]
    assert doors.asked == 1
    for answer in answers:
        assert (answer.status, answer.headers[b"retry-after"]) == (503, "60")
        assert "not locked" in answer.body
        assert "999" in answer.body
        assert "no-store" in answer.headers[b"cache-control"]
        assert b"set-cookie" not in answer.headers
    assert slept == []


def test_while_a_crowd_from_one_network_fills_the_line_somebody_from_elsewhere_has_room(monkeypatch):
    line = turns.Turns()
    monkeypatch.setattr(trying, "TURNS", line)
    trying.CROWDS.forget()
    for number in range(60):
        trying.room(f"198.51.{number}.1")
    crowded = trying.CROWDS.level(trying.wide_network_of("198.51.0.1"))
    line.waiting = [(trying.rank(0, crowded), number) for number in range(turns.MOST_WAITING)]
    assert not trying.room("198.51.99.1")
    assert trying.room("203.0.113.9")


def test_whoever_took_the_time_to_type_has_room_where_many_did_not(survivor, slept, monkeypatch):
    line = turns.Turns()
    monkeypatch.setattr(trying, "TURNS", line)
    door = WayIn(Counting())
    page = ask(door)
    line.waiting = [(trying.rank(0, 0, hasty=True), number) for number in range(turns.MOST_WAITING)]
    assert ask(door, "POST", page.cookie, code="x").status == 503
    now = way_in.time.time()
    monkeypatch.setattr(trying, "time", lambda: now + trying.TYPED_WITHIN + 1)
    assert ask(door, "POST", page.cookie, code="x").status == 403  # it was read, and its token is missing
    assert ask(door, "POST", "", code="x").status == 503


SURVIVORS = door_at("/my/")


def test_a_visit_s_cookie_opens_nothing_else_and_not_for_ever(monkeypatch):
    cookie = carried.sealed({carried.SEEN: 1000.0, "asked": "x"})
    monkeypatch.setattr(carried.time, "time", lambda: 1000.0 + 14 * 60)
    assert dict(carried.begun(cookie, SURVIVORS).items())["asked"] == "x"
    monkeypatch.setattr(carried.time, "time", lambda: 1000.0 + 15 * 60)
    assert dict(carried.begun(cookie, SURVIVORS).items()) == {}


@pytest.mark.parametrize("bad", ["-", "-%%%", "-AAAA", "-" + "A" * 9000, "-é"])
def test_a_cookie_that_is_none_of_ours_is_an_empty_visit(bad):
    assert dict(carried.begun(bad, SURVIVORS).items()) == {}


def test_neither_a_case_nor_a_row_of_the_database_can_be_sent_as_a_visit(monkeypatch):
    import base64

    from holdfast.site.sealed_sessions import Sealed

    monkeypatch.setattr(carried.time, "time", lambda: 1000.0)
    held = {carried.SEEN: 1000.0, "case": "x", "way": 1}
    assert dict(carried.begun(carried.sealed(held), SURVIVORS).items()) == {}
    row = "-" + base64.urlsafe_b64encode(Sealed().dumps({carried.SEEN: 1000.0, "asked": "x"})).decode()
    assert dict(carried.begun(row, SURVIVORS).items()) == {}
