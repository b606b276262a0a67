"""Building the whole handbook of one place and language, all formats but audio, from nothing and again.

- Wall time, because other processes do the work. Beside it stands the largest file alone, the whole in large print.
- Needs what `make formats` and apt.txt bring; a format that is not there is named, and the target does not count then.
"""

import os
import tempfile
import time
from datetime import UTC
from datetime import datetime
from pathlib import Path

from _measure import PACK
from _measure import Bar
from _measure import figure
from _measure import heading
from _measure import target

from holdfast.law.loading import load_pack

MOST = 60.0


def main() -> None:
    """Measures both."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdfast.site.settings")
    from holdfast.doors.guide.book import book_of
    from holdfast.handbook.build import build
    from holdfast.handbook.formats import FORMATS
    from holdfast.handbook.formats import NEEDS_TIME

    book = book_of(load_pack(PACK), datetime.now(UTC).date())
    wanted = [name for name in FORMATS if name not in NEEDS_TIME]
    heading(f"handbook: {len(book.chapters)} pages of {book.place}, {len(wanted)} formats")
    with tempfile.TemporaryDirectory() as folder:
        bar: list[Bar] = []

        def show(done: int, of: int) -> None:
            bar[:] = bar or [Bar(of)]
            bar[0].show(done)

        begun = time.perf_counter()
        index = build(book, wanted, Path(folder) / "all", show)
        whole = time.perf_counter() - begun
        begun = time.perf_counter()
        build(book, wanted, Path(folder) / "all")
        again = time.perf_counter() - begun
        begun = time.perf_counter()
        build(book, ["large-print"], Path(folder) / "one", pages=False, processes=1)
        largest = time.perf_counter() - begun
    made = [each for each in index.files if not each.why]
    figure(f"{len(made)} files, {sum(each.bytes for each in made) / 1e6:.1f} MB, from nothing", f"{whole:.1f} s")
    figure("the same, nothing changed", f"{again:.2f} s")
    figure("the whole in large print, alone, one process", f"{largest:.1f} s")
    lacking = sorted({each.format for each in index.files if each.why and not each.why.startswith("not made")})
    for name in lacking:
        figure(f"not built here: {name}", "")
    target("all formats but audio under 60 s", met=whole < MOST and not lacking)


if __name__ == "__main__":
    main()
