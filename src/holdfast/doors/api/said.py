"""The fields of a small JSON document, read by name; every fault at once, and none with a value in it."""

from datetime import UTC
from datetime import datetime
from typing import Any

from holdfast.doors.api.document import DocumentRefused
from holdfast.doors.api.document import Fault
from holdfast.doors.api.document import pointer

EARLIEST = datetime(1900, 1, 2, tzinfo=UTC)


class Said:
    """A document that is being read. `done` refuses it where anything was wrong or was not asked for."""

    def __init__(self, document: dict[str, Any]):
        self._document = document
        self._read: set[str] = set()
        self._faults: list[Fault] = []

    def words(self, name: str, most: int, *, needed: bool = False) -> str:
        """Words, '' where there are none."""
        given = self._get(name)
        if given is None or given == "":
            if needed:
                self._faults.append(Fault(pointer(name), "is missing"))
            return ""
        if not isinstance(given, str):
            self._faults.append(Fault(pointer(name), "has to be words"))
            return ""
        if len(given) > most:
            self._faults.append(Fault(pointer(name), f"may be at most {most:,} characters long"))
            return ""
        return given.strip() if most <= 500 else given

    def one_of(self, name: str, choices: tuple[str, ...], default: str) -> str:
        """One of a closed list."""
        given = self.words(name, 60)
        if given and given not in choices:
            self._faults.append(Fault(pointer(name), f"has to be one of: {', '.join(choices)}"))
            return default
        return given or default

    def yes(self, name: str) -> bool:
        """Whether something is true; left out is not."""
        given = self._get(name)
        if given is not None and not isinstance(given, bool):
            self._faults.append(Fault(pointer(name), "has to be true or false"))
        return given is True

    def moment(self, name: str, now: datetime) -> datetime:
        """A time with its offset; now where none is given. One that lies ahead of our clock is now."""
        given = self.words(name, 60)
        if not given:
            return now
        try:
            found = datetime.fromisoformat(given)
            if found.tzinfo is None:
                raise ValueError
            found = found.astimezone(UTC)
        except (ValueError, OverflowError):
            self._faults.append(Fault(pointer(name), "has to be a time with its offset, as in 2026-11-20T22:30:00Z"))
            return now
        return found if EARLIEST <= found <= now else now

    def done(self) -> None:
        """Refuses what was wrong, and fields that are not known: one may be a word of the caller's."""
        for name in self._document:
            if name not in self._read:
                self._faults.append(Fault(pointer(name), "is not a field that is read here"))
        if self._faults:
            raise DocumentRefused(422, self._faults)

    def _get(self, name: str) -> Any:
        self._read.add(name)
        return self._document.get(name)
