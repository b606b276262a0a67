"""Whether everything that is kept is still what was recorded: the checkpoints, their copies, and every chain.

What is kept beside an entry so that it can be looked up has to say what its header says; a case without a key is named.
Reads only, opens no word of a case unless asked to, and needs no key but the public half of the checkpoints' key.
"""

import re
import sqlite3
from collections.abc import Iterator
from datetime import UTC
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from holdfast.casefile.checkpoints import folder
from holdfast.casefile.checkpoints import notes_in
from holdfast.casefile.checkpoints import origin_and_key
from holdfast.casefile.checkpoints import second_folder
from holdfast.casefile.keys.aws_kms import KeyServiceOut
from holdfast.casefile.log import has_log
from holdfast.casefile.log import log_head
from holdfast.casefile.log import log_length
from holdfast.casefile.log import stored_lines
from holdfast.casefile.refused import CannotKeep
from holdfast.casefile.refused import NoSuchCase
from holdfast.casefile.rows import place_of
from holdfast.casefile.state import KEY_ID
from holdfast.casefile.state import key_of
from holdfast.casefile.state import state_of
from holdfast.casefile.store import reading
from holdfast.casefile.verifying_rows import duties_fit
from holdfast.casefile.verifying_rows import keys_belong
from holdfast.casefile.verifying_rows import mark_fits
from holdfast.casefile.verifying_rows import public_keys_fit
from holdfast.casefile.verifying_rows import rows_of_no_case
from holdfast.casefile.verifying_rows import witnessed_otherwise
from holdfast.record.chain import Stored
from holdfast.record.chain import Verdict
from holdfast.record.chain import Witnessed
from holdfast.record.chain import verify_words
from holdfast.record.checkpoint import Replay
from holdfast.record.checkpoint import compare
from holdfast.record.checkpoint import compare_places
from holdfast.record.checkpoint import replay
from holdfast.record.facts import effective
from holdfast.record.log_line import LOG
from holdfast.record.log_line import LOG_MEANINGS
from holdfast.record.log_line import verify_log
from holdfast.record.outcome import MEANINGS
from holdfast.record.outcome import Outcome

_BESIDE = (
    "SELECT CAST(header AS BLOB), CAST(sealed AS BLOB), CAST(hash AS BLOB), CAST(number AS BLOB), CAST(happened_at AS "
    "BLOB), CAST(recorded_at AS BLOB), CAST(kind AS BLOB), CAST(role AS BLOB), CAST(staff AS BLOB) FROM entry "
    "WHERE case_id = ? ORDER BY number"
)
_WITHOUT_KEY = 'SELECT id FROM "case" WHERE id NOT IN (SELECT case_id FROM case_key) ORDER BY 1'
_STORED = (
    "SELECT CAST(header AS BLOB), CAST(sealed AS BLOB), CAST(hash AS BLOB) FROM entry WHERE case_id = ? ORDER BY number"
)
_CASES = 'SELECT id FROM "case" UNION SELECT case_id FROM entry ORDER BY 1'


_HEX = re.compile(r"[0-9a-f]{32}")


class Beside(StrEnum):
    """What is wrong beside a chain that is sound: no outcome of the chain's format, which is a closed list."""

    COLUMNS_DIFFER = "columns_differ"
    CASE_DIFFERS = "case_differs"
    ROW_CHANGED = "row_changed"
    DUTIES_DIFFER = "duties_differ"
    KEY_DOES_NOT_OPEN = "key_does_not_open"
    KEY_TAKEN_OUT = "key_taken_out"
    NO_SUCH_CASE = "no_such_case"
    WITNESSED_DIFFERS = "witnessed_differs"
    KEYS_OF_ANOTHER = "keys_of_another"
    PUBLIC_KEY_DIFFERS = "public_key_differs"
    ERASURES_DAMAGED = "erasures_damaged"
    ERASED_HAS_KEY = "erased_has_key"
    ERASED_DIFFERS = "erased_differs"

    @property
    def meaning(self) -> str:
        if self in _SAID:
            return _SAID[self]
        if self is Beside.CASE_DIFFERS:
            return "The pack, force or area kept for the case is not what its opening says: its duties may be wrong."
        return (
            "What is kept beside an entry or line to look it up is not what it says itself: a list may show it wrongly."
        )


