"""Writes what happens to a statement. Doors have asked `access`; what is refused here the person can put right.

- Whoever writes says which version of the statement they had seen. Where somebody else wrote to it meanwhile nothing
  is written (Moved): no paragraph is lost to the slower of two. What others do elsewhere in the case changes nothing.
- What a duty starts or ends on is written in the same transaction as what it belongs to: once, and together.
"""

from collections.abc import Callable
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from typing import NamedTuple
from uuid import UUID

from holdfast.casefile.append import Appended
from holdfast.casefile.append import Draft
from holdfast.casefile.append import append_all
from holdfast.casefile.reading import CaseFile
from holdfast.casefile.reading import read_case
from holdfast.casefile.refused import CaseMovedOn
from holdfast.doors.evidence.statement_fold import Statement
from holdfast.doors.evidence.statement_fold import has_first
from holdfast.doors.evidence.statement_fold import statement_among
from holdfast.doors.evidence.statement_fold import was_read_in_court
from holdfast.doors.evidence.statement_text import MOST_LETTERS
from holdfast.doors.evidence.statement_text import MOST_PARAGRAPHS
from holdfast.record.entry import By
from holdfast.record.kinds.statement import StatementParagraph

_TRIES = 20  # other writers of the same case may come first


class NotNow(Exception):
    """This cannot be done with the statement as it stands. `why` says what has to be done first."""

    def __init__(self, why: str):
        self.why = why
        super().__init__(why)


class Moved(Exception):
    """Somebody else wrote to this statement meanwhile; `now` is how it stands."""

    def __init__(self, now: Statement):
        self.now = now
        super().__init__("Somebody else wrote to this statement meanwhile.")


class Seen(NamedTuple):
    """Which statement, and which version of it the writer had before them."""

    number: int
    version: int


Makes = Callable[[CaseFile, Statement], Sequence[Draft]]


def start(case_id: UUID, said: dict[str, Any], about: Sequence[int], *, by: By, at: datetime) -> int:
    """Starts a statement: its number. NotNow where a first statement is to be made and there is one."""
    for _ in range(_TRIES):
        file = read_case(case_id)
        if said.get("sort") == "witness" and not about and has_first(file.entries):
            raise NotNow("There is a first statement already: this one is a later one, about it.")
        if said.get("sort") == "impact" and was_read_in_court(file.entries):
            raise NotNow("The court has heard the impact statement. It is changed no more.")
        draft = Draft("StatementStarted", said, at, tuple(about))
        try:
            return append_all(case_id, [draft], by=by, expected_length=file.length).number
        except CaseMovedOn:
            continue
    raise NotNow("Others are writing in this case all the time. Nothing was recorded: try again.")


def save(
    case_id: UUID, seen: Seen, paragraphs: Sequence[StatementParagraph], *, by: By, at: datetime
) -> Appended | None:
    """Saves a draft; None where it says just what the last one said."""
    count = sum(len(each.words) + len(each.translation) for each in paragraphs)
    if len(paragraphs) > MOST_PARAGRAPHS:
        raise NotNow(
            f"A statement has at most {MOST_PARAGRAPHS} paragraphs here. Put some together, or begin a later one."
        )
    if count > MOST_LETTERS:
        raise NotNow(f"A statement has at most {MOST_LETTERS:,} letters here. Begin a later statement with the rest.")
    if not paragraphs:
        raise NotNow("Nothing was written down yet.")

    def made(file: CaseFile, now: Statement) -> Sequence[Draft]:
        _must_be_open(now)
        if now.only_corrected:
            raise NotNow("It is being read over: correct single paragraphs, so that each correction is kept.")
        if tuple(paragraphs) == now.paragraphs:
            return ()
        listed = [{"words": each.words, "translation": each.translation} for each in paragraphs]
        return [Draft("StatementDrafted", {"paragraphs": listed}, at, (seen.number,))]

    return write(case_id, seen, made, by=by)


def take(case_id: UUID, seen: Seen, *, by: By, at: datetime) -> Appended | None:
    """They have said all that they want to say: it is taken, and the clocks that start with a statement start. Once."""

    def made(file: CaseFile, now: Statement) -> Sequence[Draft]:
        _must_be_open(now)
        _must_be_whole(now)
        if now.taken or now.said.sort in ("withdrawal", "impact"):
            return ()
        first = now.said.sort == "witness" and not has_first(file.entries)
        form = "written" if now.said.written_by == "maker" else "typed"
        said = {"of": now.said.of, "form": form, "language": now.said.language}
        return [Draft("StatementTaken" if first else "LaterStatementTaken", said, at, (seen.number,))]

    return write(case_id, seen, made, by=by)


