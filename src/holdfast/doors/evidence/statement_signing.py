"""Signing a statement on the device: the exact text, the declaration and the signature become items of the vault.

- First the bytes are in the vault, then one transaction says so and says that it was signed: either all of it is
  recorded or none. A process that dies between leaves bytes that no entry names, which are swept away.
- What is signed is what was read over: another text, another version or another declaration than the page showed is
  refused.
- The time never goes back: where this machine's clock stands before the reading, the record's own time is used.
- The time stamp and the receipt come after, as with every item, and their failing undoes nothing.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from typing import NamedTuple
from zoneinfo import ZoneInfo

from holdfast.casefile.append import Draft
from holdfast.casefile.reading import CaseFile
from holdfast.doors.evidence.recording import keep_content
from holdfast.doors.evidence.recording import took
from holdfast.doors.evidence.statement_document import Signing
from holdfast.doors.evidence.statement_document import document_of
from holdfast.doors.evidence.statement_fold import Statement
from holdfast.doors.evidence.statement_writing import Moved
from holdfast.doors.evidence.statement_writing import NotNow
from holdfast.doors.evidence.statement_writing import Seen
from holdfast.doors.evidence.statement_writing import must_be_ready
from holdfast.doors.evidence.statement_writing import write
from holdfast.law.declaration import Declaration
from holdfast.law.declaration import declaration_for
from holdfast.law.pack import Pack
from holdfast.record.entry import By
from holdfast.vault.taking import Taken


class Signed(NamedTuple):
    """What was sent when somebody signed."""

    text_sha256: str  # of the text that the page showed
    declaration: str  # the id of the declaration that the page showed; ''
    typed: str
    picture: bytes  # a PNG; b'' where nothing was drawn
    wants_to_read: str = "not_asked"  # an impact statement alone
    reader: str = ""  # who read it to them, where they could not


def declaration_of(statement: Statement, pack: Pack, at: datetime) -> Declaration | None:
    """What is signed under this statement on this day, where the pack says it and somebody checked it."""
    day = at.astimezone(ZoneInfo(pack.timezone)).date().isoformat()
    return declaration_for(pack.declarations, statement.said.sort, day)


def sign(file: CaseFile, pack: Pack, seen: Seen, signed: Signed, *, by: By, at: datetime) -> Taken:
    """Signs it: the document as the vault has it. NotNow, Moved, StoreFault, OSError."""
    made: list[tuple[Taken, dict[str, Any]]] = []

    def makes(now_file: CaseFile, now: Statement) -> Sequence[Draft]:
        must_be_ready(now)
        if now.text_sha256 != signed.text_sha256:
            raise Moved(now)
        declaration = declaration_of(now, pack, at)
        if (declaration.id if declaration else "") != signed.declaration:
            raise NotNow("The declaration is another one now. Read it to them again, and sign again.")
        if not signed.typed and not signed.picture:
            raise NotNow("It is not signed yet. They draw their signature, or type their name.")
        moment = max(at, now_file.entries[-1].recorded_at)
        made[:] = _keep(now_file, pack, now, signed, declaration, by, moment)
        return [
            *(Draft("ItemTaken", said, moment) for _, said in made),
            *_entries(now, signed, declaration, made, moment),
        ]

    write(file.id, seen, makes, by=by)
    for taken, said in made:
        took(file.id, taken, _rest(said), by=by, at=at)
    return made[0][0]


def sign_on_paper(
    file: CaseFile, seen: Seen, text_sha256: str, reference: str, wants: str, *, by: By, at: datetime
) -> None:
    """It was signed on the force's own form, which the record names. NotNow, Moved."""

    def makes(now_file: CaseFile, now: Statement) -> Sequence[Draft]:
        must_be_ready(now)
        if now.text_sha256 != text_sha256:
            raise Moved(now)
        if not reference:
            raise NotNow("Say which form it was signed on, by its reference, so that it can be found.")
        said = {"how": "on_paper", "text_sha256": text_sha256, "reference": reference}
        return [Draft("StatementSignatureTaken", said, at, (now.number,)), *_clocks(now, wants, at)]

    write(file.id, seen, makes, by=by)


def _keep(
    file: CaseFile, pack: Pack, now: Statement, signed: Signed, declaration: Declaration | None, by: By, at: datetime
) -> list[tuple[Taken, dict[str, Any]]]:
    picture = hashlib.sha256(signed.picture).hexdigest() if signed.picture else ""
    reader = declaration.read_by if declaration and now.said.reads == "no" else ""
    if reader and signed.reader:
        reader = f"{reader} ({signed.reader})"
    signing = Signing(
        _how(signed), signed.typed, picture, at, declaration.says if declaration else "", reader, by,
    )  # fmt: skip
    content = document_of(now, signing, code=file.code, place=pack.name, zone_name=pack.timezone)
    found = [(keep_content(file.id, content), "statement", "statement.txt", "text/plain")]
    if signed.picture:
        found.append((keep_content(file.id, signed.picture), "signature", "signature.png", "image/png"))
    said = {"source": now.said.of if now.said.of in ("survivor", "witness") else "other", "purpose": now.title}
    return [
        (
            taken,
            {**said, "item": str(taken.item), "size": taken.size, "sha256": taken.sha256.hex(), "what": what,
             "named": named, "media": media},
        )
        for taken, what, named, media in found
    ]  # fmt: skip


def _entries(
    now: Statement,
    signed: Signed,
    declaration: Declaration | None,
    made: list[tuple[Taken, dict[str, Any]]],
    at: datetime,
) -> list[Draft]:
    document = made[0][0]
    said: dict[str, Any] = {
        "how": _how(signed), "text_sha256": now.text_sha256, "item": str(document.item),
        "sha256": document.sha256.hex(), "typed": signed.typed,
    }  # fmt: skip
    if len(made) > 1:
        said |= {"signature": str(made[1][0].item), "signature_sha256": made[1][0].sha256.hex()}
    if declaration:
        said |= {"declaration": declaration.id, "declared": declaration.says}
    return [Draft("StatementSignatureTaken", said, at, (now.number,)), *_clocks(now, signed.wants_to_read, at)]


def _clocks(now: Statement, wants_to_read: str, at: datetime) -> list[Draft]:
    """What duties start and end on: each once."""
    if now.said.sort == "impact":
        return [Draft("ImpactStatementMade", {"wants_to_read": wants_to_read}, at, (now.number,))]
    about = tuple(sorted({now.number, now.taken.number} if now.taken else {now.number}))
    return [Draft("StatementSigned", {"signed_by": now.said.of}, at, about)]


def _how(signed: Signed) -> str:
    return "drawn_and_typed" if signed.typed and signed.picture else "drawn" if signed.picture else "typed"


def _rest(said: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if name not in ("item", "size", "sha256")}
