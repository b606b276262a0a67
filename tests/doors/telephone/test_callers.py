"""Real callers at a running answering point: sipp, baresip and our own, all at once, and what the record says of each.

The calls are made once, side by side, because a silent one takes half a minute; each test looks at its own.
"""

import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from tests.doors.telephone.caller import Caller
from tests.doors.telephone.caller import in_law
from tests.doors.telephone.caller import silence
from tests.doors.telephone.caller import tone
from tests.doors.telephone.point import Running
from tests.doors.telephone.point import kinds
from tests.doors.telephone.point import of_number
from tests.doors.telephone.point import one
from tests.doors.telephone.programs import Baresip
from tests.doors.telephone.programs import needs_baresip
from tests.doors.telephone.programs import needs_sipp
from tests.doors.telephone.programs import quiet_wav
from tests.doors.telephone.programs import raw_sound
from tests.doors.telephone.programs import scenario
from tests.doors.telephone.programs import sipp

pytestmark = pytest.mark.waits

BY_EVENT, IN_BAND, SILENT, HUNG_UP, BARESIP, TAPS = (f"+4477009002{number:02}" for number in range(6))
TEN = "+44770090021[call_number]"
MARK = 0.37  # seconds of a sound that the recording is held against


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Iterator[Running]:
    """One answering point for all."""
    point = Running(tmp_path_factory.mktemp("answering"), "--pack", "england-and-wales", database=migrated)
    yield point
    point.stop()


@pytest.fixture(scope="module")
def calls(running: Running, tmp_path_factory: pytest.TempPathFactory) -> dict:
    """Every call, and its entries once all are over."""
    folder, to = tmp_path_factory.mktemp("callers"), running.at
    press = '<pause milliseconds="800"/><nop><action><exec play_dtmf="55"/></action></nop><pause milliseconds="2500"/>'
    stream = raw_sound(
        folder, np.concatenate([silence(0.8), tone("5", 0.2), silence(0.3), tone("5", 0.2), silence(2)]), "in.al"
    )
    play = f'<nop><action><exec rtp_stream="{stream},1,8"/></action></nop><pause milliseconds="3500"/>'
    programs: list[subprocess.Popen[bytes]] = []
    with suppress(FileNotFoundError):  # sipp is not here: its tests are skipped
        programs += [
            sipp(folder, to, scenario(BY_EVENT, press), name="event"),
            sipp(folder, to, scenario(TEN, press), calls=10, name="ten"),
            sipp(folder, to, scenario(IN_BAND, play, keys=False), name="tones"),
        ]
    with ThreadPoolExecutor(4) as threads:
        works = [threads.submit(work, running) for work in (_silent, _hangs_up, _taps)]
        works += [threads.submit(_baresip, running, tmp_path_factory.mktemp("baresip"))]
        for work in works:
            work.result()
    for program in programs:
        program.wait(60)
    over = running.wait_for(
        lambda calls: calls if all("CallRecorded" in kinds(each) for each in calls.values()) else None
    )
    return {"calls": over, "programs": [program.returncode for program in programs]}


def _silent(running: Running) -> None:
    """Says nothing for as long as the pack listens."""
    caller = Caller(running.at, number=SILENT)
    caller.call()
    caller.start()
    running.wait_for(lambda calls: (found := of_number(calls, SILENT)) and "SilentCallHandled" in kinds(found[1]))
    time.sleep(1.0)
    assert caller.ask(caller.request("OPTIONS", 2))[0] == 200  # the call is there still
    assert caller.leave(3) == 200
    caller.close()


def _hangs_up(running: Running) -> None:
    """Presses one 5 and is gone."""
    caller = Caller(running.at, number=HUNG_UP)
    caller.call()
    caller.start()
    time.sleep(0.5)
    caller.press("5")
    caller.play(in_law(0.3 * np.sin(np.arange(int(8_000 * MARK)) * 2 * np.pi * 440 / 8_000)))
    time.sleep(0.7)
    caller.leave()
    caller.close()


def _taps(running: Running) -> None:
    """Taps on the telephone once the prompt is over, and then for yes."""
    caller = Caller(running.at, number=TAPS, user="silent-mobile")
    caller.call()
    caller.start()
    chance = np.random.default_rng(1)
    tap = np.concatenate([chance.normal(0, 0.2, 400), silence(0.8)])
    until = time.monotonic() + 45
    while time.monotonic() < until:
        caller.play(in_law(tap))
        time.sleep(1.2)
        found = of_number(running.calls(), TAPS)
        if found and "QuestionPlayed" in kinds(found[1]):
            break
    caller.leave()
    caller.close()


