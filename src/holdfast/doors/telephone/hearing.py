"""Keys and short sounds in the sound of many calls at once: one product of matrices for all, no loop over samples.

- A tone of a key is two of eight frequencies together (ITU-T Q.23). It is heard in windows of 26 ms, each 10 ms, and
  counts from three windows in a row; it is over when two do not hold it, or less than a quarter of its strength.
- A window in which sound is missing says nothing: a lost packet neither ends a key nor makes it two.
- A tap, a cough or a knock is a sound that stands out from what was before it for at most 0.7 seconds. What lasts
  longer is a noise. Neither is more than that: a person listens.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from holdfast.doors.telephone.g711 import RATE
from holdfast.doors.telephone.g711 import Sound

HOP, WINDOW = 80, 208
_ROWS, _COLUMNS = (697, 770, 852, 941), (1209, 1336, 1477, 1633)
_KEYS = ("123A", "456B", "789C", "*0#D")
HITS, MISSES, UNSURE = 3, 2, 8  # windows
_SHARE = 0.55  # of a window's strength that lies in the two tones
_ALONE = 4.0  # times that a tone is stronger than its neighbours
_TWIST = 10.0  # times that one of the two may be stronger than the other
_LEAST = 3e-5  # of a window's mean square: quieter is no key
_LOUD, _QUIET = 20.0, 1e-5
_SHORT, _OVER = 70, 6  # hops
_SETTLING = 30  # hops after the line was opened: it clicks


def _waves() -> NDArray[np.float32]:
    times = np.arange(WINDOW)[:, None] * 2 * np.pi / RATE
    turns = times * np.array(_ROWS + _COLUMNS)
    return np.hstack([np.cos(turns), np.sin(turns)]).astype(np.float32)


_WAVES = _waves()


class Heard(NamedTuple):
    """`what` is a key, 'short' or 'long'; `at` seconds since the call began."""

    what: str
    at: float


class Ear:
    """What is known of one line between two times that it is listened to."""

    def __init__(self) -> None:
        self.at = 0  # samples that were listened to
        self.rest: Sound = np.zeros(WINDOW - HOP, np.float32)
        self.rest_there = np.zeros(WINDOW - HOP, np.uint8)
        self._run, self._count = -1, 0
        self._held, self._misses, self._unsure, self._peak = -1, 0, 0, 0.0
        self._floor = 1e-4
        self._loud, self._since, self._tones, self._told = 0, 0, 0, False
        self._hops = 0

    def step(self, key: int, strength: float, energy: float, whole: bool, at: float) -> Iterable[Heard]:
        """One hop: the key in its window or -1, the window's strength, the hop's own, whether all of it came."""
        self._hops += 1
        pressed = self._tone(key, strength, whole)
        if pressed >= 0:
            yield Heard(_KEYS[pressed // 4][pressed % 4], at)
        if whole and self._hops > _SETTLING:
            yield from self._sound(energy, key >= 0, at)

    @property
    def idle(self) -> bool:
        """Whether nothing is under way that silence would end."""
        return self._held < 0 and not self._loud and self._hops > _SETTLING

    def quiet(self, hops: int) -> None:
        """Nothing at all for a while: the same as so many steps of it."""
        self._hops += hops
        self._run, self._count = -1, 0
        self._floor = max(self._floor * 0.9**hops, 1e-7)

    def _tone(self, key: int, strength: float, whole: bool) -> int:
        """The key, at the moment from which it counts; else -1."""
        if self._held >= 0 and key == self._held and strength < self._peak / 4:
            key = -1
        if key == self._held >= 0:
            self._misses = self._unsure = 0
            self._peak = max(self._peak, strength)
        elif self._held >= 0:
            if not whole and self._unsure < UNSURE:
                self._unsure += 1
                return -1
            self._misses += 1
            if self._misses >= MISSES:
                self._held, self._count = -1, 0
        if key < 0:
            self._run, self._count = -1, 0
            return -1
        self._run, self._count = key, self._count + 1 if key == self._run else 1
        if self._count >= HITS and self._held < 0:
            self._held, self._misses, self._unsure, self._peak = key, 0, 0, strength
            return key
        return -1

    def _sound(self, energy: float, tone: bool, at: float) -> Iterable[Heard]:
        if energy > max(self._floor * _LOUD, _QUIET):
            if not self._loud:
                self._tones, self._told, self._since = 0, False, 0
            self._loud += self._since + 1
            self._since = 0
            self._tones += tone
            if self._loud > _SHORT and not self._told and self._tones * 4 < self._loud:
                self._told = True
                yield Heard("long", at)
            if self._loud > _SHORT:
                self._floor = min(self._floor * 1.02, 1e-2)  # it is how this place sounds
            return
        if self._loud:
            self._since += 1
            self._tones += tone
            if self._since >= _OVER:
                short, self._loud = self._loud <= _SHORT and self._tones < 2, 0
                if short:
                    yield Heard("short", at)
        self._floor = max(self._floor * 0.9 + energy * 0.1 if energy < self._floor else self._floor * 1.005, 1e-7)
        self._floor = min(self._floor, 1e-2)


# A line's new sound, and beside each sample 1 where it came.
Unheard = tuple[Ear, Sound, NDArray[np.uint8]]


def tone_of(key: str, seconds: float) -> Sound:
    """The sound of a key, as a person hears it."""
    place = "".join(_KEYS).index(key)
    times = np.arange(int(RATE * seconds)) * 2 * np.pi / RATE
    both = np.sin(_ROWS[place // 4] * times) + np.sin(_COLUMNS[place % 4] * times)
    return (0.15 * both).astype(np.float32)


def listen(lines: Iterable[Unheard]) -> list[list[Heard]]:
    """What each line's new sound holds; its length is a multiple of HOP, beside it 1 where a sample came."""
    ears, windows, hops, wholes = [], [], [], []
    for ear, sound, there in lines:
        joined, mask = np.concatenate((ear.rest, sound)), np.concatenate((ear.rest_there, there))
        ear.rest, ear.rest_there = joined[HOP - WINDOW :], mask[HOP - WINDOW :]
        ears.append((ear, len(sound) // HOP))
        windows.append(sliding_window_view(joined, WINDOW)[::HOP])
        wholes.append(sliding_window_view(mask, WINDOW)[::HOP].min(axis=1))
        hops.append(sound.reshape(-1, HOP))
    if not ears:
        return []
    keys, strength = _keys_in(np.concatenate(windows))
    energy = np.square(np.concatenate(hops)).mean(axis=1)
    whole = np.concatenate(wholes).astype(bool)
    return _each(ears, keys, strength, energy, whole)


def _keys_in(windows: Sound) -> tuple[NDArray[np.int64], Sound]:
    """For each window the number of the key that it holds or -1, and its mean square."""
    strength = np.square(windows).mean(axis=1)
    parts = np.square(windows @ _WAVES)
    powers = (parts[:, :8] + parts[:, 8:]) * (2 / WINDOW**2)  # as a share of the mean square
    row, column = powers[:, :4], powers[:, 4:]
    best = np.sort(row, axis=1)[:, -2:], np.sort(column, axis=1)[:, -2:]
    (row_next, row_most), (column_next, column_most) = best[0].T, best[1].T
    holds = (strength > _LEAST) & (row_most + column_most > _SHARE * strength)
    holds &= (row_most > _ALONE * row_next) & (column_most > _ALONE * column_next)
    holds &= (row_most < _TWIST * column_most) & (column_most < _TWIST * row_most)
    return np.where(holds, row.argmax(axis=1) * 4 + column.argmax(axis=1), -1), strength


def _each(
    ears: list[tuple[Ear, int]], keys: NDArray[np.int64], strength: Sound, energy: Sound, whole: NDArray[np.bool_]
) -> list[list[Heard]]:
    found, begin = [], 0
    for ear, count in ears:
        mine = slice(begin, begin + count)
        begin += count
        heard: list[Heard] = []
        if ear.idle and keys[mine].max(initial=-1) < 0 and energy[mine].max(initial=0.0) < _QUIET:
            ear.quiet(count)
        else:
            steps = zip(keys[mine].tolist(), strength[mine].tolist(), energy[mine].tolist(), whole[mine].tolist(),
                        strict=True)  # fmt: skip
            for number, (key, strong, loud, came) in enumerate(steps, 1):
                heard += ear.step(key, strong, loud, came, (ear.at + number * HOP) / RATE)
        ear.at += count * HOP
        found.append(heard)
    return found
