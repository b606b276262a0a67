"""How a person is reached: rings, answers and their order, by clocks and a wire that the test holds."""

import asyncio
from collections.abc import Callable
from datetime import UTC
from datetime import datetime
from ipaddress import ip_network
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from tests.casefile.writing import ago
from tests.casefile.writing import new_case
from tests.support.apart import run_apart

from holdfast.casefile.append import append
from holdfast.doors.telephone import reaching
from holdfast.doors.telephone.asking import Asking
from holdfast.doors.telephone.exchange import Reply
from holdfast.doors.telephone.g711 import RATE
from holdfast.doors.telephone.g711 import SILENCE
from holdfast.doors.telephone.leg import Desk
from holdfast.doors.telephone.leg import Leg
from holdfast.doors.telephone.line import Line
from holdfast.doors.telephone.point import Point
from holdfast.doors.telephone.point import Settings
from holdfast.doors.telephone.prompts import Prompts
from holdfast.doors.telephone.reaching import Reaching
from holdfast.doors.telephone.sip_message import read_message
from holdfast.doors.telephone.sip_message import write_response
from holdfast.doors.telephone.through import FRAME
from holdfast.doors.telephone.through import HELD
from holdfast.doors.telephone.through import Through
from holdfast.doors.telephone.track import Track
from holdfast.record.entry import By
from holdfast.site.commands.answer import settings_of
from holdfast.site.commands.refusing import NotDone

DESK = Desk("sip:desk@127.0.0.1:5070", ("127.0.0.1", 5070))
SOUND = b"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8\r\n"


class Wire:
    """What was sent, and answers to it."""

    def __init__(self) -> None:
        self.sent: list[Any] = []
        self.asking = Asking(lambda content, to: self.sent.append(read_message(content)))
        self.send = lambda content, to: self.sent.append(read_message(content))
        self.ask, self.invite = self.asking.ask, self.asking.invite

    @property
    def methods(self) -> list[str]:
        return [each.method for each in self.sent]

    def answer(self, status: int, tag: str = "d", *, to: str = "INVITE", body: bytes = SOUND) -> None:
        """An answer to the first request of a method."""
        request = next(each for each in self.sent if each.method == to)
        more = (("Contact", "<sip:x@127.0.0.1:5071>"), ("Content-Type", "application/sdp"))
        content = write_response(request, min(status, 503), to_tag=tag, more=more, body=body if status == 200 else b"")
        self.asking.answered(read_message(content))


def with_leg(work: Callable[[Leg, Wire, list[str]], None]) -> None:
    """Does something with a leg that rings."""

    async def run() -> None:
        wire, told = Wire(), []
        leg = Leg(DESK, "127.0.0.1:5060", "+447700900000", Line("alaw", lambda: 0.0, lambda key: None), wire,
                  told.append, lambda: 0.0)  # fmt: skip
        leg.ring()
        work(leg, wire, told)
        wire.asking.close()

    run_apart(run())


def test_a_200_has_its_ack_each_time_and_is_told_once() -> None:
    def work(leg: Leg, wire: Wire, told: list[str]) -> None:
        for _ in range(3):
            wire.answer(200)
        assert wire.methods == ["INVITE", "ACK", "ACK", "ACK"]
        assert {each.uri for each in wire.sent[1:]} == {"sip:x@127.0.0.1:5071"}  # to whom the answer names
        assert {each.cseq for each in wire.sent[1:]} == {(1, "ACK")}
        assert told == ["up"]

    with_leg(work)


def test_a_refusal_has_its_ack_in_the_same_transaction_each_time_and_is_told_once() -> None:
    def work(leg: Leg, wire: Wire, told: list[str]) -> None:
        wire.answer(100)
        wire.answer(503)
        wire.answer(503)
        assert wire.methods == ["INVITE", "ACK", "ACK"]
        assert {each.get("via") for each in wire.sent} == {wire.sent[0].get("via")}
        assert told == ["503"]

    with_leg(work)


def test_a_second_telephone_that_answers_as_well_is_hung_up() -> None:
    def work(leg: Leg, wire: Wire, told: list[str]) -> None:
        wire.answer(200, "first")
        wire.answer(200, "second")
        wire.answer(200, "second")
        assert wire.methods == ["INVITE", "ACK", "ACK", "BYE", "ACK"]
        assert wire.sent[3].get("to").endswith("tag=second")
        assert (leg.state, leg.dialog.their_tag, told) == ("up", "first", ["up"])

    with_leg(work)


