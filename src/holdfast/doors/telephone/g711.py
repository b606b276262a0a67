"""G.711 (ITU-T): sound as one byte a sample, 8,000 a second, in the two laws that telephones speak. By tables."""

import numpy as np
from numpy.typing import NDArray

RATE = 8_000
SILENCE = {"ulaw": 0xFF, "alaw": 0xD5}
WAV_FORMAT = {"ulaw": 7, "alaw": 6}
Sound = NDArray[np.float32]


def _ulaw() -> NDArray[np.int16]:
    code = ~np.arange(256, dtype=np.int32) & 0xFF
    size = (((code & 0x0F) << 3) + 0x84 << ((code & 0x70) >> 4)) - 0x84
    return np.where(code & 0x80, -size, size).astype(np.int16)


def _alaw() -> NDArray[np.int16]:
    code = np.arange(256, dtype=np.int32) ^ 0x55
    step, size = (code & 0x70) >> 4, (code & 0x0F) << 4
    size = np.where(step == 0, size + 8, (size + 0x108) << np.maximum(step - 1, 0))
    return np.where(code & 0x80, size, -size).astype(np.int16)


_SAMPLES = {"ulaw": _ulaw(), "alaw": _alaw()}
_FLOATS = {law: (samples / 32_768).astype(np.float32) for law, samples in _SAMPLES.items()}


def heard(content: bytes | bytearray | memoryview, law: str) -> Sound:
    """Bytes as sound between -1 and 1."""
    return _FLOATS[law][np.frombuffer(content, np.uint8)]


def written(sound: NDArray[np.int16], law: str) -> bytes:
    """16-bit samples as bytes of a law: each by the nearest of its 256 values."""
    order = np.argsort(_SAMPLES[law], kind="stable")
    values = _SAMPLES[law][order].astype(np.int32)
    between = (values[1:] + values[:-1]) / 2
    return order[np.searchsorted(between, sound.astype(np.int32))].astype(np.uint8).tobytes()


def between(law: str, other: str) -> bytes:
    """What each byte of a law is in the other, for `bytes.translate`."""
    return written(_SAMPLES[law], other)
