"""Builds the files of a place's guide ahead of time: `holdfast handbook england-and-wales`.

holdfast handbook PLACE                        every format but audio, in English
holdfast handbook PLACE --language cy --all    audio too, in Welsh
holdfast handbook PLACE --format pdf --format text --neutral
holdfast handbook PLACE --format bundle        for another agency's site

They lie in HOLDFAST_DATA under handbook/PLACE/LANGUAGE/usual (or neutral), with index.json beside them. What is there
already and has not changed is left as it is.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from datetime import date
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec import structs
from msgspec import to_builtins

from holdfast.site.commands.packs import data_folder
from holdfast.site.commands.packs import load
from holdfast.site.commands.packs import packs_folder
from holdfast.site.commands.refusing import NotDone
from holdfast.site.commands.refusing import counted

if TYPE_CHECKING:
    from holdfast.handbook.build import Progress
    from holdfast.handbook.shelf import Index
    from holdfast.law.language import Tongue
    from holdfast.law.pack import Pack

WIDE = 40


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("place", help="a pack's id, such as england-and-wales")
    parser.add_argument("--language", default="en", metavar="TAG", help="such as cy; English when left out")
    parser.add_argument("--format", action="append", metavar="F", help="one format; may be said again")
    parser.add_argument("--all", action="store_true", help="every format, audio too")
    parser.add_argument("--neutral", action="store_true", help="titles and cards that give nothing away at a glance")
    parser.add_argument("--whole", action="store_true", help="only the whole guide, no file for each page")
    parser.add_argument("--on", type=_day, metavar="DATE", help="with the law as on another day than today")


def run(asked: argparse.Namespace) -> int:
    """0 when all that can be had here is there, 1 when a page cannot be written until something is mended."""
    from holdfast.handbook.build import build
    from holdfast.handbook.formats import FORMATS
    from holdfast.handbook.formats import NEEDS_TIME
    from holdfast.handbook.shelf import shelf_for

    if unknown := [each for each in asked.format or () if each not in FORMATS]:
        listed = "; ".join(f"{each.id}: {each.says}" for each in FORMATS.values())
        raise NotDone([f"There is no format called '{unknown[0][:40]}'. There are {listed}."])
    usual = [name for name in FORMATS if asked.all or name not in NEEDS_TIME]
    wanted = [name for name in FORMATS if name in asked.format] if asked.format else usual
    pack = _pack(asked.place)
    _settle()
    from holdfast.doors.guide.book import book_of

    tongue = _tongue(pack, asked.language)
    day = asked.on or datetime.now(ZoneInfo(pack.timezone)).date()
    book = structs.replace(book_of(pack, day, tongue), neutral=asked.neutral)
    folder = shelf_for(data_folder() / "handbook", pack.id, tongue.tag, neutral=asked.neutral, on=asked.on)
    begun = time.monotonic()
    index = build(book, wanted, folder, _bar(begun), pages=not asked.whole)
    return _tell(index, wanted, folder, as_json=asked.json, seconds=time.monotonic() - begun)


def _pack(place: str) -> Pack:
    if not (packs_folder() / place / "pack.yaml").is_file() and not Path(place, "pack.yaml").is_file():
        known = sorted(each.parent.name for each in packs_folder().glob("[!_]*/pack.yaml"))
        raise NotDone([f"There is no such place. The places are: {', '.join(known)}."])
    pack = load(place)
    if pack.abstract or not pack.guide:
        raise NotDone(["This pack is only inherited from: it has no guide of its own. Name a place within it."])
    return pack


def _tongue(pack: Pack, tag: str) -> Tongue:
    """A language that the place is offered in; drafts too where HOLDFAST_DRAFTS asks for them."""
    from holdfast.doors.guide.tongues import tongues

    offered = {each.tag: each for each in tongues(pack)}
    found = offered.get(tag.partition("-")[0] if tag == pack.language else tag)
    if found is None:
        why = (
            "This place's guide is not offered in that language, because nobody has checked a page of it in it. It is "
            f"offered in: {', '.join(offered)}. HOLDFAST_DRAFTS=1 offers what nobody has checked, and says so in it."
        )
        raise NotDone([why])
    return found


def _settle() -> None:
    """The guide's words are made with Django's own escaping: that wants settings, but no keys and no database."""
    from django.conf import settings

    if not settings.configured:
        drafts = os.environ.get("HOLDFAST_DRAFTS") == "1"
        settings.configure(HOLDFAST_PACKS=packs_folder(), HOLDFAST_DATA=data_folder(), HOLDFAST_DRAFTS=drafts)


def _tell(index: Index, wanted: list[str], folder: Path, *, as_json: bool, seconds: float) -> int:
    asked = [each for each in index.files if each.format in wanted]
    made = [each for each in asked if not each.why]
    faults = [each for each in asked if each.fault]
    if as_json:
        print(json.dumps({"folder": str(folder), "seconds": round(seconds, 1), "files": to_builtins(asked)}))
        return 1 if faults else 0
    print(
        f"{counted(len(made), 'file')}, {sum(each.bytes for each in made) / 1e6:.1f} MB, in {seconds:.0f} s: {folder}"
    )
    reasons: dict[tuple[str, str], int] = {}
    for each in asked:
        if each.why:
            reasons[each.format, each.why] = reasons.get((each.format, each.why), 0) + 1
    for (name, why), count in reasons.items():
        print(f"  {name}, {counted(count, 'file')}: {why}")
    return 1 if faults else 0


def _bar(begun: float) -> Progress:
    """A progress bar on standard error; silent where nobody watches."""
    watched = sys.stderr.isatty()

    def show(done: int, of: int) -> None:
        if not watched or not of:
            return
        passed = time.monotonic() - begun
        left = f", {passed / done * (of - done):,.0f} s left" if done and passed > 1 else ""
        filled = WIDE * done // of
        line = f"\r  [{'#' * filled}{'.' * (WIDE - filled)}] {done} of {of} files{left}   "
        print(line, end="\n" if done == of else "", file=sys.stderr, flush=True)

    return show


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("has to be a day, as in 2026-11-20") from None