def _baresip(running: Running, folder: Path) -> None:
    import shutil

    if shutil.which("baresip") is None:
        return
    phone = Baresip(folder, quiet_wav(folder / "quiet.wav", 30))
    try:
        phone.say("dial", f"sip:mobile@127.0.0.1:{running.port}")
        running.wait_for(lambda calls: of_number(calls, "+447700900300"))
        time.sleep(1.0)
        for _ in range(2):
            phone.say("sndcode", "5")
            time.sleep(0.3)
            phone.say("sndcode", "\\u0004")
            time.sleep(0.2)
        running.wait_for(lambda calls: "KeysPressed" in kinds(of_number(calls, "+447700900300")[1]))
        phone.say("hangup")
        time.sleep(0.5)
    finally:
        phone.stop()


def _of(calls: dict, number: str) -> list:
    found = of_number(calls["calls"], number)
    assert found, f"no call from {number}"
    return found[1]


@needs_sipp
def test_sipp_presses_55_by_rfc_4733(calls: dict) -> None:
    entries = _of(calls, BY_EVENT)
    keys = one(entries, "KeysPressed")
    assert (keys.keys, keys.heard_as, keys.means) == ("55", "telephone_event", "asks_for_police")
    assert one(entries, "SilentCallHandled").answered_by == "pressed_55"
    assert one(entries, "CallReceived").route == "silent"
    assert one(entries, "CallCutOff").how == "hung_up"
    assert "LocationFound" not in kinds(entries)  # keys say no place
    assert "CallClosed" not in kinds(entries)  # and nothing here takes it off the board


@needs_sipp
def test_sipp_plays_55_in_the_sound(calls: dict) -> None:
    keys = one(_of(calls, IN_BAND), "KeysPressed")
    assert (keys.keys, keys.heard_as) == ("55", "tone_in_the_sound")


@needs_sipp
def test_ten_at_once_are_all_heard(calls: dict) -> None:
    assert calls["programs"] == [0, 0, 0]
    for number in range(1, 11):
        entries = _of(calls, TEN.replace("[call_number]", str(number)))
        assert one(entries, "KeysPressed").keys == "55"


@needs_baresip
def test_baresip_presses_55(calls: dict) -> None:
    entries = _of(calls, "+447700900300")
    assert one(entries, "KeysPressed").keys == "55"
    assert one(entries, "SilentCallHandled").answered_by == "pressed_55"


def test_a_silent_caller_is_not_ended_and_goes_to_a_person(calls: dict) -> None:
    entries = _of(calls, SILENT)
    handled = one(entries, "SilentCallHandled")
    assert (handled.prompt_played, handled.answered_by, handled.passed_to) == ("yes", "nothing", "call_taker")
    assert kinds(entries).index("CallCutOff") > kinds(entries).index("SilentCallHandled")


def test_a_caller_who_is_gone_leaves_what_was_heard_and_a_call_that_was_cut_off(calls: dict) -> None:
    entries = _of(calls, HUNG_UP)
    assert one(entries, "KeysPressed").keys == "5"
    assert "pressed_55" not in [each.fields.answered_by for each in entries if each.kind == "SilentCallHandled"]
    assert one(entries, "CallCutOff").how == "hung_up"


def test_taps_answer_the_prompt_and_the_questions(calls: dict) -> None:
    entries = _of(calls, TAPS)
    assert one(entries, "SilentCallHandled").answered_by == "tap_or_cough"
    asked = one(entries, "QuestionPlayed")
    assert asked.question == "hurt"
    assert (asked.answer, asked.heard) in (("yes", "tap_or_cough"), ("not_known", "nothing"))
    assert one(entries, "CallReceived").line == "mobile"


def test_the_recording_is_the_line_in_both_directions_and_sealed(calls: dict, running: Running) -> None:
    case, entries = of_number(calls["calls"], HUNG_UP)
    recorded, taken = one(entries, "CallRecorded"), one(entries, "ItemTaken")
    assert (recorded.item, recorded.why) == (taken.item, "caller_hung_up")
    content = running.item(case, recorded.item)
    assert (content[:4], content[8:12], len(content)) == (b"RIFF", b"WAVE", taken.size)
    both = np.frombuffer(content[58:], np.uint8).reshape(-1, 2)
    mark = in_law(0.3 * np.sin(np.arange(int(8_000 * MARK)) * 2 * np.pi * 440 / 8_000))
    assert mark in both[:, 0].tobytes()  # each of the caller's bytes as it came
    assert len(set(both[4_000:8_000, 1].tolist())) > 50  # and the prompt beside it
    for file in running.folder.rglob("*"):
        if file.is_file() and file.suffix != ".wav":  # those are the pack's public words
            assert mark[:400] not in file.read_bytes(), file.name


def test_nothing_of_a_call_stands_in_the_log(calls: dict, running: Running) -> None:
    said = running.log.read_text()
    assert "7700900" not in said
    assert "Traceback" not in said
    assert "error" not in said