_SAID = {
    Beside.ROW_CHANGED: "The case's row (code, place, length, when opened) was changed by somebody without its key.",
    Beside.DUTIES_DIFFER: "The duties kept for queues are not what the record and the law give. If its pack was "
    "changed just now that is why; run `holdfast rederive`. If not, somebody changed them.",
    Beside.KEY_DOES_NOT_OPEN: "The case's wrapped key does not open: it was changed. Restore it from a backup.",
    Beside.KEY_TAKEN_OUT: "The case has no key, and no list of erasures says why: it was taken out. Restore a backup.",
    Beside.NO_SUCH_CASE: "Rows speak of a case that is not there.",
    Beside.WITNESSED_DIFFERS: "The case's row says that checkpoints saw more or less of it than they say.",
    Beside.KEYS_OF_ANOTHER: "The keys, or the checks kept of them, are not this database's.",
    Beside.PUBLIC_KEY_DIFFERS: "The public key beside the checkpoints is not the one that signs them.",
    Beside.ERASURES_DAMAGED: "The list of erasures is not as it was signed, or its two places differ.",
    Beside.ERASED_HAS_KEY: "A case that was erased has a key again. Run `holdfast clock`, which destroys it.",
    Beside.ERASED_DIFFERS: "The chain of an erased case does not end as its certificate says.",
}


class Finding(NamedTuple):
    """One thing that is not as it should be."""

    where: str  # 'case <id>', 'log', 'checkpoints', 'second place'
    outcome: Outcome | Beside
    at_number: int | None  # the first entry or checkpoint that is wrong

    @property
    def says(self) -> str:
        if isinstance(self.outcome, Beside):
            return self.outcome.meaning
        return (LOG_MEANINGS if self.where == LOG else MEANINGS)[self.outcome]


class Report(NamedTuple):
    """How verifying ended. Sound when there are no findings."""

    cases: int
    entries: int
    checkpoints: int
    not_yet_witnessed: int
    erased: int
    without_key: tuple[str, ...]  # the cases whose key is gone: destroyed to erase their words, or taken out
    findings: tuple[Finding, ...]
    log_lines: int = 0  # of the log of who opened what
    log_not_yet_witnessed: int = 0


def verify_all(*, words: bool = False) -> Report:
    """Everything; with `words`, also that each entry opens and that the rows kept of its case are what it gives."""
    findings: list[Finding] = []
    replayed = replay(notes_in(folder()), *origin_and_key())
    if replayed.outcome is not Outcome.SOUND:
        findings.append(Finding("checkpoints", replayed.outcome, replayed.at_number))
    copied, number = compare_places(notes_in(folder()), notes_in(second_folder()))
    if copied is not Outcome.SOUND:
        findings.append(Finding("second place", copied, number))
    with reading() as connection:
        without_key = tuple(map(str, _cases_in(connection, _WITHOUT_KEY, [])))
        odd: list[str] = []  # what stands where a case's identifier should
        cases = _cases_in(connection, _CASES, odd)
        findings += [Finding(f"case {each}", Beside.NO_SUCH_CASE, None) for each in odd]

        differing: dict[str, int] = {}  # by case, the place of the first entry whose columns say something else

        def entries(case_id: UUID) -> Iterator[Stored]:
            for place, row in enumerate(connection.execute(_BESIDE, (case_id.hex,)), 1):
                if not _says_its_header(*row[:1], *row[3:]):
                    differing.setdefault(str(case_id), place)
                yield Stored(*row[:3])

        def chains() -> Iterator[tuple[str, Iterator[Stored]]]:
            for case_id in cases:
                yield str(case_id), entries(case_id)

        witnessed = dict(replayed.witnessed)
        log_lines, log_newer, log_findings = _log_of(connection, witnessed.pop(LOG, None))
        compared = compare(chains(), witnessed)
        findings += [*log_findings, *(_of(case, verdict) for case, verdict in compared.faults)]
        bad = {case for case, _ in compared.faults}
        findings += [
            Finding(f"case {case}", Beside.COLUMNS_DIFFER, place)
            for case, place in differing.items()
            if case not in bad
        ]
        sound = [case_id for case_id in cases if str(case_id) not in bad]
        findings += [
            Finding(f"case {case_id}", Outcome.MISSING_ENTRY, length)
            for case_id in sound
            if (length := _shorter_than_its_row(connection, case_id)) is not None
        ]
        findings += _beside_cases(connection, replayed)
        erased = len(without_key)
        if words:
            erased, unread = _words_of(connection, sound)
            findings += unread
    count = replayed.last.number if replayed.last else 0
    return Report(
        compared.cases, compared.entries, count, compared.not_yet_witnessed, erased, without_key, tuple(findings),
        log_lines, log_newer,
    )  # fmt: skip


