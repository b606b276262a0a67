"""The statements of a case, as its entries add up: a pure fold.

- A statement is named by the number of the entry that started it; everything about it names that number.
- Its text is the newest draft with every correction after it. A draft or correction after a reading undoes the
  reading, and with it what was certified: nobody signs a text that was not read over as it stands.
- Its `version` is the number of the newest entry about it: whoever writes says which version they had seen.
"""

from collections.abc import Iterable
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from typing import NamedTuple

from holdfast.doors.evidence.statement_text import digest_of
from holdfast.record.entry import By
from holdfast.record.entry import Entry
from holdfast.record.facts import effective
from holdfast.record.kinds.statement import StatementParagraph

TAKEN = ("StatementTaken", "LaterStatementTaken", "StatementWithdrawn")
SORTS = {
    "witness": "Witness statement",
    "later": "Later statement",
    "withdrawal": "Statement of withdrawal",
    "impact": "Impact statement",
}


class Statement(NamedTuple):
    """One statement, as far as the record knows it. Entries that are not there are None."""

    number: int  # of the entry that started it
    version: int  # of the newest entry about it
    said: Any  # StatementStarted's fields
    started_at: datetime
    by: By
    about: tuple[int, ...]
    paragraphs: tuple[StatementParagraph, ...] = ()
    saved: int = 0  # how many drafts
    saved_at: datetime | None = None
    saved_by: By | None = None
    taken: Entry | None = None
    taken_here: bool = False  # its writing down came to an end: from then on single paragraphs are corrected
    corrections: tuple[Entry, ...] = ()
    read_over: Entry | None = None  # of the text as it stands now
    certified: Entry | None = None  # of the text as it stands now
    signed: Entry | None = None
    declined: Entry | None = None
    read_in_court: Entry | None = None
    copies: tuple[Entry, ...] = ()

    @property
    def state(self) -> str:
        """Where it stands: one of 'signed', 'declined', 'read_over', 'taken', 'drafted', 'started'."""
        for name in ("signed", "declined", "read_over"):
            if getattr(self, name):
                return name
        if self.only_corrected:
            return "taken"
        return "drafted" if self.saved else "started"

    @property
    def done(self) -> bool:
        """Whether nothing of it can change any more."""
        return bool(self.signed or self.declined)

    @property
    def only_corrected(self) -> bool:
        """Whether it is being read over: what changes now is a correction, kept with what stood there before."""
        return self.taken_here or bool(self.corrections) or self.read_over is not None

    @property
    def text_sha256(self) -> str:
        """Of the text as it stands now."""
        return digest_of(self.paragraphs)

    @property
    def translated(self) -> bool:
        """Whether it has two texts."""
        return bool(self.said.translated_into)

    @property
    def unfinished(self) -> tuple[int, ...]:
        """The numbers of the paragraphs that lack their words or their translation."""
        return tuple(
            place
            for place, each in enumerate(self.paragraphs, 1)
            if not each.words or (self.translated and not each.translation)
        )

    @property
    def needs_certificate(self) -> bool:
        """Whether somebody else's words stand for theirs, so that whoever interpreted has to certify it."""
        return self.translated and not self.certified

    @property
    def title(self) -> str:
        """What kind of statement it is."""
        return SORTS.get(self.said.sort, "Statement")


def statements(entries: Sequence[Entry]) -> tuple[Statement, ...]:
    """Every statement of a case, in the order in which they were started."""
    found: dict[int, Statement] = {}
    for entry in sorted(effective(list(entries)), key=lambda each: each.number):
        if entry.kind == "StatementStarted":
            began = next((each for each in entries if each.number in entry.about and each.kind in TAKEN), None)
            found[entry.number] = Statement(
                entry.number, entry.number, entry.fields, entry.happened_at, entry.by, entry.about, taken=began
            )
            continue
        number = next((each for each in entry.about if each in found), 0)
        fold = _FOLDS.get(entry.kind)
        if number and fold:
            found[number] = fold(found[number], entry)._replace(version=entry.number)
    return tuple(found.values())


def statement_among(entries: Sequence[Entry], number: int) -> Statement | None:
    """The statement that this entry started, or None."""
    return next((each for each in statements(entries) if each.number == number), None)


def taken_without_text(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Statements of the survivor that were recorded as taken, and of which no text was written down here."""
    written = {number for each in statements(entries) for number in each.about}
    written |= {each.taken.number for each in statements(entries) if each.taken}
    return tuple(
        entry
        for entry in effective(list(entries))
        if entry.kind == "StatementTaken"
        and entry.fields.of == "survivor"
        and entry.fields.form != "video"
        and entry.number not in written
    )


def has_first(entries: Iterable[Entry]) -> bool:
    """Whether the survivor has made a statement, in whatever form: any other is a later one."""
    return any(each.kind == "StatementTaken" and each.fields.of == "survivor" for each in effective(list(entries)))


def was_read_in_court(entries: Iterable[Entry]) -> bool:
    """Whether the court has had the impact statement."""
    return any(each.kind == "ImpactStatementRead" for each in entries)


def films(entries: Sequence[Entry]) -> tuple[tuple[Entry, Entry], ...]:
    """Every filmed statement with the entry that it is about."""
    by_number = {entry.number: entry for entry in entries}
    return tuple(
        (entry, by_number[entry.about[0]]) for entry in effective(list(entries)) if entry.kind == "StatementFilmed"
    )


def _drafted(now: Statement, entry: Entry) -> Statement:
    return now._replace(
        paragraphs=entry.fields.paragraphs, saved=now.saved + 1, saved_at=entry.happened_at, saved_by=entry.by,
        read_over=None, certified=None,
    )  # fmt: skip


def _corrected(now: Statement, entry: Entry) -> Statement:
    place, said = entry.fields.paragraph - 1, entry.fields
    if not 0 <= place <= len(now.paragraphs):  # one more than there are: a paragraph was added
        return now
    put_right = StatementParagraph(words=said.after, translation=said.translation_after)
    paragraphs = (*now.paragraphs[:place], put_right, *now.paragraphs[place + 1 :])
    return now._replace(paragraphs=paragraphs, corrections=(*now.corrections, entry), read_over=None, certified=None)


def _read_over(now: Statement, entry: Entry) -> Statement:
    same = entry.fields.text_sha256 == now.text_sha256 and entry.fields.agreed == "yes"
    return now._replace(read_over=entry) if same else now


def _certified(now: Statement, entry: Entry) -> Statement:
    return now._replace(certified=entry) if entry.fields.text_sha256 == now.text_sha256 else now


_FOLDS: dict[str, Any] = {
    "StatementDrafted": _drafted,
    "StatementTaken": lambda now, entry: now._replace(taken=entry, taken_here=True),
    "LaterStatementTaken": lambda now, entry: now._replace(taken=entry, taken_here=True),
    "StatementParagraphCorrected": _corrected,
    "StatementTextReadOver": _read_over,
    "InterpreterCertified": _certified,
    "StatementSignatureTaken": lambda now, entry: now._replace(signed=entry),
    "StatementDeclined": lambda now, entry: now._replace(declined=entry),
    "ImpactStatementDeclined": lambda now, entry: now._replace(declined=entry),
    "ImpactStatementRead": lambda now, entry: now._replace(read_in_court=entry),
    "StatementCopyGiven": lambda now, entry: now._replace(copies=(*now.copies, entry)),
}
