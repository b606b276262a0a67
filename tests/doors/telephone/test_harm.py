"""Harm that is sent to a running answering point touches no call that is there, and a kill loses only seconds."""

import random
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.doors.telephone.caller import Caller
from tests.doors.telephone.point import Running
from tests.doors.telephone.point import kinds
from tests.doors.telephone.point import of_number
from tests.doors.telephone.point import one
from tests.doors.telephone.test_signalling import spoilt

pytestmark = pytest.mark.waits


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Iterator[Running]:
    """An answering point for three calls."""
    point = Running(tmp_path_factory.mktemp("harmed"), "--pack", "england-and-wales", "--most", "3", database=migrated)
    yield point
    point.stop()


def test_a_call_in_progress_is_unharmed_by_whatever_is_sent(running: Running) -> None:
    caller, chance = Caller(running.at, number="+447700900401"), random.Random(6)  # noqa: S311 chance to be had again
    assert caller.call() == 200
    caller.start()
    stranger = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    other = Caller(running.at)  # so that no answer to what is spoilt comes to those that wait for theirs
    sound = other.request("OPTIONS", 9)
    for seed in range(400):
        stranger.sendto(spoilt(sound, seed), running.at)
        stranger.sendto(chance.randbytes(chance.randint(0, 1_500)), running.at)
        stranger.sendto(chance.randbytes(chance.randint(0, 400)), caller.there)
    stranger.sendto(b"INVITE sip:x SIP/2.0\r\n" + b"A: b\r\n" * 9_000, running.at)
    gone = Caller(running.at)
    gone.to_tag = "nobody"
    assert gone.ask(gone.request("BYE", 2))[0] == 481
    gone.to_tag = ""
    assert gone.ask(gone.request("INVITE", 3, "v=0\r\nno sound\r\n"))[0] == 488
    assert gone.ask(gone.request("INVITE", 4, more="Require: 100rel\r\n"))[0] == 420
    assert gone.ask(gone.request("SUBSCRIBE", 5))[0] == 405
    caller.press("5")
    time.sleep(0.2)
    caller.press("5")
    running.wait_for(lambda calls: "KeysPressed" in kinds(of_number(calls, "+447700900401")[1]))
    assert caller.leave() == 200
    stranger.close()
    other.close()
    gone.close()
    caller.close()


def test_one_call_too_many_is_told_to_try_elsewhere(running: Running) -> None:
    callers = [Caller(running.at, number=f"+44770090050{number}") for number in range(4)]
    assert [caller.call() for caller in callers] == [200, 200, 200, 503]
    for caller in callers[:3]:
        assert caller.leave() == 200
    for caller in callers:
        caller.close()


def test_a_kill_loses_no_more_than_seconds_and_the_call_is_looked_at(running: Running) -> None:
    caller = Caller(running.at, number="+447700900601")
    assert caller.call() == 200
    caller.start()
    time.sleep(8)
    running.kill()
    caller.close()
    running.start()
    case, entries = running.wait_for(
        lambda calls: (found := of_number(calls, "+447700900601")) and "CallRecorded" in kinds(found[1]) and found
    )
    assert one(entries, "CallCutOff").how == "line_failed"
    recorded = one(entries, "CallRecorded")
    assert recorded.why == "answering_point_stopped"
    assert (recorded.ended - recorded.began).total_seconds() > 2.0
    assert running.item(case, recorded.item)[:4] == b"RIFF"
