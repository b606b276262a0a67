"""Keys and short sounds are heard in real sound, in G.711, and nothing is heard that was not there."""

import numpy as np
import pytest
from tests.doors.telephone.caller import RATE
from tests.doors.telephone.caller import in_law
from tests.doors.telephone.caller import silence
from tests.doors.telephone.caller import tone

from holdfast.doors.telephone.g711 import heard
from holdfast.doors.telephone.g711 import written
from holdfast.doors.telephone.hearing import HOP
from holdfast.doors.telephone.hearing import Ear
from holdfast.doors.telephone.hearing import listen

CHANCE = np.random.default_rng(55)


def listened(sound: np.ndarray, there: np.ndarray | None = None, law: str = "alaw") -> list[str]:
    """What is heard in it, 40 ms at a time, as the point listens."""
    whole = np.concatenate([sound, silence(0.3)])
    whole = whole[: len(whole) // HOP * HOP]
    content = heard(in_law(whole, law), law)
    came = np.ones(len(content), np.uint8) if there is None else np.resize(there, len(content))
    ear, found = Ear(), []
    for at in range(0, len(content), 4 * HOP):
        found += listen([(ear, content[at : at + 4 * HOP], came[at : at + 4 * HOP])])[0]
    return [each.what for each in found]


@pytest.mark.parametrize("key", "0123456789*#ABCD")
@pytest.mark.parametrize("law", ["ulaw", "alaw"])
def test_each_key_is_heard_once(key: str, law: str) -> None:
    assert listened(np.concatenate([silence(0.5), tone(key, 0.1)]), law=law) == [key]


@pytest.mark.parametrize("long", [0.04, 0.05, 0.07, 0.25, 2.0])
@pytest.mark.parametrize("late", [0.0, 0.003, 0.007])
def test_two_fives_are_two_however_short_they_and_the_pause_are(long: float, late: float) -> None:
    sound = np.concatenate([silence(0.5 + late), tone("5", long), silence(0.04), tone("5", long)])
    assert listened(sound) == ["5", "5"]


@pytest.mark.parametrize("below", [20, 10, 6])
def test_keys_are_heard_in_noise(below: int) -> None:
    sound = CHANCE.normal(0, 0.2 * 10 ** (-below / 20), 2 * RATE)
    for at in (4_000, 7_000):
        sound[at : at + 800] += tone("5", 0.1)
    assert [each for each in listened(sound) if each not in ("short", "long")] == ["5", "5"]


@pytest.mark.parametrize("lost", range(4_000, 4_640, 80))
def test_a_lost_packet_makes_no_second_key(lost: int) -> None:
    sound, there = np.concatenate([silence(0.5), tone("5", 0.1), silence(0.5)]), np.ones(10_000, np.uint8)
    sound[lost : lost + 160], there[lost : lost + 160] = 0, 0
    assert listened(sound, np.concatenate([there, np.ones(9_000, np.uint8)])) == ["5"]


def test_a_weak_high_tone_is_heard_and_one_tone_alone_is_none() -> None:
    row, column = np.sin(np.arange(800) * 2 * np.pi * 770 / RATE), np.sin(np.arange(800) * 2 * np.pi * 1336 / RATE)
    assert listened(np.concatenate([silence(0.5), 0.2 * row + 0.08 * column])) == ["5"]
    assert "5" not in listened(np.concatenate([silence(0.5), 0.2 * row]))


def test_taps_and_coughs_are_short_and_a_noise_is_long() -> None:
    room = CHANCE.normal(0, 0.001, 4 * RATE)
    taps, noise = room.copy(), room.copy()
    for at, samples in ((8_000, 200), (14_000, 3_000)):
        taps[at : at + samples] += CHANCE.normal(0, 0.2, samples)
    noise[10_000:24_000] += CHANCE.normal(0, 0.1, 14_000)
    assert listened(taps) == ["short", "short"]
    assert listened(noise) == ["long"]
    assert listened(room) == []
    assert listened(silence(3)) == []


def test_words_make_no_keys(tmp_path) -> None:
    from holdfast.doors.telephone.prompts import Prompts

    spoken = Prompts(tmp_path)._spoken("Five, five. Is anybody there? Please help me, he is at the door.", "en")
    assert [each for each in listened(spoken / 32_768) if each not in ("short", "long")] == []


def test_each_byte_of_both_laws_comes_back() -> None:
    for law in ("ulaw", "alaw"):
        every = bytes(range(256))
        back = written((heard(every, law) * 32_768).astype(np.int16), law)
        assert heard(back, law).tolist() == heard(every, law).tolist()
