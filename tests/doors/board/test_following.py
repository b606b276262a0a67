"""One thread looks for all who watch: it wakes them, beats only while the record can be read, and ends by itself."""

import asyncio
import time
from datetime import UTC
from datetime import datetime

import pytest
from tests.support.apart import run_apart

from holdfast.access.person import Person
from holdfast.casefile.append import Draft
from holdfast.casefile.append import open_case
from holdfast.doors.board import following as following_module
from holdfast.doors.board.changes import BySqlite
from holdfast.doors.board.following import Following
from holdfast.doors.board.picture import Picture
from holdfast.doors.board.stream import telling
from holdfast.record.entry import By

DISPATCHER = Person("dispatcher", "D1")
PATIENT = 20.0  # seconds: other work may be going on on the same machine


class Broken(BySqlite):
    """A record that cannot be read for a while."""

    is_broken = False
    looks = 0

    def newest(self) -> int:
        self.looks += 1
        if self.is_broken:
            raise OSError("the disk is gone")
        return super().newest()


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(following_module, "LOOKS_EVERY", 0.01)
    monkeypatch.setattr(following_module, "BEATS_EVERY", 0.05)
    monkeypatch.setattr(following_module, "LINGERS", 0.1)


def a_call() -> str:
    now = datetime.now(UTC)
    drafts = [Draft("CallReceived", {"route": "voice"}, now)]
    return open_case("england-and-wales", by=By("feed", "sip"), happened_at=now, drafts=drafts).code


def until(done) -> None:
    ends = time.monotonic() + PATIENT
    while not done():
        assert time.monotonic() < ends, "it did not come"
        time.sleep(0.01)


async def _heard(stream, wanted: bytes) -> bytes:
    said = b""
    async with asyncio.timeout(PATIENT):
        async for piece in stream:
            said += piece
            if wanted in said:
                return said
    raise AssertionError("the stream ended")


def test_an_entry_reaches_whoever_watches_and_the_thread_ends_after_the_last(database, quick):
    following = Following(Picture(BySqlite()))

    async def watches() -> None:
        one, other = telling(following, DISPATCHER, ""), telling(following, DISPATCHER, "")
        await _heard(one, b"event: beat")
        await _heard(other, b"event: beat")
        assert following.watched_by == 2
        code = await asyncio.to_thread(a_call)
        for stream in (one, other):
            assert b"event: row" in await _heard(stream, code.encode())
            await stream.aclose()

    run_apart(watches())
    assert following.watched_by == 0
    until(lambda: following._thread is None)


def test_no_beat_is_told_while_the_record_cannot_be_read(database, quick, caplog):
    changes = Broken()
    following = Following(Picture(changes))

    async def watches() -> None:
        stream = telling(following, DISPATCHER, "")
        await _heard(stream, b"event: beat")
        changes.is_broken = True
        looks = changes.looks
        await asyncio.to_thread(until, lambda: changes.looks > looks + 1)
        beats = following.beat
        await asyncio.to_thread(until, lambda: changes.looks > looks + 2)
        assert following.beat == beats
        changes.is_broken = False
        await _heard(stream, b"event: beat")
        await asyncio.to_thread(until, lambda: following.beat > beats)
        await stream.aclose()

    run_apart(watches())
    assert "could not be brought up to date: OSError" in caplog.text
    until(lambda: following._thread is None)


def test_many_who_watch_are_one_look(database, quick):
    changes = Broken()
    following = Following(Picture(changes))

    async def watches() -> None:
        streams = [telling(following, DISPATCHER, "") for _ in range(20)]
        for stream in streams:
            await anext(stream)
        looks, beats = changes.looks, following.beat
        await asyncio.to_thread(until, lambda: following.beat > beats + 3)
        # a beat each 5 looks or more: twenty streams do not look twenty times as often
        assert changes.looks - looks < 60
        for stream in streams:
            await stream.aclose()

    run_apart(watches())
    until(lambda: following._thread is None)
