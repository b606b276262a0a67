"""How many, how long, how fast: each limit is kept, and refuses with a page that still helps."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.site.limits import LONGEST_ADDRESS
from holdfast.site.limits import MOST_HEADERS
from holdfast.site.limits import Limits
from holdfast.site.rate import Buckets
from holdfast.site.rate import counted_as


class Doors:
    """Answers as the doors would: 200, or the refusal that it is asked for."""

    def __init__(self) -> None:
        self.drawn = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        status = scope.get("holdfast.refused", 200)
        self.drawn += status != 200
        await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"text/html")]})
        await send({"type": "http.response.body", "body": b"call 999"})


def run_apart(work: Any) -> None:
    """In a thread of its own: a browser's loop may run in this one."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, work).result()


def ask(limits: Limits, path: str = "/my/", method: str = "GET", client: str = "203.0.113.7", **more: Any) -> dict:
    sent: list[dict] = []

    async def send(message: dict) -> None:
        sent.append(message)

    async def receive() -> dict:
        return {"type": "http.request", "body": b"", "more_body": False}

    scope = {
        "type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": b"",
        "headers": [(b"host", b"127.0.0.1")], "client": (client, 1), **more,
    }  # fmt: skip
    run_apart(limits(scope, receive, send))
    return {
        **sent[0],
        "headers": dict(sent[0]["headers"]),
        "body": b"".join(each.get("body", b"") for each in sent[1:]),
    }


@pytest.fixture
def stopped() -> Limits:
    """Limits whose clock stands still."""
    return Limits(Doors(), clock=lambda: 0.0)


def test_an_address_that_asks_too_fast_waits_and_is_told_so(stopped: Limits) -> None:
    answers = [ask(stopped)["status"] for _ in range(401)]
    assert answers[:400] == [200] * 400
    refusal = ask(stopped)
    assert refusal["status"] == 429
    assert int(refusal["headers"][b"retry-after"]) >= 1
    assert refusal["body"] == b"call 999"
    assert ask(stopped, client="203.0.113.8")["status"] == 200, "another address is another matter"


def test_only_the_setting_of_the_attack_lets_everybody_hurry() -> None:
    hurrying = Limits(Doors(), clock=lambda: 0.0, unslowed=True)
    assert {ask(hurrying, method="POST")["status"] for _ in range(500)} == {200}
    assert ask(hurrying, query_string=b"x" * LONGEST_ADDRESS)["status"] == 414


def test_a_refusal_is_drawn_once(stopped: Limits) -> None:
    for _ in range(450):
        ask(stopped)
    assert stopped.inner.drawn == 1


def test_nobody_is_kept_from_leaving_or_from_the_styles(stopped: Limits) -> None:
    for _ in range(450):
        ask(stopped)
    for path in ("/my/leave", "/leave", "/static/look/page.css"):
        assert ask(stopped, path)["status"] == 200


def test_one_session_is_counted_whatever_address_it_comes_from(stopped: Limits) -> None:
    cookie = [(b"cookie", b"a=b; __Secure-page=abc")]
    answers = [ask(stopped, client=f"203.0.113.{n % 200}", headers=cookie)["status"] for n in range(301)]
    assert answers[:300] == [200] * 300
    assert answers[300] == 429


def test_a_form_costs_as_much_as_five_pages(stopped: Limits) -> None:
    answers = [ask(stopped, method="POST")["status"] for _ in range(81)]
    assert answers == [200] * 80 + [429]


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"headers": [(b"x", b"y")] * (MOST_HEADERS + 1)}, 431),
        ({"query_string": b"a" * (LONGEST_ADDRESS + 1)}, 414),
        ({"raw_path": b"/" * (LONGEST_ADDRESS + 1)}, 414),
    ],
)
def test_what_is_too_long_is_refused(stopped: Limits, more: dict, status: int) -> None:
    assert ask(stopped, **more)["status"] == status


def test_a_body_that_never_comes_is_given_up() -> None:
    seen = []

    async def waits(scope: Any, receive: Any, send: Any) -> None:
        seen.append(await receive())

    moments = iter([0.0, 0.0, 1000.0])
    limits = Limits(waits, clock=lambda: next(moments))

    async def never() -> dict:
        await asyncio.Event().wait()
        return {}

    scope = {
        "type": "http", "method": "GET", "path": "/my/", "raw_path": b"/my/", "query_string": b"",
        "headers": [], "client": None,
    }  # fmt: skip
    run_apart(limits(scope, never, never))
    assert seen == [{"type": "http.disconnect"}]


@given(st.lists(st.tuples(st.integers(0, 40), st.floats(0, 5)), max_size=200))
def test_a_bucket_never_gives_more_than_it_may_and_never_grows(asked: list[tuple[int, float]]) -> None:
    buckets = Buckets(per_second=2.0, burst=3.0, most=5)
    now, given_out = 0.0, {}
    for key, later in asked:
        now += later
        if not buckets.take("one", now):
            given_out[now] = given_out.get(now, 0) + 1
        buckets.take(str(key), now)
        assert len(buckets) <= 5


@pytest.mark.parametrize(
    ("address", "key"),
    [("203.0.113.7", "203.0.113.7"), ("2001:db8::1", "2001:db8::/64"), ("127.0.0.1", ""), ("::1", ""), ("", ""),
     ("fe80::1%eth0", "fe80::/64")],
)  # fmt: skip
def test_what_an_address_is_counted_as(address: str, key: str) -> None:
    assert counted_as(address) == key