def test_what_is_taken_back_before_anything_was_answered_waits_for_the_first_answer() -> None:
    def work(leg: Leg, wire: Wire, told: list[str]) -> None:
        leg.stop()
        assert wire.methods == ["INVITE"]  # RFC 3261 9.1
        wire.answer(100)
        wire.answer(100)
        assert wire.methods == ["INVITE", "CANCEL"]
        assert wire.sent[1].get("via") == wire.sent[0].get("via")
        assert wire.sent[1].cseq == (1, "CANCEL")

    with_leg(work)


def test_one_who_answers_while_it_is_taken_back_is_hung_up() -> None:
    def work(leg: Leg, wire: Wire, told: list[str]) -> None:
        wire.answer(100)
        leg.stop()
        wire.answer(200, to="CANCEL", body=b"")
        wire.answer(200)
        assert wire.methods == ["INVITE", "CANCEL", "ACK", "BYE"]
        assert told == []

    with_leg(work)


@pytest.mark.parametrize("body", [b"", b"v=0\r\n", SOUND.replace(b"AVP 8", b"AVP 96"), SOUND.replace(b"4000", b"0")])
def test_an_answer_without_sound_is_hung_up(body: bytes) -> None:
    def work(leg: Leg, wire: Wire, told: list[str]) -> None:
        wire.answer(200, body=body)
        assert wire.methods == ["INVITE", "ACK", "BYE"]
        assert (leg.state, len(told)) == ("over", 1)

    with_leg(work)


def test_a_desk_on_whose_line_nothing_comes_is_asked_and_counts_as_gone_only_where_it_says_so() -> None:
    async def run() -> None:
        wire, told, at = Wire(), [], [0.0]
        line = Line("alaw", lambda: at[0], lambda key: None)
        leg = Leg(DESK, "127.0.0.1:5060", "", line, wire, told.append, lambda: at[0])
        leg.ring()
        wire.answer(200)
        for seconds, status in ((10.0, 0), (31.0, 200), (62.0, 481)):
            at[0] = seconds
            leg.look_after()
            if status:
                wire.answer(status, to="OPTIONS", body=b"")
                wire.sent = [each for each in wire.sent if each.method != "OPTIONS"]
                assert told == (["up"] if status == 200 else ["up", "line_failed"])
        assert wire.methods == ["INVITE", "ACK", "BYE"]
        wire.asking.close()

    run_apart(run())


def test_the_desk_brings_no_calls_in_and_a_ring_of_ours_that_comes_back_is_refused(tmp_path: Path) -> None:
    elsewhere = ip_network("127.0.0.9")
    where = Settings("127.0.0.1", 5060, "smallplace", heard=(elsewhere,), desk=DESK)
    point = Point(where, {}, Prompts(tmp_path))

    async def run() -> None:
        wire, line = Wire(), Line("alaw", lambda: 0.0, lambda key: None)
        line.port = 4000
        leg = Leg(DESK, point.here, "", line, wire, lambda said: None, float)
        leg.ring()
        (invite,) = wire.sent
        assert point.asked(invite, DESK.at, "key") == Reply(403)
        point.reaching[("1", "2", "3")] = SimpleNamespace(leg=leg)  # type: ignore[assignment]
        assert point.asked(invite, ("127.0.0.9", 5060), "key") == Reply(482)
        wire.asking.close()

    run_apart(run())
    assert point.calls == {}


class Waiting:
    """A caller as whoever rings for them sees it."""

    def __init__(self) -> None:
        self.at, self.over, self.for_a_person, self.number = 0.0, "", True, ""
        self.line = Line("alaw", self.now, lambda key: None)

    def now(self) -> float:
        return self.at

    def disconnect(self, why: str) -> bool:
        return False


def rung(acts: Callable[[Reaching, Waiting], None], *, closed: bool = False) -> list[str]:
    """The methods that were sent, after each of the acts had its turn."""

    async def run() -> list[str]:
        wire, call = Wire(), Waiting()
        call.at = 1.0

        async def opened(line: Line) -> int:
            return 4000

        async def is_closed() -> bool:
            return closed

        made = Reaching(call, DESK, "127.0.0.1:5060", wire, opened)  # type: ignore[arg-type]
        made._closed = is_closed  # type: ignore[method-assign]
        made.wire = wire  # type: ignore[attr-defined]
        for seconds in (0, reaching.RINGS + 1, reaching.AGAIN + reaching.AFTER_A_TALK):
            call.at += seconds
            acts(made, call)
            for _ in range(2):
                made.turn()
                await asyncio.sleep(0)
                await asyncio.sleep(0)
        wire.asking.close()
        return wire.methods

    return run_apart(run())


def test_nobody_is_rung_before_the_call_is_a_persons() -> None:
    def not_yet(made: Reaching, call: Waiting) -> None:
        call.for_a_person = False

    assert rung(not_yet) == []


