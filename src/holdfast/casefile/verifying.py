"""Whether everything that is kept is still what was recorded: the checkpoints, their copies, and every chain.

Reads only, opens no word of a case unless asked to, and needs no key but the public half of the checkpoints' key.
"""

from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from holdfast.casefile.checkpoints import folder
from holdfast.casefile.checkpoints import notes_in
from holdfast.casefile.checkpoints import origin_and_key
from holdfast.casefile.checkpoints import second_folder
from holdfast.casefile.refused import CannotKeep
from holdfast.casefile.state import KEY_ID
from holdfast.casefile.state import key_of
from holdfast.casefile.store import reading
from holdfast.record.chain import Stored
from holdfast.record.chain import Verdict
from holdfast.record.chain import verify_words
from holdfast.record.checkpoint import compare
from holdfast.record.checkpoint import compare_places
from holdfast.record.checkpoint import replay
from holdfast.record.outcome import MEANINGS
from holdfast.record.outcome import Outcome

_STORED = (
    "SELECT CAST(header AS BLOB), CAST(sealed AS BLOB), CAST(hash AS BLOB) FROM entry WHERE case_id = ? ORDER BY number"
)
_CASES = 'SELECT id FROM "case" UNION SELECT case_id FROM entry ORDER BY 1'


class Finding(NamedTuple):
    """One thing that is not as it should be."""

    where: str  # 'case <id>', 'checkpoints', 'second place'
    outcome: Outcome
    at_number: int | None  # the first entry or checkpoint that is wrong

    @property
    def says(self) -> str:
        return MEANINGS[self.outcome]


class Report(NamedTuple):
    """How verifying ended. Sound when there are no findings."""

    cases: int
    entries: int
    checkpoints: int
    not_yet_witnessed: int
    erased: int
    findings: tuple[Finding, ...]


def verify_all(*, words: bool = False) -> Report:
    """Everything; with `words`, also that each entry still opens with its case's key."""
    findings: list[Finding] = []
    replayed = replay(notes_in(folder()), *origin_and_key())
    if replayed.outcome is not Outcome.SOUND:
        findings.append(Finding("checkpoints", replayed.outcome, replayed.at_number))
    copied, number = compare_places(notes_in(folder()), notes_in(second_folder()))
    if copied is not Outcome.SOUND:
        findings.append(Finding("second place", copied, number))
    with reading() as connection:
        cases = [UUID(row[0]) for row in connection.execute(_CASES)]

        def chains() -> Iterator[tuple[str, Iterator[Stored]]]:
            for case_id in cases:
                yield str(case_id), (Stored(*row) for row in connection.execute(_STORED, (case_id.hex,)))

        compared = compare(chains(), replayed.witnessed)
        findings += [_of(case, verdict) for case, verdict in compared.faults]
        bad = {case for case, _ in compared.faults}
        sound = [case_id for case_id in cases if str(case_id) not in bad]
        findings += [
            Finding(f"case {case_id}", Outcome.MISSING_ENTRY, length)
            for case_id in sound
            if (length := _shorter_than_its_row(connection, case_id)) is not None
        ]
        erased = 0
        for case_id in sound if words else ():
            stored = (Stored(*row) for row in connection.execute(_STORED, (case_id.hex,)))
            try:
                keys = {KEY_ID: key_of(connection, case_id)}
            except CannotKeep:
                keys = {}
            verdict = verify_words(stored, keys)
            erased += verdict.outcome is Outcome.ERASED
            if verdict.outcome not in (Outcome.SOUND, Outcome.ERASED):
                findings.append(_of(str(case_id), verdict))
    count = replayed.last.number if replayed.last else 0
    return Report(compared.cases, compared.entries, count, compared.not_yet_witnessed, erased, tuple(findings))


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
    return None if (length, head) == (number, last) else min(length, number or 0) + 1