def _cases_in(connection: sqlite3.Connection, asked: str, odd: list[str]) -> list[UUID]:
    """The cases that a question gives. What is no identifier as it is written is put into `odd`, ten signs of it."""
    found = []
    for (said,) in connection.execute(asked):
        if isinstance(said, str) and _HEX.fullmatch(said):
            found.append(UUID(said))
        else:
            odd.append(repr(said)[:10])
    return found


def _log_of(connection: sqlite3.Connection, seen: Witnessed | None) -> tuple[int, int, list[Finding]]:
    """The log: its lines, how many are newer than the last checkpoint, and what is wrong with it."""
    try:
        return _log_read(connection, seen)
    except (TypeError, ValueError):  # bytes where a number or a text should be
        return 0, 0, [Finding(LOG, Beside.COLUMNS_DIFFER, None)]


def _log_read(connection: sqlite3.Connection, seen: Witnessed | None) -> tuple[int, int, list[Finding]]:
    if not has_log(connection):  # of an older version, or taken out whole
        return 0, 0, [Finding(LOG, Outcome.SHORTER_THAN_CHECKPOINT, 1)] if seen else []
    differing: list[int] = []
    verdict = verify_log(LOG, stored_lines(connection, differing), seen)
    findings = []
    if verdict.outcome is not Outcome.SOUND:
        findings.append(Finding(LOG, verdict.outcome, verdict.at_number))
    elif differing:
        findings.append(Finding(LOG, Beside.COLUMNS_DIFFER, differing[0]))
    elif (log_length(connection), log_head(connection)) != (verdict.length, verdict.head if verdict.length else b""):
        findings.append(Finding(LOG, Outcome.MISSING_ENTRY, min(verdict.length, log_length(connection)) + 1))
    return verdict.length, max(0, verdict.length - (seen.length if seen else 0)), findings


def _words_of(connection: sqlite3.Connection, sound: list[UUID]) -> tuple[int, list[Finding]]:
    """How many of these cases are erased, and which of the others do not open."""
    erased, findings = 0, []
    for case_id in sound:
        stored = (Stored(*row) for row in connection.execute(_STORED, (case_id.hex,)))
        try:
            key = key_of(connection, case_id)
        except KeyServiceOut:
            raise  # says nothing about the case
        except CannotKeep:
            if connection.execute("SELECT 1 FROM case_key WHERE case_id = ?", (case_id.hex,)).fetchone():
                findings.append(Finding(f"case {case_id}", Beside.KEY_DOES_NOT_OPEN, None))
            else:
                erased += 1
            continue
        verdict = verify_words(stored, {KEY_ID: key})
        if verdict.outcome is not Outcome.SOUND:
            findings.append(_of(str(case_id), verdict))
        else:
            findings += _rows_of(connection, case_id, key)
    return erased, findings


