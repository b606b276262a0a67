"""Prints the compliance rows: each duty kept, late, overdue, not safe, waived, by place and month."""

import argparse
import json
from datetime import UTC
from datetime import date
from datetime import datetime

from holdfast.site.operator import operator_may
from holdfast.site.start import start_on_data


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which period, and how fine."""
    parser.add_argument("--since", type=_day, metavar="DAY", help="leave out duties whose clock started earlier")
    parser.add_argument("--until", type=_day, metavar="DAY", help="leave out duties whose clock started later")
    parser.add_argument("--in-all", action="store_true", help="one row a duty: all months and places together")
    parser.add_argument("--invented", action="store_true", help="count invented cases too; the demo always does")


def run(asked: argparse.Namespace) -> int:
    """Counts and prints."""
    start_on_data()
    operator_may("see_figures")
    from django.conf import settings

    from holdfast.casefile.keyring import ring_in
    from holdfast.figures.compliance import compliance
    from holdfast.figures.compliance import in_all

    ring = ring_in(settings.HOLDFAST_DATA)
    rows = compliance(
        at=datetime.now(UTC),
        since=asked.since,
        until=asked.until,
        invented=asked.invented or bool(ring and ring.demo),
    )
    rows = in_all(rows) if asked.in_all else rows
    if asked.json:
        print(json.dumps([row._asdict() for row in rows], ensure_ascii=False))
        return 0
    heads = "".join(f"{name:>9}" for name in ("kept", "late", "overdue", "open", "unsafe", "waived"))
    print(f"{'duty':44} {'place':24} {'period':8}{heads}")
    for row in rows:
        place = "/".join(filter(None, (row.force, row.area))) or row.pack
        counts = (row.kept, row.kept_late, row.overdue, row.open, row.unsafe, row.waived)
        print(f"{row.duty:44} {place:24} {row.period:8}{''.join(f'{count:9}' for count in counts)}")
    return 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("has to be a day, as in 2026-11-20") from None
