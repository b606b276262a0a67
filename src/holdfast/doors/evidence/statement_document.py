"""The statement as a document: what is signed, put into the vault, and can be read and checked without Holdfast. Pure.

One plain text file in UTF-8, every line ended by a line feed. The numbered paragraphs stand between two lines of their
own, so that anybody can take them out and hash them:

    sed '1,/^-----BEGIN TEXT-----$/d;/^-----END TEXT-----$/,$d' FILE | sha256sum

It holds the declaration as it was signed, the language, the interpreter's certificate, who read it over, every
correction by its entry, how it was signed, and the times.
"""

from collections.abc import Iterable
from datetime import UTC
from datetime import datetime
from typing import NamedTuple

from holdfast.doors.evidence.statement_fold import Statement
from holdfast.doors.evidence.statement_text import language_name
from holdfast.doors.evidence.statement_text import text_of
from holdfast.doors.evidence.statement_text import visible
from holdfast.record.entry import ROLES
from holdfast.record.entry import By

BEGIN, END = "-----BEGIN TEXT-----", "-----END TEXT-----"
_READ_BY = {
    "officer": "whoever took it down",
    "maker": "the person who made it, who read it themselves",
    "interpreter": "the interpreter",
    "somebody_else": "somebody else",
}


class Signing(NamedTuple):
    """What is said of the signature in the document."""

    how: str  # 'drawn', 'typed', 'drawn_and_typed'
    typed: str
    picture_sha256: str  # hex; '' where nothing was drawn
    at: datetime
    declared: str  # word for word; '' where the place has no declaration
    read_by: str  # the reader's own declaration; '' where none is asked for
    taken_by: By


def document_of(statement: Statement, signing: Signing, *, code: str, place: str, zone_name: str) -> bytes:
    """The document. `code` is the case's, `place` what the pack calls itself, `zone_name` the clock of its times."""
    said = statement.said
    head = [
        ("Kind", statement.title),
        ("Place", place),
        ("Case", code),
        ("Made by", said.name or "not named"),
        ("Age", str(said.age) if said.age is not None else ""),
        ("Language", language_name(said.language)),
        ("Translated into", language_name(said.translated_into) if said.translated_into else ""),
        ("Begun", _time(statement.started_at)),
        ("Taken down by", _who(statement.by)),
    ]
    written = ["Statement", "", *_lines(head), "", BEGIN]
    text = text_of(statement.paragraphs)
    after = [END, "", f"SHA-256 of the text between these two lines: {statement.text_sha256}", ""]
    after += [*_reading(statement), *_certificate(statement)]
    if signing.declared:
        after += ["Declaration, as it was signed:", f"   {_one_line(signing.declared)}", ""]
    else:
        after += ["This place has no declaration in what Holdfast holds. It was signed as it stands.", ""]
    if signing.read_by:
        after += ["Declaration of the reader:", f"   {_one_line(signing.read_by)}", ""]
    after += ["Signed:", *_lines(_signature(signing)), ""]
    after += [f"Times are in UTC. The clock of the place is {zone_name}.", ""]
    return ("\n".join(written) + "\n" + text + "\n".join(after)).encode("utf-8")


def _signature(signing: Signing) -> list[tuple[str, str]]:
    return [
        ("Name, as they typed it", signing.typed),
        ("SHA-256 of the drawn signature", signing.picture_sha256),
        ("At", _time(signing.at)),
        ("Before", _who(signing.taken_by)),
    ]


def _reading(statement: Statement) -> list[str]:
    read = statement.read_over
    found = ["Read over:"]
    if read is not None:
        reader = f", {_one_line(read.fields.reader)}" if read.fields.reader else ""
        found.append(
            f"   by {_READ_BY.get(read.fields.read_by, 'somebody not recorded')}{reader}, {_time(read.happened_at)}"
        )
    if statement.corrections:
        for each in statement.corrections:
            found.append(f"   paragraph {each.fields.paragraph} was corrected (entry {each.number} of the record)")
    else:
        found.append("   nothing was corrected")
    return [*found, ""]


def _certificate(statement: Statement) -> list[str]:
    if statement.certified is None:
        return []
    said = statement.certified.fields
    return [
        "Interpreter's certificate:",
        *_lines(
            [
                ("Interpreter", said.name),
                ("From", language_name(said.spoken)),
                ("Into", language_name(said.into)),
                ("Independent of everybody in the case", said.independent.replace("_", " ")),
                ("Certified that they interpreted truly", said.interpreted_truly.replace("_", " ")),
                ("At", _time(statement.certified.happened_at)),
            ]
        ),
        "",
    ]


def _lines(pairs: Iterable[tuple[str, str]]) -> list[str]:
    return [f"   {name}: {_one_line(value)}" for name, value in pairs if value]


def _one_line(words: str) -> str:
    """Words that can break out of no line: a name is typed, and may hold anything."""
    return visible(" ".join(words.split()))


def _who(by: By) -> str:
    return " ".join(part for part in (ROLES.get(by.role, by.role), by.staff) if part)


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
