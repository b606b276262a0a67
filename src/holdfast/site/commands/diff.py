"""`holdfast diff PACK --from DATE --to DATE`: what changes in the law of a place between two days, in words."""

from __future__ import annotations

import argparse
import json
from datetime import date

from holdfast.law.changes import Change
from holdfast.law.changes import changes
from holdfast.law.changes import not_in_force
from holdfast.site.commands.packs import load
from holdfast.site.commands.refusing import NotDone
from holdfast.site.commands.refusing import counted

SORTS = {
    "duties": "duty", "limits": "limit", "powers": "power", "policies": "policy", "orders": "order",
    "instruments": "risk instrument", "prohibitions": "prohibition",
}  # fmt: skip


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("pack", help="a pack's id or folder")
    parser.add_argument("--from", dest="first", required=True, metavar="DATE", help="the earlier day, as 2026-01-31")
    parser.add_argument("--to", dest="last", required=True, metavar="DATE", help="the later day")


def run(options: argparse.Namespace) -> int:
    """Prints each change with its day, and what is enacted and not in force; 2 when pack or days cannot be read."""
    first, last = _day(options.first), _day(options.last)
    if last < first:
        raise NotDone(["The later day lies before the earlier one, so nothing can be compared. Turn them round."])
    pack = load(options.pack)
    found, waiting = changes(pack, first, last), not_in_force(pack, last)
    if options.json:
        print(json.dumps({"changes": [_plain(one) for one in found], "not_in_force": [_plain(one) for one in waiting]}))
        return 0
    for one in found:
        print(f"{one.day}  {one.how}: {SORTS[one.sort]} {one.id}")
        print(f"    {one.says}")
        for what, before, after in one.differences:
            print(f"    {what}: before '{before}', now '{after}'")
        print(f"    {_where(one)}")
    if waiting:
        print(f"Enacted, and on {last} not in force or not known to be:")
        for one in waiting:
            print(f"    {SORTS[one.sort]} {one.id} ({one.status}): {one.says} {_where(one)}")
    print(f"{pack.name}: {counted(len(found), 'change')} from {first} to {last}")
    return 0


def _where(one: Change) -> str:
    article = f", {one.source.article}" if one.source.article else ""
    return f"Source: {one.source.title}{article} ({one.source.confidence})."


def _plain(one: Change) -> dict[str, object]:
    return {**one._asdict(), "day": one.day.isoformat() if one.day else None, "source": one.source.title}


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotDone(["A day cannot be read. Write it as 2026-01-31: year, month, day."]) from None
