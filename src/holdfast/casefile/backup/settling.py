"""What follows once a backup's files are in their place: erasures again, witnesses, and what is missing.

A backup is of one moment. Checkpoints and erasures that were written later are in the second place; it is read here and
never written to until nothing is missing: what it knows is the only proof of what was lost.
"""

from pathlib import Path
from typing import NamedTuple

from holdfast.casefile.checkpoints import files_in
from holdfast.casefile.checkpoints import folder
from holdfast.casefile.checkpoints import keep_file
from holdfast.casefile.checkpoints import notes_in
from holdfast.casefile.checkpoints import origin_and_key
from holdfast.casefile.checkpoints import second_folder
from holdfast.casefile.erasing import replay_erasures
from holdfast.casefile.erasures import FOLDER as ERASURES
from holdfast.casefile.erasures import list_in
from holdfast.casefile.group import Kept
from holdfast.casefile.refused import CannotKeep
from holdfast.casefile.store import reading
from holdfast.casefile.store import write
from holdfast.record.checkpoint import replay
from holdfast.record.outcome import Outcome


class Missing(NamedTuple):
    """A chain of which a checkpoint saw more than the backup holds."""

    chain: str  # the case's identifier, or the log's name
    here: int  # entries in the backup; 0 where the whole case is missing
    seen: int  # entries that a checkpoint saw


class Settled(NamedTuple):
    """How it ended."""

    erased_again: int
    missing: tuple[Missing, ...]
    second: Outcome | None  # how reading the second place ended; None where there was none to read
    second_known: int  # how many checkpoints it had


def settle(known: Path) -> Settled:
    """Does it. `known` is the second place as it was before, which may be newer than the backup."""
    if files_in(known / ERASURES):
        _take_erasures(known / ERASURES)
    _same_in_second(known)
    erased = replay_erasures()
    outcome, count = None, 0
    missing: tuple[Missing, ...] = ()
    if files_in(known):
        replayed = replay(notes_in(known), *origin_and_key())
        outcome, count = replayed.outcome, len(files_in(known))
        missing = _missing({name: seen.length for name, seen in replayed.witnessed.items()})
        if not missing and outcome is Outcome.SOUND:
            for file in files_in(known):
                if not (folder() / file.name).exists():
                    keep_file(folder() / file.name, file.read_bytes())
    _witnessed_as_seen()
    return Settled(erased, missing, outcome, count)


def _take_erasures(known: Path) -> None:
    """Takes over erasures that are newer than the backup; CannotKeep where the list is not to be believed."""
    listed = list_in(known)
    if listed.outcome is not Outcome.SOUND:
        raise CannotKeep(
            f"The list of erasures in the second place is not to be believed at number {listed.at_number} "
            f"({listed.outcome}), so it was not replayed. Nothing may be served from this folder until somebody has "
            "looked: a case that was erased may be readable in it."
        )
    for file in files_in(known):
        here = folder() / ERASURES / file.name
        if here.exists() and here.read_bytes() != file.read_bytes():
            raise CannotKeep(
                "The backup and the second place hold different lists of erasures. Nothing may be served from this "
                "folder until somebody has looked: a case that was erased may be readable in it."
            )
        keep_file(here, file.read_bytes())


def _same_in_second(known: Path) -> None:
    """Where the second place of this folder is another than `known` and is empty, it gets the same files."""
    if second_folder().resolve() == known.resolve() and files_in(known):
        return
    if not files_in(second_folder()):
        public = [each for each in (folder() / "public-key.txt",) if each.is_file()]
        for file in (*public, *files_in(folder()), *files_in(folder() / ERASURES)):
            keep_file(second_folder() / file.relative_to(folder()), file.read_bytes())


def _missing(seen: dict[str, int]) -> tuple[Missing, ...]:
    lengths = _lengths()
    return tuple(
        Missing(name, lengths.get(name, 0), length)
        for name, length in sorted(seen.items())
        if lengths.get(name, 0) < length
    )


def _lengths() -> dict[str, int]:
    """How long each chain is by its own entries."""
    from uuid import UUID

    with reading() as connection:
        found = {
            str(UUID(row[0])): int(row[1])
            for row in connection.execute("SELECT case_id, MAX(number) FROM entry GROUP BY case_id")
        }
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'log_chain'").fetchone():
            found |= {row[0]: int(row[1]) for row in connection.execute("SELECT name, length FROM log_chain")}
    return found


def _witnessed_as_seen() -> None:
    """Says of each chain what the checkpoints in this folder saw of it: the next one names what none has seen."""
    seen = replay(notes_in(folder()), *origin_and_key()).witnessed

    def work(connection: object, kept: Kept) -> None:
        run = connection.execute  # type: ignore[attr-defined]
        run('UPDATE "case" SET witnessed = 0')
        log = run("SELECT 1 FROM sqlite_master WHERE name = 'log_chain'").fetchone()
        if log:
            run("UPDATE log_chain SET witnessed = 0")
        for name, chain in seen.items():
            if len(name) == 36:
                run('UPDATE "case" SET witnessed = MIN(length, ?) WHERE id = ?', (chain.length, name.replace("-", "")))
            elif log:
                run("UPDATE log_chain SET witnessed = MIN(length, ?) WHERE name = ?", (chain.length, name))

    write(work)
