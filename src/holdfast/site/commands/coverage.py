"""`holdfast coverage [PACK]`: what each pack holds, on what it rests, its worked cases, its wording by language."""

from __future__ import annotations

import argparse
import json
from datetime import UTC
from datetime import datetime
from pathlib import Path

from holdfast.duties.worked import read_worked
from holdfast.law.catalogue_completeness import Count
from holdfast.law.catalogue_completeness import completeness
from holdfast.law.catalogue_completeness import sentences_of
from holdfast.law.coverage import Coverage
from holdfast.law.coverage import coverage
from holdfast.law.language_files import load_tongue
from holdfast.law.language_files import tags_of
from holdfast.law.loading import opens_cases
from holdfast.site.commands.packs import load
from holdfast.site.commands.packs import no_such_pack
from holdfast.site.commands.packs import packs_folder
from holdfast.site.commands.refusing import NotDone
from holdfast.site.commands.refusing import counted


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("pack", nargs="?", help="a pack's id; every pack when left out")


def run(options: argparse.Namespace) -> int:
    """Prints the counts; 2 when there is no such pack."""
    folders = sorted(file.parent for file in packs_folder().glob("*/pack.yaml"))
    if options.pack:
        folders = [folder for folder in folders if folder.name == options.pack]
    if not folders:
        raise NotDone([no_such_pack(options.pack or "")])
    today = datetime.now(UTC).date()
    answer = {}
    for folder in folders:
        covered, worked, worded = coverage(load(folder.name), today), len(read_worked(folder)[0]), _worded(folder)
        if options.json:
            by_language = {tag: count._asdict() for tag, count in worded.items()}
            answer[folder.name] = {**_plain(covered), "worked": worked, "languages": by_language}
        else:
            _say(folder, covered, worked, worded)
    if options.json:
        print(json.dumps(answer))
    return 0


def _worded(folder: Path) -> dict[str, Count]:
    """How much of what a place says stands in each of its languages: reviewed, draft, missing."""
    sentences = sentences_of(load(folder.name))
    frame = folder / "no-frame"  # a place's own words only: the frame is the same everywhere
    return {tag: completeness(sentences, load_tongue(tag, folder, frame)).counts for tag in tags_of(folder)}


def _say(folder: Path, covered: Coverage, worked: int, worded: dict[str, Count]) -> None:
    abstract = "" if opens_cases(folder) else " (only inherited from)"
    print(f"{folder.name}{abstract}: {counted(worked, 'worked case')}")
    for sort, number in covered.counts.items():
        if number.total:
            print(f"  {sort:13} {number.total:4}  {number.own} own, {number.inherited} inherited")
    for what, counts in (
        ("duties by authority", covered.by_authority),
        ("sources", covered.by_confidence),
        ("dated law", covered.by_status),
    ):
        print(f"  {what}: {', '.join(f'{name} {number}' for name, number in sorted(counts.items()))}")
    for tag, count in worded.items():
        done = f"{count.reviewed} reviewed, {count.draft} draft, {count.missing} missing"
        print(f"  in {tag}: {count.strings} strings, {done}")
    for what, names in (
        ("read over a year ago", covered.read_long_ago),
        ("never read", covered.never_read),
        ("no easy-read edition", covered.without_easy),
    ):
        if names:
            print(f"  {what}: {', '.join(names)}")


def _plain(covered: Coverage) -> dict[str, object]:
    counts = {sort: {"own": number.own, "inherited": number.inherited} for sort, number in covered.counts.items()}
    return {**covered._asdict(), "counts": counts}