def test_one_who_lets_it_ring_too_long_is_rung_anew() -> None:
    def ringing(made: Reaching, call: Waiting) -> None:
        if made.leg:
            made.leg.state = "ringing"  # something was answered

    assert rung(ringing) == ["INVITE", "CANCEL", "INVITE"]


def test_nobody_is_rung_again_for_a_call_that_was_closed() -> None:
    def busy(made: Reaching, call: Waiting) -> None:
        if made.leg:
            made.wire.answer(503)  # type: ignore[attr-defined]

    assert rung(busy, closed=True) == ["INVITE", "ACK"]
    assert rung(busy, closed=False) == ["INVITE", "ACK", "INVITE"]


def test_a_call_counts_as_closed_until_the_caller_presses_a_key_again(database: Path, small_pack: str) -> None:
    case, call = new_case(small_pack), Waiting()
    call.began, call.pressed_at = datetime.now(UTC).timestamp() - 60, 0.0
    call.telling = SimpleNamespace(case=case)
    made = Reaching(call, DESK, "127.0.0.1:5060", Wire(), None)  # type: ignore[arg-type]

    def closed() -> bool:
        return run_apart(made._closed())

    append(case, "CallReceived", {"route": "silent"}, by=By("feed", "sip"), happened_at=ago(minutes=1))
    assert not closed()
    append(case, "CallClosed", {"reason": "other"}, by=By("supervisor", "S1"), happened_at=ago(minutes=2))
    assert closed(), "by when it was recorded: people write the minute"
    call.pressed_at = 120.0
    assert not closed()
    call.pressed_at, call.telling.case = 0.0, uuid4()
    assert not closed(), "what cannot be read is not closed"


@settings(max_examples=60, deadline=None)
@given(
    lost=st.sets(st.integers(0, 199), max_size=30),
    late=st.lists(st.integers(0, 2), min_size=200, max_size=200),
    drift=st.sampled_from([-3, 0, 3]),
)
def test_what_came_is_said_in_its_order_whatever_the_line_did(lost: set[int], late: list[int], drift: int) -> None:
    track, silence = Track("alaw"), bytes((SILENCE["alaw"],)) * FRAME
    through, said = Through(track, "alaw"), []
    coming: dict[int, list[int]] = {}
    for number in range(200):
        if number not in lost:
            coming.setdefault(number + late[number], []).append(number)
    for turn in range(210):
        for number in coming.get(turn, []):
            track.put(1, number * FRAME, bytes((number,)) * FRAME, turn * FRAME + turn * drift)
        said.append(through())
    spoken = [each for each in said if each != silence]
    whole = [each[0] for each in spoken if len(set(each)) == 1]
    assert whole == sorted(whole), "in their order"
    assert len(set(whole)) == len(whole), "each once"
    if not lost and not drift:
        assert len(whole) > 180, "and nearly all of them"


def test_after_minutes_without_a_packet_what_comes_is_said() -> None:
    at = [0.0]
    line = Line("alaw", lambda: at[0], lambda key: None)
    leg = Leg(DESK, "127.0.0.1:5060", "", line, Wire(), lambda said: None, lambda: at[0])
    through, said = Through(line.theirs, "alaw"), b""
    for turn in range(6_050):
        at[0] = turn * 0.02
        if turn < 50 or turn >= 6_000:  # two minutes of nothing between
            line.theirs.put(1, turn * FRAME, bytes((turn % 50,)) * FRAME, turn * FRAME)
        leg.speak()
        said = through()
    assert said[0] >= 49 - HELD // FRAME
    assert line.theirs.end - line.theirs.start < 10 * RATE, "and nothing is kept that nobody reads"


@pytest.mark.parametrize(
    "desk",
    ["call-takers@10.0.0.5", "sip:call-takers@desk.example", "sips:a@127.0.0.2", "sip:a@127.0.0.1:5060",
     "sip:a@127.0.0.2:0", "sip:a@[::1]:5070", "sip:a b@127.0.0.2", "sip:a@0.0.0.0", "sip:a@127.0.0.2\r\nX: y"],
)  # fmt: skip
def test_an_address_that_cannot_be_rung_is_refused_at_the_start(desk: str) -> None:
    with pytest.raises(NotDone):
        settings_of(_asked(desk))


def test_an_address_in_figures_is_taken() -> None:
    assert settings_of(_asked("sip:call-takers@127.0.0.2")).desk == Desk(
        "sip:call-takers@127.0.0.2", ("127.0.0.2", 5060)
    )
    assert settings_of(_asked("")).desk is None


def _asked(desk: str) -> Any:
    import argparse

    from holdfast.site.commands.answer import arguments

    parser = argparse.ArgumentParser()
    arguments(parser)
    return parser.parse_args([f"--desk={desk}"])
