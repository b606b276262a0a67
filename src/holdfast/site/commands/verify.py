"""Verifies every chain and every checkpoint, and says what is not as it was recorded.

The answer is 1 when anything is not sound, and 2 when it could not be looked at.
"""

import argparse
import json
from typing import TYPE_CHECKING

from holdfast.site.commands.refusing import counted
from holdfast.site.operator import operator_may
from holdfast.site.start import faults_of_tables
from holdfast.site.start import refuse_any
from holdfast.site.start import start

if TYPE_CHECKING:
    from holdfast.casefile.verifying import Finding
    from holdfast.vault.checking import Checked
    from holdfast.vault.checking import ItemFinding


def arguments(parser: argparse.ArgumentParser) -> None:
    """How deep to look."""
    parser.add_argument(
        "--certificate", metavar="FILE", help="check one certificate of an erasure, needing neither keys nor database"
    )
    parser.add_argument("--public-key", metavar="FILE", help="the public key to check it with (public-key.txt)")
    parser.add_argument(
        "--chains",
        action="store_true",
        help="chains, checkpoints and the log only: quicker, opens no entry, and sees no changed row of a duty or case",
    )
    parser.add_argument("--whole", action="store_true", help="read and hash every byte of the vault: this takes long")


def run(asked: argparse.Namespace) -> int:
    """Verifies, and prints the outcomes."""
    if asked.certificate:
        from holdfast.site.certificate import check_certificate

        return check_certificate(asked)
    start()
    refuse_any(faults_of_tables())
    operator_may("verify", log=False)  # it has to run on a copy of the disk that nobody may change
    from holdfast.casefile.erasures import erasures_against
    from holdfast.casefile.verifying import verify_all

    report = verify_all(words=not asked.chains)
    listed_as_erased, wrong = erasures_against(report.without_key)
    report = report._replace(findings=(*report.findings, *wrong))
    items = None if asked.chains else _items(whole=asked.whole)
    findings: list[Finding | ItemFinding] = [*report.findings, *(items.findings if items else ())]
    if asked.json:
        listed = [
            {"where": one.where, "outcome": one.outcome, "at_number": one.at_number, "says": one.says}
            for one in findings
        ]
        counted_items = {"items": items.items if items else None}
        print(json.dumps({**report._asdict(), **counted_items, "findings": listed, "sound": not findings}))
        return 1 if findings else 0
    for one in findings:
        at = f" at number {one.at_number}" if one.at_number else ""
        print(f"{one.outcome}: {one.where}{at}. {one.says}")
    print(
        f"{counted(report.cases, 'case')}, {counted(report.entries, 'entry', 'entries')}, "
        f"{counted(report.log_lines, 'line of the log', 'lines of the log')}, "
        f"{counted(report.checkpoints, 'checkpoint')}: "
        f"{'not sound' if report.findings else 'sound'}."
    )
    if items and (items.items or items.findings):
        said = "not sound" if items.findings else "sound"
        depth = "every byte was read" if asked.whole else "beginnings and ends were opened, `--whole` reads every byte"
        print(f"{counted(items.items, 'item')} in the vault: {said}; {depth}.")
    newer = counted(report.not_yet_witnessed, "entry is", "entries are")
    print(f"{newer} newer than the last checkpoint: whether others as new were taken off is out of reach.")
    if report.log_not_yet_witnessed:
        newer = counted(report.log_not_yet_witnessed, "line of the log is", "lines of the log are")
        print(f"{newer} newer than the last checkpoint, and as much out of reach.")
    if report.erased:
        erased = counted(report.erased, "case was", "cases were")
        print(f"{erased} erased: keys destroyed, chains sound.")
    for case in report.without_key:
        if case in listed_as_erased:
            print(f"case {case} was erased, as the list of erasures says.")
            continue
        print(f"case {case} has no key. If nobody decided to erase it, its key was taken out: restore a backup.")
    return 1 if findings else 0


def _items(*, whole: bool) -> "Checked":
    """The items that the records name, held against the vault."""
    from holdfast.site.progress import Progress
    from holdfast.vault.checking import UNREACHED
    from holdfast.vault.checking import check_items
    from holdfast.vault.place import store
    from holdfast.vault.store import StoreFault

    try:
        there = store()
    except StoreFault:  # a setting that is not understood keeps nobody from hearing of the chains
        return UNREACHED
    with Progress("looking at the vault") as progress:
        return check_items(there, whole=whole, told=progress)
