"""Attacks a real running server, and writes a dated report: `make attack` (docs/how-to/attack.md).

A demonstration of its own is prepared in a folder of its own and served to this machine; nothing else is attacked.

- naughty strings: every form, query and address of every door, by a reader, the survivor and four of the staff.
- schemathesis: the machines' door, by its description.
- wapiti: the guide, the survivor's page and the desk, by the same visitors.
- sqlmap: the addresses and forms that take words.

Exit code 0 when nothing was found and no answer was a 500.
"""

import argparse
import re
import sys
import tempfile
from datetime import UTC
from datetime import datetime
from pathlib import Path

from tests.attack.attackers import schemathesis
from tests.attack.attackers import sqlmap
from tests.attack.attackers import wapiti
from tests.attack.demonstration import HOUSE
from tests.attack.demonstration import served
from tests.attack.judged import Did
from tests.attack.naughty import naughty

SEED = 20261121
SHARES = {"naughty": 0.2, "schemathesis": 0.1, "wapiti": 0.45, "sqlmap": 0.25}
FAILURE = re.compile(r"^\S+ error django\.request.*(?:\n  .*)*", re.MULTILINE)


def main() -> int:
    """Runs every attacker in turn."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--minutes", type=float, default=20.0, help="how long in all (20)")
    asked.add_argument("--only", choices=SHARES, action="append", help="this attacker; may be given again")
    asked.add_argument("--report", type=Path, help="where the report goes (docs/reports/attack-DAY.md)")
    given = asked.parse_args()
    wanted = given.only or list(SHARES)
    each_second = given.minutes * 60 / sum(SHARES[name] for name in wanted)
    with tempfile.TemporaryDirectory(prefix="holdfast-attack-") as folder:
        with served(Path(folder)) as (told, log):
            attackers = {
                "naughty": lambda seconds: naughty(told, seconds, SEED),
                "schemathesis": lambda seconds: schemathesis(told, Path(folder), seconds, SEED),
                "wapiti": lambda seconds: wapiti(told, Path(folder), seconds),
                "sqlmap": lambda seconds: sqlmap(told, Path(folder), seconds),
            }
            done: list[Did] = []
            for name in wanted:
                done.append(attackers[name](SHARES[name] * each_second))
                print(f"{done[-1].name}: {done[-1].about}; found {len(done[-1].found)}", flush=True)
            # What an attacker that came to its end left over goes to other strings: the time is a promise.
            again = 0
            while not given.only and (left := given.minutes * 60 - sum(each.seconds for each in done)) > 20:
                again += 1
                done.append(naughty(told, left, SEED + again))
                print(f"{done[-1].name} again: {done[-1].about}; found {len(done[-1].found)}", flush=True)
        failures = FAILURE.findall(log.read_text(encoding="utf-8"))
    day = datetime.now(UTC).date().isoformat()
    report = given.report or HOUSE / "docs" / "reports" / f"attack-{day}.md"
    report.parent.mkdir(exist_ok=True)
    report.write_text(written(day, done, failures), encoding="utf-8")
    print(report.read_text(encoding="utf-8"))
    return 1 if failures or any(each.found for each in done) else 0


def written(day: str, done: list[Did], failures: list[str]) -> str:
    """The report."""
    total = sum(each.seconds for each in done)
    lines = [
        f"# Attacked on {day}",
        "",
        f"`make attack` ran for {total // 60} minutes and {total % 60} seconds against a demonstration of its own,",
        f"where nobody is slowed, with seed {SEED}. Answers with status 500: {len(failures)}.",
        "",
        "| attacker | seconds | what | found |",
        "|---|---|---|---|",
        *(f"| {each.name} | {each.seconds} | {each.about} | {len(each.found) or 'nothing'} |" for each in done),
        "",
    ]
    for each in done:
        lines += [f"## Found by {each.name}", "", "```", *each.found, "```", ""] if each.found else []
    if failures:
        lines += ["## Failures in the server's log", "", "```", *failures, "```", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
