"""A call taker who speaks with a caller: the control room's telephone is rung, answered, busy, silent, hung up.

One answering point and one desk for all; each test has a caller of its own, and the desk knows it by its number.
"""

import random
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import numpy as np
import pytest
from tests.doors.telephone.caller import RATE
from tests.doors.telephone.caller import Caller
from tests.doors.telephone.caller import in_law
from tests.doors.telephone.desk import MUTE
from tests.doors.telephone.desk import RINGS
from tests.doors.telephone.desk import SPOILT
from tests.doors.telephone.desk import Desk
from tests.doors.telephone.desk import header
from tests.doors.telephone.point import Running
from tests.doors.telephone.point import kinds
from tests.doors.telephone.point import of_number
from tests.doors.telephone.point import one
from tests.doors.telephone.test_signalling import spoilt

from holdfast.doors.telephone.g711 import heard

pytestmark = pytest.mark.waits

_numbers = count(1001)
CHANCE = np.random.default_rng(44)
# What each says: noise that is nowhere else, so that each byte of it is known again.
VOICE, ANSWER = (in_law(CHANCE.normal(0, 0.1, RATE // 2)) for _ in range(2))


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    """The control room's telephone."""
    made = Desk()
    yield made
    made.close()


@pytest.fixture(scope="module")
def running(desk: Desk, tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Iterator[Running]:
    """One answering point for all."""
    folder = tmp_path_factory.mktemp("bridged")
    point = Running(folder, "--pack", "england-and-wales", "--desk", desk.uri, database=migrated)
    yield point
    point.stop()


@pytest.fixture
def caller(running: Running) -> Iterator[Caller]:
    """A caller from a landline, whose calls are a person's at once: the place says so. Each has their own number."""
    made = _caller(running)
    yield made
    made.close()


def _caller(running: Running, user: str = "landline") -> Caller:
    return Caller(running.at, user=user, number=f"+44770090{next(_numbers)}")


def _rings(caller: Caller, desk: Desk, *plan: int) -> None:
    desk.plans[caller.number] = list(plan)
    assert caller.call() == 200
    caller.start()


def _connected(caller: Caller, running: Running, times: int = 1) -> list:
    """The entries, once a call taker was connected so often."""
    return running.wait_for(
        lambda calls: (
            (found := of_number(calls, caller.number))
            and kinds(found[1]).count("CallTakerConnected") >= times
            and found[1]
        )
    )


def _ended(caller: Caller, running: Running) -> tuple[str, list]:
    assert caller.leave() == 200
    return running.wait_for(
        lambda calls: (found := of_number(calls, caller.number)) and "CallRecorded" in kinds(found[1]) and found
    )


def test_both_hear_each_other_keys_are_heard_and_the_recording_holds_both(
    caller: Caller, desk: Desk, running: Running
) -> None:
    desk.heard, desk.says = b"", ANSWER
    _rings(caller, desk)
    assert _connected(caller, running)
    caller.play(VOICE * 20)  # one of them comes whole, however busy this machine is
    desk.wait(lambda: VOICE in desk.heard)
    desk.wait(lambda: ANSWER in bytes(caller.hears))
    caller.press("7")
    entries = running.wait_for(
        lambda calls: "KeysPressed" in kinds(of_number(calls, caller.number)[1]) and of_number(calls, caller.number)[1]
    )
    assert one(entries, "KeysPressed").keys == "7"
    desk.wait(lambda: _key_in(desk.heard, 852, 1209))  # a key beside the sound is a tone for the call taker
    case, entries = _ended(caller, running)
    (talk,) = desk.of(caller.number)
    desk.wait(lambda: "BYE" in talk.came)  # their telephone is let go
    said = kinds(entries)
    assert one(entries, "CallTakerConnected").rung == 1
    assert one(entries, "CallTakerDisconnected").why == "caller_hung_up"
    assert said.index("CallTakerDisconnected") < said.index("CallCutOff")
    both = np.frombuffer(running.item(case, one(entries, "CallRecorded").item)[58:], np.uint8).reshape(-1, 2)
    assert VOICE in both[:, 0].tobytes()
    assert ANSWER in both[:, 1].tobytes()


def test_the_desk_is_told_the_number_and_nothing_else_of_the_call(caller: Caller, desk: Desk, running: Running) -> None:
    _rings(caller, desk)
    _connected(caller, running)
    case, _ = _ended(caller, running)
    invite = desk.of(caller.number)[0].invite
    assert header(invite, "From").startswith(f"<sip:{caller.number}@127.0.0.1>")
    assert header(invite, "P-Asserted-Identity") == f"<sip:{caller.number}@127.0.0.1>"
    assert case not in invite
    names = [line.partition(":")[0] for line in invite.partition("\r\n\r\n")[0].split("\r\n")[1:]]
    assert sorted(names) == sorted(
        ["Via", "Max-Forwards", "From", "To", "Call-ID", "CSeq", "Contact", "P-Asserted-Identity", "Content-Type",
         "Content-Length"]
    )  # fmt: skip


def test_55_rings_the_desk_and_the_prompt_gives_way_to_the_voice(desk: Desk, running: Running) -> None:
    caller, desk.says = _caller(running, "mobile"), ANSWER
    _rings(caller, desk)
    running.wait_for(lambda calls: of_number(calls, caller.number))
    assert not desk.of(caller.number)  # nothing was answered yet, and the prompt is being said
    caller.press("5")
    desk.wait(lambda: caller.heard)
    caller.press("5")
    _connected(caller, running)
    del caller.hears[:]
    desk.wait(lambda: ANSWER * 2 in bytes(caller.hears))  # and nothing of ours in between
    _, entries = _ended(caller, running)
    assert one(entries, "SilentCallHandled").answered_by == "pressed_55"
    assert kinds(entries).index("SilentCallHandled") < kinds(entries).index("CallTakerConnected")
    caller.close()


def test_a_busy_desk_is_rung_again_until_it_answers(caller: Caller, desk: Desk, running: Running) -> None:
    _rings(caller, desk, 486, 503)
    entries = _connected(caller, running)
    connected = one(entries, "CallTakerConnected")
    assert (connected.rung, len(desk.of(caller.number))) == (3, 3)
    assert connected.waited
    assert all("ACK" in talk.came for talk in desk.of(caller.number))  # also each refusal
    assert caller.leave() == 200


def test_a_caller_who_hangs_up_first_stops_the_ringing(caller: Caller, desk: Desk, running: Running) -> None:
    _rings(caller, desk, RINGS)
    desk.wait(lambda: desk.of(caller.number))
    _, entries = _ended(caller, running)
    (talk,) = desk.of(caller.number)
    desk.wait(lambda: talk.came[-2:] == ["CANCEL", "ACK"])
    assert "CallTakerConnected" not in kinds(entries)


def test_a_desk_that_answers_nothing_is_asked_again_and_the_call_goes_on(
    caller: Caller, desk: Desk, running: Running
) -> None:
    _rings(caller, desk, MUTE)
    desk.wait(lambda: desk.of(caller.number) and desk.of(caller.number)[0].came.count("INVITE") > 2)
    caller.press("3")
    running.wait_for(lambda calls: "KeysPressed" in kinds(of_number(calls, caller.number)[1]))
    _, entries = _ended(caller, running)
    assert one(entries, "CallCutOff").how == "hung_up"
    assert "CANCEL" not in desk.of(caller.number)[0].came  # nothing was answered that could be taken back


def test_a_call_taker_who_hangs_up_ends_nothing_and_is_rung_again(caller: Caller, desk: Desk, running: Running) -> None:
    desk.says = ANSWER
    _rings(caller, desk)
    _connected(caller, running)
    desk.ask(desk.of(caller.number)[0], "BYE")
    entries = running.wait_for(
        lambda calls: (
            "CallTakerDisconnected" in kinds(of_number(calls, caller.number)[1]) and of_number(calls, caller.number)[1]
        )
    )
    assert one(entries, "CallTakerDisconnected").why == "call_taker_hung_up"
    assert "CallCutOff" not in kinds(entries)
    assert caller.ask(caller.request("OPTIONS", 2))[0] == 200  # the caller's line is there
    assert desk.of(caller.number)[0].answers == [200]
    _connected(caller, running, times=2)
    del caller.hears[:]
    desk.wait(lambda: ANSWER in bytes(caller.hears))
    assert caller.leave(3) == 200


def test_the_desk_may_describe_its_sound_anew_and_nonsense_changes_nothing(
    caller: Caller, desk: Desk, running: Running
) -> None:
    desk.says = ANSWER
    _rings(caller, desk)
    _connected(caller, running)
    (talk,) = desk.of(caller.number)
    for method, body in (("INVITE", "v=0\r\nnothing\r\n"), ("INVITE", desk.description()), ("REFER", ""), ("INFO", "")):
        before = len(talk.answers)
        desk.ask(talk, method, body)
        desk.wait(lambda before=before: len(talk.answers) > before)
    assert talk.answers == [488, 200, 405, 200]
    del caller.hears[:]
    desk.wait(lambda: ANSWER in bytes(caller.hears))
    assert caller.leave() == 200


def test_an_answer_whose_sound_cannot_be_read_is_hung_up_and_rung_again(
    caller: Caller, desk: Desk, running: Running
) -> None:
    _rings(caller, desk, SPOILT)
    assert one(_connected(caller, running), "CallTakerConnected").rung == 2
    assert desk.of(caller.number)[0].came[:3] == ["INVITE", "ACK", "BYE"]
    assert caller.leave() == 200


def test_spoilt_answers_from_the_desk_harm_no_call(caller: Caller, desk: Desk, running: Running) -> None:
    desk.says = ANSWER
    _rings(caller, desk, RINGS)
    desk.wait(lambda: desk.of(caller.number))
    (talk,) = desk.of(caller.number)
    body = desk.description()
    good = f"SIP/2.0 200 OK\r\n{talk.head(talk.invite)}Content-Length: {len(body)}\r\n\r\n{body}".encode()
    chance = random.Random(8)  # noqa: S311 chance to be had again
    for seed in range(300):
        desk.signalling.sendto(spoilt(good, seed), running.at)
        desk.signalling.sendto(chance.randbytes(chance.randint(0, 900)), running.at)
    caller.press("9")
    running.wait_for(lambda calls: "KeysPressed" in kinds(of_number(calls, caller.number)[1]))
    assert caller.ask(caller.request("OPTIONS", 2))[0] == 200
    assert caller.leave(3) == 200


def test_a_desk_of_the_other_law_is_understood(caller: Caller, desk: Desk, running: Running) -> None:
    desk.law, desk.says, desk.heard = 0, tune(700, "ulaw"), b""
    try:
        _rings(caller, desk)
        _connected(caller, running)
        caller.play(tune(500, "alaw") * 4)
        desk.wait(lambda: pitch_of(desk.heard[-RATE:], "ulaw") == 500)
        desk.wait(lambda: pitch_of(bytes(caller.hears[-RATE:]), "alaw") == 700)
        assert caller.leave() == 200
    finally:
        desk.law = 8


def test_nothing_of_a_call_stands_in_the_log(running: Running) -> None:
    said = running.log.read_text()
    assert "77009" not in said
    assert "Traceback" not in said
    assert "could not be worked on" not in said


def tune(pitch: int, law: str) -> bytes:
    return in_law(0.3 * np.sin(np.arange(RATE) * 2 * np.pi * pitch / RATE), law)


def pitch_of(content: bytes, law: str) -> int:
    """The pitch in a second of sound."""
    if len(content) < RATE:
        return 0
    return int(np.abs(np.fft.rfft(heard(content, law))).argmax())


def _key_in(content: bytes, row: int, column: int) -> bool:
    """Whether two pitches stand out together anywhere in the last seconds."""
    sound = heard(content[-5 * RATE :], "alaw")
    for at in range(0, len(sound) - 800, 400):
        power = np.abs(np.fft.rfft(sound[at : at + 800]))
        if {int(each) for each in power.argsort()[-2:]} <= {*_near(row), *_near(column)} and power.max() > 20:
            return True
    return False


def _near(pitch: int) -> range:
    return range(pitch // 10 - 1, pitch // 10 + 3)
