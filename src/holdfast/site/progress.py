"""How far a long command has come, on standard error: a bar for a person, nothing where nobody looks."""

import sys
import time
from types import TracebackType
from typing import TextIO

_EVERY = 0.1
_WIDE = 30


class Progress:
    """A bar, from `with` to its end. Called with how much is done and how much there is in all."""

    def __init__(self, what: str, out: TextIO | None = None):
        self._what = what
        self._out = out or sys.stderr
        self._shown = self._out.isatty()
        self._last = 0.0

    def __enter__(self) -> "Progress":
        return self

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if not self._shown or now - self._last < _EVERY:
            return
        self._last = now
        part = min(1.0, done / total) if total else 1.0
        filled = int(part * _WIDE)
        bar = "#" * filled + "." * (_WIDE - filled)
        self._out.write(f"\r{self._what} [{bar}] {part:4.0%} {done / 1e6:,.0f} MB")
        self._out.flush()

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            self._out.write("\r" + " " * (len(self._what) + _WIDE + 24) + "\r")
            self._out.flush()
