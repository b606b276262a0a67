"""One case opened for the board: its row, and what `may` has to know about it. The only place here that opens a case.

A case that does not add up stays on the board and says so: a damaged record is no reason why a call should vanish.
"""

import logging
import sqlite3
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import DatabaseError

from holdfast.access.known import case_known
from holdfast.access.known import known_by_rows
from holdfast.access.may import CaseKnown
from holdfast.casefile.calls import ENDS
from holdfast.casefile.models import Case
from holdfast.casefile.models import DutyRow
from holdfast.casefile.packs import pack_called
from holdfast.casefile.reading import CaseFile
from holdfast.casefile.reading import read_case
from holdfast.casefile.refused import CaseErased
from holdfast.casefile.refused import NoSuchCase
from holdfast.doors.board.folding import Standing
from holdfast.doors.board.folding import fold
from holdfast.doors.board.row import Row
from holdfast.doors.desk.owed_words import duty_of

_log = logging.getLogger("holdfast.board")


class OnBoard(NamedTuple):
    """A row and who may see it."""

    row: Row
    known: CaseKnown


class Left(NamedTuple):
    """Why a case is not on the board: the reason of its CallClosed, or ''."""

    reason: str


def opened_for_board(case_id: UUID, before: OnBoard | None = None) -> OnBoard | Left:
    """The case as the board has it. `before` is what it had until now. Raises where the store itself cannot be read."""
    try:
        return _opened(case_id)
    except (NoSuchCase, CaseErased):
        return Left("")
    except (sqlite3.Error, DatabaseError, OSError):
        raise  # every board says then that it is not live
    except Exception as fault:  # noqa: BLE001 one case that cannot be shown must not take the board from all others
        _log.error("a call on the board could not be read: %s", type(fault).__name__)
        return _unreadable(case_id, before)


def _opened(case_id: UUID) -> OnBoard | Left:
    file = read_case(case_id)
    row = fold(file.entries, standing_of(file))
    if row is None:
        closed = [entry for entry in file.entries if entry.kind == ENDS]
        return Left(max(closed, key=lambda entry: entry.happened_at).fields.reason if closed else "")
    return OnBoard(row, case_known(file, ZoneInfo(pack_called(file.pack).timezone)))


def standing_of(file: CaseFile) -> Standing:
    """What the fold needs beside the entries."""
    owed = DutyRow.objects.filter(case_id=file.id, live=True).values_list("duty", "started_by", "instance")
    return Standing(file.code, file.pack, file.force, file.area, frozenset(owed), words_of(file.pack))


def words_of(pack_name: str) -> Callable[[str, datetime], str]:
    """What a pack says to staff of a duty, as it was at a moment."""

    def words(duty_id: str, at: datetime) -> str:
        duty = duty_of(pack_called(pack_name), duty_id.removesuffix(".chase"), at)
        return duty.staff if duty is not None else ""

    return words


def _unreadable(case_id: UUID, before: OnBoard | None) -> OnBoard | Left:
    if before is not None:
        return before._replace(row=before.row._replace(unreadable=True))
    case = Case.objects.filter(pk=case_id).first()
    known = known_by_rows(case.code) if case is not None else None
    if case is None or known is None:
        return Left("")
    return OnBoard(Row(case.code, case.pack, case.opened_at, "", force=case.force, unreadable=True), known)
