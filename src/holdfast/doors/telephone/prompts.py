"""What is said on the line, as sound made ahead: the pack's words by espeak-ng, or a tone where there is no voice.

Nobody waits for it: the point answers from its first moment, and says the words from when they are there. The sound is
kept in the data folder by a hash of its words; it holds the pack's public wording and nothing of a call.
"""

import hashlib
import io
import logging
import shutil
import subprocess
import wave
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from holdfast.doors.telephone.g711 import RATE
from holdfast.doors.telephone.g711 import written
from holdfast.law.answering import Answering

WORDS_A_MINUTE = "140"
_VOICES = {"en": "en-gb", "en-ca": "en-us", "en-us": "en-us", "fr": "fr-fr", "fr-ca": "fr-fr"}
_SECONDS = 30.0  # for one sentence to be made
_log = logging.getLogger("holdfast.telephone")


class Prompts:
    """The sounds of one installation's packs."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._made: dict[tuple[str, str], bytes] = {}
        self._making = Lock()
        self._tones = {law: written(_tone(), law) for law in ("ulaw", "alaw")}

    def sound(self, words: str, law: str) -> tuple[bytes, bool]:
        """The words as sound of a law, and whether it is words: a tone where they are not made yet."""
        made = self._made.get((words, law))
        return (made, True) if made else (self._tones[law], False)

    def make(self, stages: list[Answering], language: str) -> int:
        """Makes what is missing; how many sentences are there now. Takes seconds: call it from a thread."""
        with self._making:
            wanted = {said for each in stages for said in words_of(each)}
            for words in sorted(wanted):
                if (words, "ulaw") in self._made:
                    continue
                try:
                    spoken = self._spoken(words, language)
                except (OSError, subprocess.SubprocessError, ValueError, wave.Error, EOFError) as fault:
                    _log.error("words for the line could not be spoken (%s): a tone is played", type(fault).__name__)
                    return sum((each, "ulaw") in self._made for each in wanted)
                for law in ("ulaw", "alaw"):
                    self._made[words, law] = written(spoken, law)
            return len(wanted)

    def _spoken(self, words: str, language: str) -> NDArray[np.int16]:
        program = shutil.which("espeak-ng")
        if program is None:
            raise OSError("espeak-ng is not installed")
        voice = _VOICES.get(language.lower(), language.lower())
        name = hashlib.sha256(f"{voice}\n{WORDS_A_MINUTE}\n{words}".encode()).hexdigest()
        kept = self._folder / f"{name}.wav"
        if not kept.is_file():
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            asked = [program, "-v", voice, "-s", WORDS_A_MINUTE, "--stdin", "--stdout"]
            done = subprocess.run(asked, input=words.encode(), capture_output=True, check=True, timeout=_SECONDS)  # noqa: S603
            new = kept.with_suffix(".new")
            new.write_bytes(done.stdout)
            new.replace(kept)
        return _at_rate(kept.read_bytes())


def words_of(stage: Answering) -> list[str]:
    """Every sentence that a stage may say."""
    return [stage.says, *(question.says for question in stage.questions), *filter(None, [stage.after])]


def _at_rate(content: bytes) -> NDArray[np.int16]:
    """A WAV file of 16 bits as 8,000 samples a second, a little below the loudest."""
    with wave.open(io.BytesIO(content)) as file:
        if file.getsampwidth() != 2 or file.getnchannels() != 1:
            raise ValueError("not 16 bits of one channel")
        rate = file.getframerate()
        sound = np.frombuffer(file.readframes(1 << 24), "<i2").astype(np.float64)
    if not len(sound):
        raise ValueError("no sound")
    half = round(rate / RATE * 8)
    ramp = np.sinc(np.arange(-half, half + 1) * RATE / rate) * np.hamming(2 * half + 1)
    smooth = np.convolve(sound, ramp / ramp.sum(), "same")
    at = np.arange(0, len(smooth) - 1, rate / RATE)
    out = np.interp(at, np.arange(len(smooth)), smooth)
    return (out * (20_000 / max(1.0, float(np.abs(out).max())))).astype(np.int16)


def _tone() -> NDArray[np.int16]:
    """Two short tones that are no key."""
    times = np.arange(RATE // 4) / RATE
    one, gap = np.sin(2 * np.pi * 425 * times), np.zeros(RATE // 4)
    return (np.concatenate([one, gap, one]) * 8_000).astype(np.int16)
