"""A case as it is read: its entries opened, in order."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from holdfast.record.entry import Entry


class CaseFile(NamedTuple):
    """One case and all that happened in it."""

    id: UUID
    code: str
    pack: str
    force: str
    area: str
    opened_at: datetime
    entries: tuple[Entry, ...]
    length: int
    head: bytes
    invented: bool


def read_case(case_id: UUID) -> CaseFile:
    """The case, or NoSuchCase. Whoever calls has asked `access` first."""
    raise NotImplementedError


def case_by_code(code: str) -> UUID:
    """The case that a person's code names, however they typed it, or NoSuchCase."""
    raise NotImplementedError