def _rows_of(connection: sqlite3.Connection, case_id: UUID, key: bytes) -> Iterator[Finding]:
    """What is wrong with the rows of a case whose chain and words are sound."""
    where = f"case {case_id}"
    if not _as_opened(connection, case_id):
        yield Finding(where, Beside.CASE_DIFFERS, 1)
        return  # its duties are another law's
    if not mark_fits(connection, case_id, key):
        yield Finding(where, Beside.ROW_CHANGED, None)
    try:
        entries = state_of(connection, case_id).entries
    except (CannotKeep, NoSuchCase):
        return  # what does not add up is told by another finding
    if not duties_fit(connection, case_id, entries, datetime.now(UTC)):
        yield Finding(where, Beside.DUTIES_DIFFER, None)


def _beside_cases(connection: sqlite3.Connection, replayed: Replay) -> Iterator[Finding]:
    """What is wrong beside all cases together."""
    for case in rows_of_no_case(connection):
        yield Finding(f"case {case}", Beside.NO_SUCH_CASE, None)
    for case in witnessed_otherwise(connection, replayed):
        yield Finding(f"case {case}", Beside.WITNESSED_DIFFERS, None)
    if not public_keys_fit():
        yield Finding("checkpoints", Beside.PUBLIC_KEY_DIFFERS, None)
    if not keys_belong():
        yield Finding("keys", Beside.KEYS_OF_ANOTHER, None)


def _as_opened(connection: sqlite3.Connection, case_id: UUID) -> bool:
    """Whether the case's row says the pack, force and area that its opening says, corrections applied."""
    row = connection.execute('SELECT pack, force, area FROM "case" WHERE id = ?', (case_id.hex,)).fetchone()
    if row is None:
        return True  # the case's missing row is told by another finding
    try:
        opened = effective(list(state_of(connection, case_id).entries))
    except (CannotKeep, NoSuchCase):
        return True  # what does not add up is told by another finding
    return tuple(row) == (opened[0].fields.pack, *place_of(opened))


def _says_its_header(header: bytes, number: bytes, *columns: bytes | None) -> bool:
    """Whether an entry's columns say what its header says. A plain search: a header has one way to be written."""
    if None in columns:
        return False
    happened_at, recorded_at, kind, role, staff = (each or b"" for each in columns)
    written = (
        b'"happened_at":"%b","recorded_at":"%b",' % (_as_written(happened_at), _as_written(recorded_at)),
        b'"kind":"%b","role":"%b","staff":"%b",' % (kind, role, staff),
        b'"number":%b,' % number,
    )
    return all(each in header for each in written)


def _as_written(stored: bytes) -> bytes:
    """A time as the database keeps it, as a header writes it."""
    return stored.replace(b" ", b"T", 1) + (b"Z" if b"." in stored else b".000000Z")


def _of(case: str, verdict: Verdict) -> Finding:
    return Finding(f"case {case}", verdict.outcome, verdict.at_number)


def _shorter_than_its_row(connection: object, case_id: UUID) -> int | None:
    """The number of the first entry that the case's own row says is there and is not."""
    row = connection.execute(  # type: ignore[attr-defined]
        "SELECT length, CAST(head AS BLOB), (SELECT CAST(hash AS BLOB) FROM entry e WHERE e.case_id = c.id ORDER BY "
        "number "
        'DESC LIMIT 1), (SELECT MAX(number) FROM entry e WHERE e.case_id = c.id) FROM "case" c WHERE id = ?',
        (case_id.hex,),
    ).fetchone()
    if row is None:
        return 1
    length, head, last, number = row
    if (length, head) == (number, last):
        return None
    return min(length, number or 0) + 1 if isinstance(length, int) and isinstance(number, int | None) else 1
