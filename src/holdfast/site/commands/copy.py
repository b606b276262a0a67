"""Writes a copy of a file to give out, without what would endanger somebody. One makes it, another looks it over.

Everything that could lead to somebody has to be decided first: `--leave ID` takes the field out, `--stay ID` lets it
stay. Nothing found is not 'safe': whoever looks it over reads all of it before it leaves. The answer is 1 while
something is not decided.
"""

import argparse
import json
import os
from datetime import UTC
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from holdfast.site.commands.refusing import NotDone
from holdfast.site.commands.refusing import counted
from holdfast.site.start import start_on_data

TO_WHOM = ("survivor", "survivors_lawyer", "court", "inquiry", "other")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which case, for whom, by whom, and what was decided."""
    parser.add_argument("case", help="the case's code")
    parser.add_argument("--for", dest="to_whom", choices=TO_WHOM, required=True, help="to whom it is given")
    parser.add_argument("--staff", required=True, help="the staff identifier of whoever makes it")
    parser.add_argument("--looked-over-by", required=True, help="the staff identifier of somebody else who read it")
    parser.add_argument(
        "--to", type=Path, required=True, help="a folder for the two files, record.html and record.json"
    )
    parser.add_argument("--leave", action="append", default=[], metavar="ID", help="leave this out")
    parser.add_argument("--stay", action="append", default=[], metavar="ID", help="this may stay")


def run(asked: argparse.Namespace) -> int:
    """Lists what has to be decided; where all is, records the copy and writes it."""
    start_on_data()
    from holdfast.access.copies.giving import draft_copy
    from holdfast.access.copies.giving import give_copy
    from holdfast.access.copies.pages import NAME
    from holdfast.access.copies.pages import as_html
    from holdfast.access.copies.pages import as_json
    from holdfast.access.looks import log_look
    from holdfast.access.two_people import two_who_may
    from holdfast.casefile.packs import pack_called
    from holdfast.casefile.reading import case_by_code
    from holdfast.casefile.reading import read_case

    file = read_case(case_by_code(asked.case))
    at = datetime.now(UTC)
    people = two_who_may("give_copy", file, asked.staff, asked.looked_over_by, at=at)
    if people.why or people.first is None:
        if people.first:
            log_look(people.first.person, file.code, "give_copy", people.why, allowed=False)
        raise NotDone([people.why])
    files = [asked.to / f"{NAME}{ending}" for ending in (".html", ".json")]
    if not asked.to.is_dir() or any(each.exists() for each in files):
        raise NotDone(["Name a folder that is there and holds no copy yet: none is written over."])
    log_look(people.first.person, file.code, "give_copy", f"for {asked.to_whom}")
    copy = draft_copy(file, {**dict.fromkeys(asked.leave, "leave"), **dict.fromkeys(asked.stay, "stay")})
    if copy.undecided:
        return _to_decide(asked, copy.undecided)
    give_copy(file, copy, asked.to_whom, by=people.first.by, looked_over_by=asked.looked_over_by, at=at)
    for each, text in zip(
        files, (as_html(copy, ZoneInfo(pack_called(file.pack).timezone)), as_json(copy)), strict=True
    ):
        handle = os.open(each, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as opened:
            opened.write(text)
    if asked.json:
        print(
            json.dumps(
                {"files": [str(each) for each in files], "entries": len(copy.entries), "left_out": copy.left_out}
            )
        )
        return 0
    print(f"{counted(len(copy.entries), 'entry', 'entries')} in it, {copy.left_out} left out: {files[0]}, {files[1]}.")
    print("These files are in clear. Give them on paper or in hand, never by mail; then delete them here.")
    return 0


def _to_decide(asked: argparse.Namespace, undecided: tuple[object, ...]) -> int:
    """What and where, never the words: a terminal keeps what it showed."""
    listed = [
        {"id": one.id, "entry": one.entry, "field": one.field, "what": one.what, "known": one.known}  # type: ignore[attr-defined]
        for one in undecided
    ]
    if asked.json:
        print(json.dumps({"to_decide": listed}))
        return 1
    for one in listed:
        how = "known to the case" if one["known"] else "looks like one"
        print(f"{one['id']}: entry {one['entry']}, {one['field']}: {one['what']} ({how})")
    print("Nothing was written. Say of each --leave ID or --stay ID; read the words at the desk.")
    return 1
