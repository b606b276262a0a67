"""What is served from memory is what the doors would answer, header for header; and nobody's visit is written down."""

import asyncio
import gzip
import logging
from collections.abc import Callable
from collections.abc import Coroutine
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from holdfast.doors.guide.kept import most_read
from holdfast.doors.guide.kept import zone_of
from holdfast.doors.look.ease import SIZES
from holdfast.site import kept
from holdfast.site.asgi import application
from holdfast.site.kept import KeptPages
from holdfast.site.logs import QUIET
from holdfast.site.logs import WithoutDetail

PAGE = "/guide/england-and-wales/bail"
UTC = ZoneInfo("UTC")


def run_apart(work: Coroutine[Any, Any, Any]) -> Any:
    """In a thread of its own: in this one a browser's loop may be running, if a test before asked for one."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, work).result()


class Doors:
    """An application that counts what it is asked, and answers with its number, its path and its cookie."""

    def __init__(self, status: int = 200, more: tuple[tuple[bytes, bytes], ...] = ()):
        self.asked: list[dict[str, Any]] = []
        self.status, self.more = status, more

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await asyncio.sleep(0.3)
            return
        self.asked.append(scope)
        await receive()
        told = dict(scope["headers"])
        body = f"{len(self.asked)} {scope['path']} {told.get(b'cookie', b'').decode()}".encode()
        head = [(b"content-type", b"text/html"), (b"x-own", b"1"), (b"content-length", b"%d" % len(body)), *self.more]
        await send({"type": "http.response.start", "status": self.status, "headers": head})
        await send({"type": "http.response.body", "body": body[:3], "more_body": True})
        await send({"type": "http.response.body", "body": body[3:]})


class Got:
    """One answer."""

    def __init__(self, sent: list[Any]):
        self.status = sent[0]["status"]
        self.headers = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
        raw = b"".join(each.get("body", b"") for each in sent[1:])
        self.sent = raw
        self.body = gzip.decompress(raw) if raw and self.headers.get("content-encoding") == "gzip" else raw


async def asking(given: Any, path: str, method: str = "GET", query: str = "", **headers: str) -> Got:
    """Asks an application for something, as a server would."""
    told = {"host": "127.0.0.1", **{name.replace("_", "-"): value for name, value in headers.items()}}
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
        "path": path, "raw_path": path.encode(), "query_string": query.encode(), "root_path": "", "client": ("a", 1),
        "server": ("127.0.0.1", 80),
        "headers": [(name.lower().encode(), value.encode()) for name, value in told.items()],
    }  # fmt: skip
    sent: list[Any] = []
    waited = False

    async def receive() -> Any:
        nonlocal waited
        if waited:
            await asyncio.Event().wait()
        waited = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    await given(scope, receive, send)
    return Got(sent)


def ask(given: Any, *path: str, **more: str) -> Got:
    return run_apart(asking(given, *path, **more))


def pages(doors: Doors, *, most: int = 1_000_000) -> KeptPages:
    return KeptPages(doors, lambda path: UTC if path.startswith("/guide") else None, most=most)


def test_a_page_is_made_once_and_sent_again() -> None:
    doors = Doors()
    given = pages(doors)
    first, second = ask(given, "/guide/a"), ask(given, "/guide/a")
    assert first.body == second.body == b"1 /guide/a "
    assert second.headers["x-own"] == "1"
    assert second.headers["content-length"] == str(len(second.body))
    assert len(doors.asked) == 1


def test_compressed_or_not_as_the_browser_takes_it() -> None:
    given = pages(Doors())
    assert ask(given, "/guide/a", accept_encoding="gzip, br").headers["content-encoding"] == "gzip"
    plain = ask(given, "/guide/a")
    assert "content-encoding" not in plain.headers
    assert plain.sent == ask(given, "/guide/a", accept_encoding="gzip").body
    assert plain.headers["vary"] == "Accept-Encoding, Cookie"


@pytest.mark.parametrize("refused", ["gzip;q=0", "br, gzip; q=0.0", "identity", "x-gzipped"])
def test_who_cannot_read_compressed_pages_gets_none(refused: str) -> None:
    assert "content-encoding" not in ask(pages(Doors()), "/guide/a", accept_encoding=refused).headers


def test_of_a_head_only_the_head_is_sent() -> None:
    given = pages(Doors())
    answer = ask(given, "/guide/a", "HEAD")
    assert (answer.status, answer.sent, answer.headers["content-length"]) == (200, b"", "11")


@pytest.mark.parametrize(
    "more",
    [{"method": "POST"}, {"query": "on=2026-01-01"}, {"cookie": "__Host-seen=1"},
     {"cookie": "__Host-look=300; __Host-seen=1"}, {"host": "elsewhere.example"}, {"host": ""}],
    ids=str,
)  # fmt: skip
def test_whatever_is_not_the_same_for_all_goes_to_the_doors(more: dict[str, str]) -> None:
    doors = Doors()
    given = pages(doors)
    ask(given, "/guide/a")
    assert ask(given, "/guide/a", **more).body.startswith(b"2 ")
    assert ask(given, "/guide/a", **more).body.startswith(b"3 ")


def test_each_way_of_reading_has_its_own_page_and_other_cookies_are_never_told() -> None:
    doors = Doors()
    given = pages(doors)
    assert ask(given, "/guide/a", cookie="other=secret; __Host-look=310").body == b"1 /guide/a __Host-look=310"
    assert ask(given, "/guide/a", cookie="other=secret").body == b"2 /guide/a "
    assert ask(given, "/guide/a", cookie="__Host-look=310").body == b"1 /guide/a __Host-look=310"
    assert all(b"secret" not in dict(scope["headers"]).get(b"cookie", b"") for scope in doors.asked)


def test_cookies_in_several_headers_are_read_together() -> None:
    doors = Doors()
    given = pages(doors)
    ask(given, "/guide/a")
    assert ask(given, "/guide/a", cookie="__Host-seen=1", Cookie="__Host-look=310").body.startswith(b"2 ")


def test_nobody_can_fill_the_memory_with_the_same_page() -> None:
    doors = Doors()
    given = pages(doors)
    for number in range(1000):
        ask(given, "/guide/a", cookie=f"__Host-look={number:03}")
    assert len(given._kept) <= len(SIZES) * 4 + 1
    step = "/guide/england-and-wales/way/now/"
    assert zone_of(f"{step}1")
    assert [zone_of(f"{step}{other}") for other in ("01", "0001", "\u0661")] == [None] * 3


def test_those_who_ask_at_once_for_a_new_page_wait_for_one_and_the_same() -> None:
    doors = Doors()
    given = pages(doors)

    async def crowd() -> list[Got]:
        return await asyncio.gather(*(asking(given, "/guide/a") for _ in range(20)))

    assert {got.body for got in run_apart(crowd())} == {b"1 /guide/a "}
    assert len(doors.asked) == 1
    assert not given._making


@pytest.mark.parametrize("doors", [Doors(status=404), Doors(more=((b"set-cookie", b"a=1"),))], ids=["404", "a cookie"])
def test_an_error_and_a_page_with_a_cookie_are_never_kept(doors: Doors) -> None:
    given = pages(doors)
    before = len(doors.asked)
    assert ask(given, "/guide/a").status == doors.status
    assert ask(given, "/guide/a").status == doors.status
    assert len(doors.asked) > before + 2
    assert not given._kept


def test_a_page_ends_at_midnight_where_the_place_is(monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> "Clock":
            return cls(2026, 11, today, 12, tzinfo=tz)

    monkeypatch.setattr(kept, "datetime", Clock)
    given, today = pages(Doors()), 21
    assert ask(given, "/guide/a").body == b"1 /guide/a "
    today = 22
    assert ask(given, "/guide/a").body == b"2 /guide/a "


def test_memory_has_an_end_and_what_was_not_read_for_longest_goes_first() -> None:
    doors = Doors()
    given = pages(doors, most=100)
    for path in ("/guide/a", "/guide/b", "/guide/a", "/guide/c", "/guide/d"):
        ask(given, path)
    assert given._size <= 100
    assert given._size == sum(len(page.compressed) for page in given._kept.values())
    assert "/guide/b" not in {key.path for key in given._kept}


def test_what_is_read_most_is_made_before_anybody_asks() -> None:
    doors = Doors()
    given = KeptPages(doors, lambda path: UTC, lambda: ["/guide/a", "/guide/b"])

    async def nothing(message: Any = None) -> Any:
        return None

    run_apart(given({"type": "lifespan"}, nothing, nothing))
    assert [scope["path"] for scope in doors.asked] == ["/guide/a", "/guide/b"]
    by_tls = {"x_forwarded_proto": "https"}  # as the proxy says it whom the settings of these tests have in front
    assert ask(given, "/guide/a", **by_tls).body == b"1 /guide/a "


@pytest.fixture
def as_served(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Got]:
    """The real application with an empty memory."""
    monkeypatch.setattr(application, "_kept", type(application._kept)())
    return lambda *path, **more: ask(application, *path, **more)


@pytest.mark.parametrize("path", ["/", PAGE, "/guide/england-and-wales/", "/traces", "/guide/england-and-wales/card"])
def test_from_memory_a_page_has_every_header_and_word_that_the_doors_give(
    as_served: Callable[..., Got], path: str
) -> None:
    rendered = Client().get(path)
    for _ in range(2):
        got = as_served(path, accept_encoding="gzip")
        assert got.body == rendered.content
        given = {name.lower(): value for name, value in rendered.headers.items() if name != "Vary"}
        given.pop("content-length", None)
        assert {name: got.headers.get(name) for name in given if name != "content-security-policy"} == {
            name: value for name, value in given.items() if name != "content-security-policy"
        }
        assert set(got.headers["content-security-policy"].split("; ")) == set(
            given["content-security-policy"].split("; ")
        )
    assert len(application._kept) == 1


def test_every_page_of_the_guide_is_one_that_is_kept() -> None:
    listed = list(most_read())
    assert PAGE in listed
    assert all(zone_of(path) for path in listed)
    anew = ("services", "cy/bail/formats", "formats", "about", "file/usual/information.pdf")
    elsewhere = ("/my/", "/desk/", "/guide/nowhere/", "/static/look/page.css", "/start/england-and-wales")
    for path in (*(f"/guide/england-and-wales/{each}" for each in anew), *elsewhere):
        assert zone_of(path) is None, path


def test_who_left_and_came_back_meets_the_neutral_page(as_served: Callable[..., Got]) -> None:
    as_served(PAGE)
    assert b"This page has been closed" in as_served(PAGE, cookie="__Host-seen=1").body


@pytest.fixture
def log() -> Iterator[StringIO]:
    """All that anything says, at every level, in the form in which it is logged."""
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(WithoutDetail())
    found = [logging.getLogger(name) for name in ("", *QUIET["loggers"])]
    before = [(each, each.level) for each in found]
    for each in found:
        each.addHandler(handler)
        each.setLevel(logging.DEBUG)
    yield written
    for each, level in before:
        each.removeHandler(handler)
        each.setLevel(level)


def test_no_library_says_what_it_wrote_into_its_words(log: StringIO) -> None:
    logging.getLogger("zzz_library.part").error(f"somebody at {'203.0.113.9'} came")  # noqa: G004 as libraries do
    assert "error zzz_library.part: something was said at test_kept:" in log.getvalue()
    assert "203" not in log.getvalue().partition("zzz")[2]


def test_no_log_and_no_file_says_who_read_which_page(
    as_served: Callable[..., Got], log: StringIO, database: Path
) -> None:
    asked = (
        (PAGE,), ("/guide/england-and-wales/zzz-no-such-page",), ("/guide/zzz-nowhere/",), ("/my/in",), ("/my/zzz",),
        (PAGE, "GET", "on=zzz"), ("/guide/england-and-wales/services", "POST"), ("/leave/zzz",), ("/look", "POST"),
        (PAGE, "DELETE"), ("/guide/england-and-wales/file/usual/zzz.pdf",),
    )  # fmt: skip
    for each in asked:
        as_served(*each, user_agent="zzz-browser")
    said = log.getvalue()
    assert "a request was answered with 404" in said
    for telling in ("/guide", "/my", "bail", "zzz", "127.0.0.1", "england"):
        assert telling not in said, telling
    for file in database.parent.rglob("*"):
        if file.is_file() and file.suffix != ".sqlite3-shm":
            assert b"zzz" not in file.read_bytes(), file.name
    assert QUIET["loggers"]["uvicorn.access"] == {"handlers": [], "level": "CRITICAL", "propagate": False}
