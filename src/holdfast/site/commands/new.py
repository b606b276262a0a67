"""`holdfast new pack ID` begins a place; `holdfast new duty PACK ID` begins a duty: files for you to fill in.

Nothing that is there is overwritten. `holdfast check PACK` then says what is still to do.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from zoneinfo import ZoneInfo

from ruamel.yaml.error import YAMLError

from holdfast.examples.new_place import duty_file
from holdfast.examples.new_place import place_files
from holdfast.law.clock import Worded
from holdfast.law.clock_text import ClockFault
from holdfast.law.clock_text import read
from holdfast.law.reading import read_text
from holdfast.record.entry import ROLES
from holdfast.record.kinds import KINDS
from holdfast.site.commands.packs import packs_folder
from holdfast.site.commands.refusing import NotDone

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
EVERYWHERE = "every-place"
STAGES = ("call", "attendance", "report", "asking", "risk", "safeguarding", "suspect", "prosecution", "contact", "case")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    what = parser.add_subparsers(dest="what", required=True, metavar="pack|duty")
    pack = what.add_parser("pack", help="a new place")
    pack.add_argument("id", help="the folder's name, as new-zealand")
    pack.add_argument("--name", required=True, help="what the place is called")
    pack.add_argument("--timezone", required=True, help="as Pacific/Auckland")
    pack.add_argument("--language", default="en", help="the language of its words, as en-NZ")
    pack.add_argument("--inherits", default="", help="a pack whose law holds here too")
    duty = what.add_parser("duty", help="a new duty of a place")
    duty.add_argument("pack", help="a pack's id")
    duty.add_argument("id", help="the file's name, as tell-charge")
    duty.add_argument("--stage", required=True, choices=STAGES)
    duty.add_argument("--owed-by", required=True, dest="owed_by", help="a role (holdfast kinds --roles)")
    duty.add_argument("--starts", required=True, help="the kind of entry that starts it (holdfast kinds)")
    duty.add_argument("--ends", required=True, help="the kind of entry that shows it done")
    duty.add_argument("--within", required=True, help="its limit, as '1 working day'")


def run(options: argparse.Namespace) -> int:
    """Writes the files; 2 when something is in the way or cannot be read, and then nothing is written."""
    if not _ID.fullmatch(options.id):
        raise NotDone(["The name has to be small letters and figures with hyphens between, as new-zealand."])
    folder, files = _pack(options) if options.what == "pack" else _duty(options)
    written = []
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as out:  # never over what is there
            out.write(text)
        written.append(f"{folder.name}/{name}")
    if options.json:
        print(json.dumps({"written": written}))
    else:
        print(*written, f"Fill them in, then run: holdfast check {folder.name}", sep="\n")
    return 0


def _pack(options: argparse.Namespace) -> tuple[Path, dict[str, str]]:
    folder = packs_folder() / options.id
    if folder.exists():
        raise NotDone([f"There is a folder '{options.id}' among the packs already, and nothing in it was touched."])
    if options.inherits and not (packs_folder() / options.inherits / "pack.yaml").is_file():
        raise NotDone(["There is no pack of the name that it is to inherit from. `holdfast check` lists the packs."])
    try:
        ZoneInfo(options.timezone)
    except (KeyError, ValueError, OSError) as fault:  # whichever way the zone's data says that it is not there
        raise NotDone(["There is no such time zone. Name one as Pacific/Auckland."]) from fault
    if not _TAG.fullmatch(options.language):
        raise NotDone(["The language is no language tag. Write it as en-NZ or fr."])
    if not _plain(options.name):
        raise NotDone(["The name has to be plain words: it stands in a YAML file."])
    given = {name: getattr(options, name) for name in ("id", "name", "timezone", "language")}
    if not options.inherits:  # what is owed because somebody holds the file holds in a new place too
        return folder, place_files(given, inherits=EVERYWHERE if (packs_folder() / EVERYWHERE).is_dir() else "")
    return folder, place_files(given, inherits=options.inherits, whole=options.inherits == EVERYWHERE)


def _plain(name: str) -> bool:
    """Whether a name written into YAML as it is comes back as the same name."""
    if not name.isprintable() or re.search(r"[:#\"'{}\[\]]", name):
        return False
    try:
        return bool(read_text(f"name: {name}\n") == {"name": name})
    except (YAMLError, ValueError):
        return False


def _duty(options: argparse.Namespace) -> tuple[Path, dict[str, str]]:
    folder = packs_folder() / options.pack
    if not _ID.fullmatch(options.pack) or not (folder / "pack.yaml").is_file():
        raise NotDone(["There is no such pack. `holdfast check` lists the packs; `holdfast new pack` begins one."])
    if (folder / "duties" / f"{options.id}.yaml").exists():
        raise NotDone([f"The pack has a duty '{options.id}' already, and it was not touched."])
    faults = [f"'{kind}' is no kind of entry: see `holdfast kinds`." for kind in (options.starts, options.ends)
              if kind not in KINDS]  # fmt: skip
    if options.owed_by not in ROLES:
        faults.append(f"'{options.owed_by}' is no role: see `holdfast kinds --roles`.")
    try:
        in_words = isinstance(read(options.within), Worded)
    except ClockFault as fault:
        raise NotDone([*faults, str(fault)]) from fault
    if faults:
        raise NotDone(faults)
    given = {name: getattr(options, name) for name in ("id", "stage", "owed_by", "starts", "ends", "within")}
    return folder, {f"duties/{options.id}.yaml": duty_file(given, in_words=in_words)}
