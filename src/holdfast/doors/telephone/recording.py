"""The sound of one call, sealed into the vault while it comes in: both directions, as the line carried them.

- What comes in is sealed part by part (vault/intake.py); nothing is in clear on the disk, and what a stopped process
  loses is what came since the last part.
- It comes in without its beginning, because how long it will be is not known. `finish` makes the item: a WAV file of
  two channels, the caller left and what was said to them right. It may be asked again until the record has it.
- Whoever calls is in a thread: this writes to the disk.
"""

import io
import logging
import struct
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from threading import Lock
from uuid import UUID
from uuid import uuid4

from django.utils import timezone

from holdfast.casefile.append import append
from holdfast.casefile.reading import read_case
from holdfast.doors.evidence.recording import HOLDFAST
from holdfast.doors.evidence.recording import took
from holdfast.doors.telephone import models
from holdfast.doors.telephone.g711 import RATE
from holdfast.doors.telephone.g711 import WAV_FORMAT
from holdfast.vault.intake import Intake
from holdfast.vault.place import intake_folder
from holdfast.vault.place import key_of
from holdfast.vault.place import store
from holdfast.vault.reading import Item
from holdfast.vault.store import NoSuchItem
from holdfast.vault.taking import Taken
from holdfast.vault.taking import take

CHANNELS = 2
MOST_WAITING = 64 << 20  # bytes in memory while the disk or the record cannot take them: more than an hour
_PART = 1 << 20
_log = logging.getLogger("holdfast.telephone")


class Recording:
    """One recording that comes in. It waits in memory until the case is there."""

    def __init__(self, law: str, began: float, process: str):
        self.law, self.began, self._process = law, began, process
        self._waiting = bytearray()
        self._lock, self._writing = Lock(), Lock()
        self._intake: Intake | None = None
        self._row: models.Recording | None = None
        self._full = False

    def add(self, content: bytes) -> None:
        """More sound. It is on the disk after the next `keep`."""
        with self._lock:
            if len(self._waiting) + len(content) > MOST_WAITING:
                if not self._full:
                    _log.error("the disk takes no sound: what comes of a call from now on is not recorded")
                self._full = True
                return
            self._waiting += content

    def keep(self, case: UUID, missing: float = 0.0) -> int:
        """Seals what is waiting; how many bytes are on the disk. What the vault raises, passes: ask again."""
        with self._writing:
            if self._intake is None:
                self._begin(case)
            assert self._intake is not None  # noqa: S101 it was begun
            with self._lock:
                content = bytes(self._waiting)
            for at in range(0, len(content), _PART):
                part = content[at : at + _PART]
                self._intake.add(self._intake.acknowledged, part)
                with self._lock:
                    del self._waiting[: len(part)]
            if missing and self._row and missing - self._row.missing > 1.0:
                self._row.missing = missing
                self._row.save(update_fields=["missing"])
            return self._intake.acknowledged

    def end(self, case: UUID, missing: float, why: str) -> bool:
        """Nothing more comes: the item is made. Whether it is done; else it is tried again by `sweep`."""
        self.keep(case)
        with self._writing:
            assert self._row is not None and self._intake is not None  # noqa: S101, PT018 it was begun
            self._row.missing, self._row.why, self._row.ended = missing, why, timezone.now().timestamp()
            self._row.save()
            self._intake.close()
            return finish(self._row)

    def _begin(self, case: UUID) -> None:
        if self._row is None:
            row = models.Recording(
                intake=uuid4(), item=uuid4(), case=case, law=self.law, began=self.began, process=self._process
            )
            row.save(force_insert=True)
            self._row = row
        self._intake = opened(self._row)


def opened(row: models.Recording) -> Intake:
    """The intake of a recording: Busy where another process takes it in now."""
    return Intake(intake_folder(), store(), case=row.case, item=row.intake, case_key=key_of(row.case))


def finish(row: models.Recording) -> bool:
    """Makes the item of what came in, records it, and lets go of the rest. True where nothing is left to do."""
    intake = opened(row)
    try:
        if intake.acknowledged:
            taken = _in_store(row) or _taken(row, intake)
            ended = moment(row.began + intake.acknowledged / (RATE * CHANNELS))
            took(row.case, taken, _said(row), by=HOLDFAST, at=timezone.now())
            _record(row, ended)
        intake.done()
    finally:
        intake.close()
    row.delete()
    return True


def moment(seconds: float) -> datetime:
    """Seconds since 1970 as a time of the record."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=round(seconds * 1000))


def wav_head(size: int, law: str) -> bytes:
    """What stands before so many bytes of G.711 in two channels."""
    form = struct.pack("<HHIIHHH", WAV_FORMAT[law], CHANNELS, RATE, RATE * CHANNELS, CHANNELS, 8, 0)
    fact = struct.pack("<I", size // CHANNELS)
    chunks = b"fmt " + struct.pack("<I", len(form)) + form + b"fact" + struct.pack("<I", 4) + fact
    chunks += b"data" + struct.pack("<I", min(size, 0xFFFFFFFF))
    return b"RIFF" + struct.pack("<I", min(4 + len(chunks) + size, 0xFFFFFFFF)) + b"WAVE" + chunks


class _Whole(io.RawIOBase):
    """The head, then what came in, opened piece by piece."""

    def __init__(self, intake: Intake, law: str):
        self._intake, self._head, self._at = intake, wav_head(intake.acknowledged, law), 0

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """The next bytes; 0 at the end."""
        if self._at < len(self._head):
            piece = self._head[self._at : self._at + len(buffer)]
        else:
            piece = self._intake.read(self._at - len(self._head), min(len(buffer), _PART))
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)


def _taken(row: models.Recording, intake: Intake) -> Taken:
    folder = intake_folder()
    (folder / f"{row.item}.taking").unlink(missing_ok=True)  # left by a process that was stopped in this
    return take(_Whole(intake, row.law), store(), folder, case=row.case, item=row.item, case_key=key_of(row.case))


def _in_store(row: models.Recording) -> Taken | None:
    try:
        item = Item(store(), row.case, row.item, key_of(row.case))
    except NoSuchItem:
        return None
    return Taken(row.item, item.size, item.sha256)


def _said(row: models.Recording) -> dict[str, str]:
    began = moment(row.began).isoformat()
    return {
        "what": "call_recording",
        "named": "call.wav",
        "source": "control_room",
        "happened": began,
        "made": began,
        "purpose": "The line of the call, as the answering point heard it and what it said",
    }


def _record(row: models.Recording, ended: datetime) -> None:
    """CallRecorded, once."""
    for entry in read_case(row.case).entries:
        if entry.kind == "CallRecorded" and entry.fields.item == str(row.item):
            return
    said = {
        "item": str(row.item),
        "began": moment(row.began).isoformat(),
        "ended": ended.isoformat(),
        "missing": round(row.missing),
        "why": row.why or "answering_point_stopped",
    }
    append(row.case, "CallRecorded", said, by=HOLDFAST, happened_at=min(ended, timezone.now()))
