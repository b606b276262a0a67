"""Telephones at the desk that are not ours: sipp and baresip, as Debian has them."""

import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from tests.doors.telephone.caller import RATE
from tests.doors.telephone.caller import Caller
from tests.doors.telephone.caller import in_law
from tests.doors.telephone.point import Running
from tests.doors.telephone.point import kinds
from tests.doors.telephone.point import of_number
from tests.doors.telephone.point import one
from tests.doors.telephone.programs import Baresip
from tests.doors.telephone.programs import free_port
from tests.doors.telephone.programs import needs_baresip
from tests.doors.telephone.programs import needs_sipp
from tests.doors.telephone.programs import quiet_wav
from tests.doors.telephone.programs import sipp_desk
from tests.doors.telephone.test_desk import pitch_of
from tests.doors.telephone.test_desk import tune

pytestmark = pytest.mark.waits

PORT = free_port()
VOICE = in_law(np.random.default_rng(45).normal(0, 0.1, RATE // 2))


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Iterator[Running]:
    """An answering point whose desk is whatever stands at a port."""
    folder, desk = tmp_path_factory.mktemp("programs"), f"sip:call-takers@127.0.0.1:{PORT}"
    point = Running(folder, "--pack", "england-and-wales", "--desk", desk, database=migrated)
    yield point
    point.stop()


def _rings(running: Running, number: str) -> Caller:
    caller = Caller(running.at, user="landline", number=number)
    assert caller.call() == 200
    caller.start()
    return caller


def _until(running: Running, caller: Caller, kind: str) -> list:
    return running.wait_for(
        lambda calls: (found := of_number(calls, caller.number)) and kind in kinds(found[1]) and found[1]
    )


@needs_sipp
def test_sipp_answers_once_it_is_there_and_its_bye_leaves_the_caller(running: Running, tmp_path: Path) -> None:
    caller = _rings(running, "+447700900801")
    running.wait_for(lambda calls: of_number(calls, caller.number))  # nobody is at the desk yet
    desk = sipp_desk(tmp_path, PORT)
    try:
        _until(running, caller, "CallTakerConnected")
        caller.play(VOICE * 20)
        running.wait_for(lambda calls: VOICE in bytes(caller.hears))  # it sends back what it hears
        entries = _until(running, caller, "CallTakerDisconnected")
        assert desk.wait(30) == 0
    finally:
        desk.kill()
        desk.wait()
    assert one(entries, "CallTakerDisconnected").why == "call_taker_hung_up"
    assert caller.ask(caller.request("OPTIONS", 2))[0] == 200
    assert caller.leave(3) == 200
    caller.close()


@needs_baresip
def test_baresip_and_the_caller_hear_each_other(running: Running, tmp_path: Path) -> None:
    said = np.sin(np.arange(60 * RATE) * 2 * np.pi * 700 / RATE) * 0.3
    desk = Baresip(tmp_path, quiet_wav(tmp_path / "says.wav", 60, said), PORT)
    try:
        caller = _rings(running, "+447700900802")
        _until(running, caller, "CallTakerConnected")
        running.wait_for(lambda calls: pitch_of(bytes(caller.hears[-RATE:]), "alaw") == 700)
        caller.play(tune(500, "alaw") * 6)
        before = len(caller.hears)
        running.wait_for(lambda calls: len(caller.hears) > before + 4 * RATE)
        assert caller.leave() == 200
        _until(running, caller, "CallRecorded")
    finally:
        desk.stop()
    with wave.open(str(next(tmp_path.glob("dump*dec*.wav")))) as file:
        heard = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32)
        rate = file.getframerate()
    pitches = [
        int(np.abs(np.fft.rfft(heard[at : at + rate])).argmax()) for at in range(0, len(heard) - rate, rate // 2)
    ]
    assert 500 in pitches
    caller.close()
