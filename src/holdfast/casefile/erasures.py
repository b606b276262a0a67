"""The list of erasures on the disk: one signed file each, beside the checkpoints in both places.

A number is never used twice, and the two places say the same: the list has to outlive every backup.
"""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from holdfast.casefile.checkpoints import files_in
from holdfast.casefile.checkpoints import folder
from holdfast.casefile.checkpoints import keep_file
from holdfast.casefile.checkpoints import origin_and_key
from holdfast.casefile.checkpoints import second_folder
from holdfast.casefile.keys.chosen import ring
from holdfast.casefile.refused import CannotKeep
from holdfast.casefile.store import reading
from holdfast.casefile.verifying import Beside
from holdfast.casefile.verifying import Finding
from holdfast.record.erasure import Erased
from holdfast.record.erasure import Erasure
from holdfast.record.erasure import Listed
from holdfast.record.erasure import read_erasures
from holdfast.record.erasure import write_erasure
from holdfast.record.outcome import Outcome

FOLDER = "erasures"


def places() -> tuple[Path, Path]:
    """Where the list is kept: beside the checkpoints, and beside their copies."""
    return folder() / FOLDER, second_folder() / FOLDER


def list_in(place: Path) -> Listed:
    """The list in one place."""
    return read_erasures((file.read_bytes() for file in files_in(place)), *origin_and_key())


def erasures_known() -> tuple[Erasure, ...]:
    """Every erasure that either place knows; CannotKeep where a list is not to be believed or the two disagree."""
    found = [list_in(place) for place in places()]
    for each in found:
        if each.outcome is not Outcome.SOUND:
            raise CannotKeep(
                f"The list of erasures is not to be believed at number {each.at_number} ({each.outcome}). Nothing is "
                "erased until that is seen to. Put back the copy from the other place, and run `holdfast verify`."
            )
    longer, shorter = sorted((each.erasures for each in found), key=len, reverse=True)
    if longer[: len(shorter)] != shorter:
        raise CannotKeep(
            "The two places hold different lists of erasures. Nothing is erased until somebody has looked at both."
        )
    return longer


def list_erasure(said: Erased, at: datetime) -> Path:
    """Puts one erasure at the end of both lists, on the disk; the certificate. Doing it again does nothing."""
    known = erasures_known()
    again = next((each for each in known if each.said.case == said.case), None)
    last = known[-1] if known else None
    at = max(at, last.at) if last else at
    number = again.number if again else len(known) + 1
    note = b"" if again else write_erasure(last, said, origin=ring().checkpoint_name, at=at, private=_seed())
    here, there = places()
    for place, other in ((here, there), (there, here)):
        for each in files_in(other):  # what one place lacks, it gets from the other
            if not (place / each.name).exists():
                keep_file(place / each.name, each.read_bytes())
        if note:
            keep_file(place / f"{number:08}.txt", note)
    return here / f"{number:08}.txt"


def _seed() -> bytes:
    return ring().checkpoint_seed


def erasures_against(without_key: Iterable[str]) -> tuple[frozenset[str], tuple[Finding, ...]]:
    """The cases that the list says are erased, and what in the record or the list itself does not agree with it."""
    try:
        known = erasures_known()
    except CannotKeep:
        return frozenset(), (Finding("erasures", Beside.ERASURES_DAMAGED, None),)
    found: list[Finding] = []
    lengths = [len(list_in(place).erasures) for place in places()]
    if lengths[0] != lengths[1]:
        found.append(Finding("erasures", Beside.ERASURES_DAMAGED, min(lengths) + 1))
    gone = frozenset(without_key)
    with reading() as connection:
        for each in known:
            row = connection.execute(
                "SELECT CAST(hash AS BLOB) FROM entry WHERE case_id = ? AND number = ?",
                (each.said.case.replace("-", ""), each.said.length),
            ).fetchone()
            if each.said.case not in gone and row is not None:
                found.append(Finding(f"case {each.said.case}", Beside.ERASED_HAS_KEY, None))
            if row is not None and bytes(row[0]) != each.said.head:
                found.append(Finding(f"case {each.said.case}", Beside.ERASED_DIFFERS, each.said.length))
    erased = frozenset(each.said.case for each in known)
    found += [Finding(f"case {case}", Beside.KEY_TAKEN_OUT, None) for case in sorted(gone - erased)]
    return erased, tuple(found)
