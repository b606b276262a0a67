"""A case as it is read: its entries opened, in order, and held against their chain."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from holdfast.casefile.codes import plain
from holdfast.casefile.refused import NoSuchCase
from holdfast.casefile.state import state_of
from holdfast.casefile.store import reading
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
    """The case, or NoSuchCase; CannotKeep where it is damaged. Whoever calls has asked `access` first."""
    with reading() as connection:
        state = state_of(connection, case_id)
    return CaseFile(
        id=state.id,
        code=state.code,
        pack=state.pack,
        force=state.force,
        area=state.area,
        opened_at=state.opened_at,
        entries=state.entries,
        length=state.length,
        head=state.head,
        invented=state.invented,
    )


def case_by_code(code: str) -> UUID:
    """The case that a person's code names, however they typed it, or NoSuchCase."""
    with reading() as connection:
        row = connection.execute('SELECT id FROM "case" WHERE code = ?', (plain(code),)).fetchone()
    if row is None:
        raise NoSuchCase
    return UUID(row[0])
