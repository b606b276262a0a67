"""`holdfast languages extract|check|completeness`: the catalogues of a place in other languages.

holdfast languages extract england-and-wales --language cy
holdfast languages extract england-and-wales --language pl --pages help,children
holdfast languages extract --frame --language cy
holdfast languages check [PLACE]
holdfast languages completeness PLACE [--language TAG]
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterable
from collections.abc import Iterator
from pathlib import Path

from holdfast.doors.look.languages import FOLDER as FRAME_FOLDER
from holdfast.doors.look.languages import frame
from holdfast.law.catalogue import Message
from holdfast.law.catalogue import messages
from holdfast.law.catalogue_completeness import Completeness
from holdfast.law.catalogue_completeness import completeness
from holdfast.law.catalogue_completeness import sentences_of
from holdfast.law.catalogue_file import merged
from holdfast.law.catalogue_file import metadata
from holdfast.law.catalogue_file import read
from holdfast.law.fault import Fault
from holdfast.law.language_files import FOLDER
from holdfast.law.language_files import catalogues
from holdfast.law.language_files import load_tongue
from holdfast.law.language_files import read_catalogue
from holdfast.law.language_files import tags_of
from holdfast.law.languages_known import KNOWN
from holdfast.site.commands.packs import load
from holdfast.site.commands.packs import packs_folder
from holdfast.site.commands.refusing import NotDone
from holdfast.site.commands.refusing import counted

ACTS = ("extract", "check", "completeness")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("act", choices=ACTS, help="what to do")
    parser.add_argument("place", nargs="?", default="", help="a pack's id or folder")
    parser.add_argument("--language", default="", metavar="TAG", help=f"one of: {', '.join(_others())}")
    parser.add_argument("--frame", action="store_true", help="the words around every place's pages, not a place's own")
    parser.add_argument("--pages", default="", metavar="A,B", help="extract: only these guide pages and what they need")


def run(options: argparse.Namespace) -> int:
    """0 when done and sound, 1 when `check` found faults, 2 when refused."""
    if options.language and options.language not in _others():
        raise NotDone([f"There is no such language here. Name one of: {', '.join(_others())}."])
    if options.act != "check" and not options.place and not options.frame:
        raise NotDone(["Name a place, such as england-and-wales; or --frame."])
    acts = {"extract": _extract, "check": _check, "completeness": _completeness}
    return acts[options.act](options)


def _extract(options: argparse.Namespace) -> int:
    if not options.language:
        raise NotDone(["Name the language with --language, such as --language cy."])
    if options.frame:
        wanted, folder, about = frame(), FRAME_FOLDER, "the words around the pages"
    else:
        wanted, folder, about = _wanted(options), _folder(options.place) / FOLDER, "the words of a place"
    file = folder / f"{options.language}.po"
    faults: list[Fault] = []
    old = read(_text(file), file.name, faults) if file.is_file() else []
    if faults:  # what could not be read would be lost by writing
        raise NotDone([(fault.file, f"{fault.id} {fault.what} {fault.hint}") for fault in faults])
    folder.mkdir(exist_ok=True)
    being_written = file.with_suffix(".part")
    header = metadata(_text(file)) if file.is_file() else {}
    try:
        being_written.write_text(merged(wanted, old, options.language, about, header), encoding="utf-8")
        being_written.replace(file)
    finally:
        being_written.unlink(missing_ok=True)  # a disk that ran full keeps no half of it
    said = {"file": str(file), "strings": len(wanted)}
    print(json.dumps(said) if options.json else f"{file}: {counted(len(wanted), 'string')}")
    return 0


def _wanted(options: argparse.Namespace) -> list[Message]:
    pack = load(options.place)
    pages = [name for name in options.pages.split(",") if name]
    known = {page.id for page in pack.guide}
    if lost := [name for name in pages if name not in known]:
        raise NotDone([("--pages", f"There is no guide page called '{name[:40]}' here.") for name in lost])
    if not pack.inherits:
        return messages(pack, pages)
    parent = _folder(options.place).parent / pack.inherits  # its words are in its own catalogue
    theirs = {(message.context, message.one) for message in messages(load(str(parent)))}
    return [message for message in messages(pack, pages) if (message.context, message.one) not in theirs]


def _check(options: argparse.Namespace) -> int:
    faults: list[Fault] = []
    checked = 0
    for file in _files(options):
        checked += 1
        read_catalogue(file, faults)
    if options.json:
        print(json.dumps({"catalogues": checked, "faults": [fault._asdict() for fault in faults]}, ensure_ascii=False))
    else:
        for fault in faults:
            print(f"{fault.id} {fault.file}\n    {fault.what} {fault.hint}")
        print(f"{counted(checked, 'catalogue')}, {counted(len(faults), 'fault')}")
    return 1 if faults else 0


def _files(options: argparse.Namespace) -> Iterator[Path]:
    """The catalogues to be checked: a place's, or every place's and the frame's."""
    if options.place:
        folders = [_folder(options.place) / FOLDER]
    else:
        folders = [FRAME_FOLDER]
        if not options.frame:
            folders += sorted(file.parent / FOLDER for file in packs_folder().glob("*/pack.yaml"))
    for folder in folders:
        yield from (file for file in catalogues(folder) if options.language in ("", file.stem))


def _completeness(options: argparse.Namespace) -> int:
    if not options.place:
        raise NotDone(["Name a place, such as england-and-wales."])
    folder, pack, around = _folder(options.place), load(options.place), frame()
    tags = [options.language] if options.language else tags_of(folder)
    sentences = sentences_of(pack)
    found = [completeness(sentences, load_tongue(tag, folder, FRAME_FOLDER), around) for tag in tags]
    if options.json:
        print(json.dumps({"place": pack.id, "languages": [_plain(each) for each in found]}, ensure_ascii=False))
    else:
        for each in found:
            print(*_table(each), sep="\n")
    return 0


def _plain(found: Completeness) -> dict[str, object]:
    pages = [{"id": page.id, **page.counts._asdict()} for page in found.pages]
    return {"tag": found.tag, **found.counts._asdict(), "frame": found.frame._asdict(), "pages": pages}


def _table(found: Completeness) -> Iterable[str]:
    yield f"{KNOWN[found.tag].english} ({found.tag})"
    yield f"  {'':24} {'strings':>8} {'reviewed':>8} {'draft':>8} {'missing':>8}"
    rows = [("all", found.counts), ("frame", found.frame), *((page.id, page.counts) for page in found.pages)]
    for name, count in rows:
        yield f"  {name:24} {count.strings:8} {count.reviewed:8} {count.draft:8} {count.missing:8}"


def _folder(place: str) -> Path:
    folder = Path(place) if os.sep in place else packs_folder() / place
    if not (folder / "pack.yaml").is_file():
        raise NotDone(["There is no such pack. Name a folder under packs/, or the path of one."])
    return folder


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as fault:
        raise NotDone([(file.name, "It is not text in UTF-8, so nothing was written. Save it as UTF-8.")]) from fault


def _others() -> list[str]:
    return [tag for tag in KNOWN if tag != "en"]
