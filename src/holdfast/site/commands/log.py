"""Prints the log: who opened, searched, took out or was refused what, the newest first. No word that anybody typed.

Running it is itself a line of the log. Days are those of the place under which calls are taken here.
"""

import argparse
import json
from zoneinfo import ZoneInfo

from holdfast.site.commands.refusing import NotDone
from holdfast.site.commands.refusing import counted
from holdfast.site.operator import operator_may
from holdfast.site.start import start_on_data

_MOST = 1_000


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to look for."""
    parser.add_argument("--staff", default="", help="a staff identifier")
    parser.add_argument("--case", default="", help="a case's code")
    parser.add_argument("--act", default="", help="what was done, such as read_case")
    parser.add_argument("--from", default="", metavar="DAY", dest="first", help="the first day")
    parser.add_argument("--to", default="", metavar="DAY", dest="last", help="the last day")
    parser.add_argument("--refused", action="store_true", help="only what was refused")
    parser.add_argument("--most", type=int, default=_MOST, help=f"at most so many lines ({_MOST})")


def run(asked: argparse.Namespace) -> int:
    """Searches and prints."""
    start_on_data()
    from django.conf import settings

    from holdfast.access.log.searching import MOST_EXPORTED
    from holdfast.access.log.searching import asked_for
    from holdfast.access.log.searching import found
    from holdfast.access.log.searching import row_of
    from holdfast.casefile.packs import pack_called

    given = {
        "staff": asked.staff, "case": asked.case, "act": asked.act, "from": asked.first, "to": asked.last,
        "refused": "1" if asked.refused else "",
    }  # fmt: skip
    wanted, faults = asked_for(given)
    if faults:
        raise NotDone([(f"--{name}", why) for name, why in faults.items()])
    if not 1 <= asked.most <= MOST_EXPORTED:
        raise NotDone([("--most", f"has to be a number from 1 to {MOST_EXPORTED:,}.")])
    operator_may("export_log", case=wanted.case, reason=wanted.in_words())
    page = found(wanted, ZoneInfo(pack_called(settings.HOLDFAST_PLACE).timezone), asked.most)
    rows = [row_of(line) for line in page.lines]
    if asked.json:
        print(json.dumps(rows, ensure_ascii=False))
        return 0
    for row in rows:
        answer = "allowed" if row["allowed"] else "refused"
        print(
            f"{row['at']}  {row['role']:20} {row['staff']:16} {row['case']:8}  {row['act']:20} {answer}  {row['tie']}"
        )
    more = " There are more: ask for other days, or --most." if page.before else ""
    print(f"{counted(len(rows), 'line')}.{more}")
    return 0
