"""Opening a case of 200 entries for a page, beside a plain fetch of the same rows.

- Opening is all that a page of one case needs: fetch, unwrap the key, verify the chain, decrypt, decode, fold the
  facts, work out the duties. Nothing of it is remembered from before: each time is the first.
- The plain fetch is sqlite3 reading the same rows of the same file, and doing nothing with them.
- The entries are those of an invented case, its end recorded again and again until there are 200.
- Processor time of the thread that opens, so that somebody else's work on the machine is not counted in it.
"""

import argparse
import sqlite3
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from pathlib import Path

from _measure import PACK
from _measure import figure
from _measure import heading
from _measure import in_turns
from _measure import middle
from _measure import ms
from _measure import ratio
from _measure import slowest_of_100
from _measure import target
from _store import store

from holdfast.examples import examples

WANTED = 200
MOST = 0.006  # seconds
_FETCH = "SELECT header, sealed, hash FROM entry WHERE case_id = ? ORDER BY number"


def main() -> None:
    """Prints each part, the whole, and whether the target is met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=150)
    asked = parser.parse_args()
    with store() as data:
        case = grown()
        measured(case, data / "holdfast.sqlite3", asked.rounds)


def grown() -> object:
    """A case of 200 entries, as an invented one begins and as a long one goes on."""
    from holdfast.casefile.append import append
    from holdfast.casefile.importing import import_case
    from holdfast.record.entry import By

    longest = max(examples(datetime.now(UTC)), key=lambda example: len(example.entries))
    case = import_case(longest.entries)
    said = {"what": ["investigation_progress"], "channel": "telephone"}
    for _ in range(WANTED - case.length):
        at = datetime.now(UTC) - timedelta(minutes=1)
        append(case.case_id, "SurvivorTold", said, by=By("investigator", "DC1"), happened_at=at)
    return case.case_id


def measured(case: object, path: Path, rounds: int) -> None:
    """The parts, one after the other, then the whole."""
    from holdfast.casefile.packs import pack_called
    from holdfast.casefile.reading import read_case
    from holdfast.casefile.state import REMEMBERED
    from holdfast.duties.owed import owed
    from holdfast.record.facts import facts_of

    pack, now = pack_called(PACK.name), datetime.now(UTC)
    plain = sqlite3.connect(path)
    entries = read_case(case).entries  # type: ignore[arg-type]

    def read() -> object:
        REMEMBERED.forget()
        return read_case(case)  # type: ignore[arg-type]

    def opening() -> object:
        REMEMBERED.forget()
        return owed(read_case(case).entries, pack, now)  # type: ignore[arg-type]

    works = {
        "fetch": lambda: plain.execute(_FETCH, (case.hex,)).fetchall(),  # type: ignore[attr-defined]
        "read": read,
        "fold": lambda: facts_of(entries),
        "duties": lambda: owed(entries, pack, now),
        "whole": opening,
    }
    found = in_turns(works, rounds=rounds)
    fetch, whole = middle(found["fetch"]), middle(found["whole"])
    heading(f"Opening a case of {len(entries)} entries")
    figure("plain fetch of its rows", ms(fetch))
    figure(
        "fetch, unwrap, verify, decrypt, decode", ms(middle(found["read"])), ratio(middle(found["read"]), fetch, "it")
    )
    figure("fold the facts", ms(middle(found["fold"])))
    figure("fold and work out the duties", ms(middle(found["duties"])))
    figure("opening, the whole", ms(whole), ratio(whole, fetch, "the plain fetch"))
    figure("opening, slowest of a hundred", ms(slowest_of_100(found["whole"])))
    target(f"opening under {ms(MOST)}", met=whole < MOST)


if __name__ == "__main__":
    main()
