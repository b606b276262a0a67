"""How every command says that it could not do what was asked: each fault in a sentence, and the answer 2.

- With `--json` the faults are one object on standard output too: `{"faults": [{"at": "...", "why": "..."}]}`.
- 1 is left for faults in what a command was asked to look at, and 2 for all that kept it from looking or doing.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
from collections.abc import Iterable
from collections.abc import Sequence
from typing import NoReturn

LISTED = 100
DATABASE = (
    "the database cannot be read or written ({why}). Keep the disk as it is; if no other program holds the file, put "
    "back your newest copy of it, with the key ring that belongs to it"
)


class NotDone(Exception):
    """What was asked was not done. `faults` are pairs of where (may be empty) and why."""

    def __init__(self, faults: Iterable[str | tuple[str, str]], opening: str = "") -> None:
        self.faults = [("", fault) if isinstance(fault, str) else (fault[0], fault[1]) for fault in faults]
        self.opening = opening
        super().__init__(opening or "; ".join(why for _, why in self.faults))


class Asking(argparse.ArgumentParser):
    """A parser that refuses as every command does."""

    def error(self, message: str) -> NoReturn:
        """Called by argparse where it was asked wrongly."""
        self.print_usage(sys.stderr)
        raise NotDone([message])


def port(text: str) -> int:
    """A port, for argparse."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise argparse.ArgumentTypeError("has to be a number from 1 to 65535")
    return int(text)


def counted(number: int, what: str, more: str = "") -> str:
    """A number of things, as one says it: '1 case', '2 cases', '2 entries'."""
    return f"{number} {what if number == 1 else more or what + 's'}"


def in_words(faults: Sequence[tuple[str, str]], opening: str = "") -> None:
    """Says faults on standard error."""
    if opening:
        print(f"holdfast: {opening}", file=sys.stderr)
    for at, why in faults[:LISTED]:
        print(f"  {at or '/'}: {why}" if opening else f"holdfast: {at + ': ' if at else ''}{why}", file=sys.stderr)


def answer(refused: Exception, *, as_json: bool) -> int:
    """Says why, in words and where asked as JSON. What is not a refusal is raised again: it is a fault of ours."""
    found = _of(refused)
    if found is None:
        raise refused
    in_words(found.faults, found.opening)
    if as_json:
        print(json.dumps({"faults": [{"at": at, "why": why} for at, why in found.faults[:LISTED]]}))
    return 2


def _of(refused: Exception) -> NotDone | None:
    """What is loaded here knows no framework; the framework's own error is looked for only where it was loaded."""
    from holdfast.casefile.refused import Refused
    from holdfast.duties.case_json import CaseRefused
    from holdfast.law.fault import PackRefused
    from holdfast.vault.sealed import NotAnItem
    from holdfast.vault.store import StoreFault

    framework = sys.modules.get("django.db.utils")
    stores = (sqlite3.Error, *((framework.Error,) if framework else ()))
    if isinstance(refused, NotDone):
        return refused
    if isinstance(refused, ExceptionGroup):
        each = [_of(one) for one in refused.exceptions]
        return None if None in each else NotDone([fault for one in each if one for fault in one.faults])
    if isinstance(refused, PackRefused):
        listed = [(fault.file, f"{fault.id} {fault.what} {fault.hint}") for fault in refused.faults]
        return NotDone(listed, "the pack has faults and is not used:")
    if isinstance(refused, CaseRefused):
        parted = [fault.partition(": ") for fault in refused.faults]
        return NotDone([(at, why) for at, _, why in parted], "the case document cannot be read:")
    if isinstance(refused, stores):
        return NotDone([DATABASE.format(why=type(refused).__name__)])
    if isinstance(refused, StoreFault | NotAnItem):
        return NotDone([str(refused)])
    if isinstance(refused, OSError):
        return NotDone([f"a file cannot be read or written: {refused.strerror or type(refused).__name__}"])
    return NotDone([str(refused)]) if isinstance(refused, Refused) else None
