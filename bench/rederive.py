"""Deriving a store's cases again, as `holdfast rederive` does after a pack changed, beside `owed` alone.

Each case is read from the database, its chain verified, its 40 entries opened, its duties derived and held against the
rows that are there. Cases are written once, each under its own key. By processor time; the million is reckoned from the
sample.
"""

import argparse
import time
from datetime import UTC
from datetime import datetime
from datetime import timedelta

from _measure import PACK
from _measure import figure
from _measure import heading
from _measure import ms
from _measure import ratio
from _measure import target
from _store import store
from owed import ENTRIES

from holdfast.duties.owed import owed
from holdfast.examples import examples
from holdfast.law.loading import load_pack
from holdfast.record.entry import Entry

CASES = 300
MILLION = 1_000_000
PROCESSES = 2


def cases(now: datetime) -> list[tuple[Entry, ...]]:
    """The first 40 entries of each invented case."""
    return [example.entries[:ENTRIES] for example in examples(now)]


def main() -> None:
    """Writes the cases, forgets them, derives them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=CASES, help=f"how many to write and derive ({CASES})")
    asked = parser.parse_args()
    now = datetime.now(UTC)
    given = cases(now - timedelta(days=1))
    with store():
        from holdfast.casefile.importing import import_case
        from holdfast.casefile.rederiving import would_change
        from holdfast.casefile.state import REMEMBERED

        heading(f"rederive: {asked.cases:,} cases of {ENTRIES} entries from the store")
        written = [import_case(given[number % len(given)]).case_id for number in range(asked.cases)]
        REMEMBERED.forget()
        begun = time.thread_time()
        for case_id in written:
            would_change(case_id, now)
        each = (time.thread_time() - begun) / len(written)
    pack = load_pack(PACK)
    for entries in given:
        owed(entries, pack, now)
    begun = time.thread_time()
    for number in range(asked.cases):
        owed(given[number % len(given)], pack, now)
    alone = (time.thread_time() - begun) / asked.cases
    whole = each * MILLION / PROCESSES
    figure("one case, read from the store and derived", ms(each), ratio(each, alone, "owed alone"))
    figure("owed alone", ms(alone))
    figure(
        f"a million on {PROCESSES} processors that do nothing else",
        f"{whole / 60:,.1f} min",
        "reckoned from processor time",
    )
    target("1,000,000 cases in under 10 minutes on two cores", met=whole < 600)


if __name__ == "__main__":
    main()