def correct(
    case_id: UUID, seen: Seen, place: int, words: str, translation: str, asked_by: str, *, by: By, at: datetime
) -> Appended | None:
    """Corrects one paragraph while it is read over; what stood there stays in the record."""

    def made(file: CaseFile, now: Statement) -> Sequence[Draft]:
        _must_be_open(now)
        if not 1 <= place <= len(now.paragraphs) + 1 or place > MOST_PARAGRAPHS:
            raise NotNow("There is no paragraph of that number.")
        before = now.paragraphs[place - 1] if place <= len(now.paragraphs) else StatementParagraph()
        if (before.words, before.translation) == (words, translation):
            return ()
        if not words:
            raise NotNow("A paragraph cannot be left empty. Say instead what they want to stand there.")
        said = {
            "paragraph": place, "before": before.words, "after": words, "translation_before": before.translation,
            "translation_after": translation, "asked_by": asked_by,
        }  # fmt: skip
        return [Draft("StatementParagraphCorrected", said, at, (seen.number,))]

    return write(case_id, seen, made, by=by)


def read_over(
    case_id: UUID, seen: Seen, text_sha256: str, said: dict[str, Any], *, by: By, at: datetime
) -> Appended | None:
    """The whole text was read over and agreed, as it stood on the page that says so."""

    def made(file: CaseFile, now: Statement) -> Sequence[Draft]:
        _must_be_open(now)
        _must_be_whole(now)
        if now.text_sha256 != text_sha256:
            raise Moved(now)
        if now.read_over:
            return ()
        whole = {**said, "text_sha256": text_sha256, "paragraphs": len(now.paragraphs), "agreed": "yes"}
        about = tuple(each for each in (seen.number, now.taken.number if now.taken else 0) if each)
        corrected = "yes" if now.corrections else "no"
        return [
            Draft("StatementTextReadOver", whole, at, (seen.number,)),
            Draft("StatementReadOver", {"corrections": corrected}, at, about),
        ]

    return write(case_id, seen, made, by=by)


def certify(case_id: UUID, seen: Seen, said: dict[str, Any], *, by: By, at: datetime) -> Appended | None:
    """The interpreter certified the text as it stands, after it was read over."""

    def made(file: CaseFile, now: Statement) -> Sequence[Draft]:
        _must_be_open(now)
        if not now.read_over:
            raise NotNow("Read it over first: the interpreter certifies the text as it was read over.")
        whole = {**said, "text_sha256": now.text_sha256}
        return [Draft("InterpreterCertified", whole, at, (seen.number,))]

    return write(case_id, seen, made, by=by)


def write(case_id: UUID, seen: Seen, makes: Makes, *, by: By) -> Appended | None:
    """Writes what `makes` gives for the statement as it stands; None where that is nothing. Moved, NotNow."""
    for _ in range(_TRIES):
        file = read_case(case_id)
        now = statement_among(file.entries, seen.number)
        if now is None:
            raise NotNow("There is no such statement in this case.")
        if now.version != seen.version:
            raise Moved(now)
        drafts = makes(file, now)
        if not drafts:
            return None
        try:
            return append_all(case_id, drafts, by=by, expected_length=file.length)
        except CaseMovedOn:
            continue
    raise NotNow("Others are writing in this case all the time. Nothing was recorded: try again.")


def must_be_ready(now: Statement) -> None:
    """Whether it can be signed as it stands; NotNow says what is missing."""
    _must_be_open(now)
    _must_be_whole(now)
    if not now.read_over:
        raise NotNow("It was not read over as it stands now. Read it over first: a change needs another reading.")
    if now.needs_certificate:
        raise NotNow("The interpreter has not certified the text as it stands now.")


def _must_be_open(now: Statement) -> None:
    if now.signed:
        raise NotNow("It is signed, and changes no more. What is to be added goes into a later statement.")
    if now.declined:
        raise NotNow("They chose not to go on with it, and it changes no more. Begin another if they want one.")


def _must_be_whole(now: Statement) -> None:
    if not now.paragraphs:
        raise NotNow("Nothing was written down yet.")
    if now.unfinished:
        listed = ", ".join(str(each) for each in now.unfinished[:20])
        raise NotNow(f"Both texts have to be whole first. Something is missing in paragraph {listed}.")
