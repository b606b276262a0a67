"""A disk that breaks: a power cut at any write or sync, after which what was not synced is there, gone, or half.

It stands between Holdfast and the real disk: the calls that write are recorded with what was there before them. After
the cut each page that no sync had reached is, by chance, the new one or the old one, and the file as long as either.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

PAGE = 4096


class Cut(BaseException):
    """The power went, or the process was killed: nothing of ours runs after this."""


class Disk:
    """Counts calls down to a cut."""

    def __init__(self, seed: int):
        self.chance = Random(seed)  # noqa: S311 chance that can be had again
        self.left = -1  # calls until the cut; below nothing, none comes
        self._pages: dict[str, dict[int, bytes]] = {}
        self._lengths: dict[str, int] = {}

    @contextmanager
    def cut_after(self, calls: int, patched: Any) -> Iterator[None]:
        """Within this the cut comes after so many calls; `patched` is a pytest.MonkeyPatch.

        What was left unsynced before was synced meanwhile: whoever opened it to look at it did.
        """
        self.left, self._pages, self._lengths = calls, {}, {}
        for name in ("pwrite", "fdatasync", "fsync", "ftruncate", "replace"):
            patched.setattr(os, name, self._counting(name, getattr(os, name)))
        try:
            yield
        finally:
            patched.undo()

    def power_gone(self) -> None:
        """What the disk has after a power cut. Not called after a mere kill: the system's memory is all there."""
        for path, pages in self._pages.items():
            file = Path(path)
            if not file.exists():
                continue  # renamed: what has its name now was synced before
            with file.open("r+b") as opened:
                now = opened.seek(0, os.SEEK_END)
                before = self._lengths[path]
                for number, old in pages.items():
                    if self.chance.random() < 0.5:
                        opened.seek(number * PAGE)
                        opened.write(old)
                opened.truncate(
                    self.chance.choice((before, now, self.chance.randint(min(before, now), max(before, now))))
                )
        self._pages, self._lengths = {}, {}

    def _counting(self, name: str, real: Any) -> Any:
        def call(first: Any, *rest: Any) -> Any:
            path = str(Path(f"/proc/self/fd/{first}").readlink()) if isinstance(first, int) else str(first)
            if name == "pwrite":
                content, at = rest
                self._remember(first, path, at, at + len(content))
                if self.left == 0:
                    real(first, content[: self.chance.randint(0, len(content))], at)
            elif name == "ftruncate":
                self._remember(first, path, rest[0], os.fstat(first).st_size)
            if self.left == 0:
                self.left = -1
                raise Cut
            self.left -= 1
            found = real(first, *rest)
            if name in ("fdatasync", "fsync"):
                self._pages.pop(path, None)
                self._lengths.pop(path, None)
            elif name == "replace" and path in self._pages:
                self._pages[str(rest[0])] = self._pages.pop(path)
                self._lengths[str(rest[0])] = self._lengths.pop(path)
            return found

        return call

    def _remember(self, handle: int, path: str, at: int, until: int) -> None:
        pages = self._pages.setdefault(path, {})
        self._lengths.setdefault(path, os.fstat(handle).st_size)
        for number in range(at // PAGE, -(-until // PAGE)):
            if number not in pages:
                with open(path, "rb") as file:  # noqa: PTH123 beside the handle, which may not read
                    file.seek(number * PAGE)
                    pages[number] = file.read(PAGE)
