"""Everybody who was made, on the disk and not in memory: ten million people as objects would take what peers need."""

import marshal
import mmap
from array import array
from collections.abc import Iterable
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from holdfast.people.known import Known


class Everybody:
    """People by their place, and one after another. Filled once; reads back one in a few microseconds."""

    def __init__(self, path: Path, people: Iterable[Known]):
        self._starts = array("Q", [0])
        with path.open("wb") as file:
            for known in people:
                file.write(marshal.dumps((known.case.bytes, *known[1:])))
                self._starts.append(file.tell())
        self._file = path.open("rb")
        self._bytes = mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ)

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, place: int) -> Known:
        case, *rest = marshal.loads(self._bytes[self._starts[place] : self._starts[place + 1]])  # noqa: S302 our own
        return Known(UUID(bytes=case), *rest)

    def __iter__(self) -> Iterator[Known]:
        return map(self.__getitem__, range(len(self)))

    def close(self) -> None:
        self._bytes.close()
        self._file.close()
