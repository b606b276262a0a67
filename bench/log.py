"""What a line of the log adds to a page: processor time with and without it, in one run, and of this process alone.

- The page is a case's own page at the desk, asked for as a browser would ask, by somebody who may. Without the line
  means that the call which writes it is replaced by one that does nothing; all else is the same.
- Processor time of the whole process (user and system): the line is written by whichever thread leads the group. What
  the disk takes is not counted in it, and is shown beside as wall time.
- Verifying is measured too: the log grows faster than any case.
"""

import argparse
import time
from collections.abc import Callable
from datetime import UTC
from datetime import datetime
from unittest.mock import patch

from _measure import figure
from _measure import heading
from _measure import in_turns
from _measure import middle
from _measure import ms
from _measure import target
from _store import store

MOST = 0.001  # seconds of processor time that a line may add to a page
GATE = "holdfast.doors.desk.gate.log_look"


def page() -> Callable[[], object]:
    """A case's page, asked for by a supervisor who is signed in."""
    from django.contrib.auth import login
    from django.contrib.sessions.backends.db import SessionStore
    from django.http import HttpRequest
    from django.test import Client

    from holdfast.access.sign_in.proof import BACKEND
    from holdfast.access.staff import add_staff_member
    from holdfast.casefile.append import Draft
    from holdfast.casefile.append import open_case
    from holdfast.record.entry import By
    from holdfast.site.doors import door_at

    at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    drafts = [Draft("CallReceived", {"route": "voice"}, at), *[Draft("UnitArrived", {}, at)] * 20]
    code = open_case("england-and-wales", by=By("officer", "PC1"), happened_at=at, drafts=drafts).code
    member = add_staff_member("sgt", None, role="supervisor", staff="SGT1")
    browser = Client(HTTP_HOST="127.0.0.1")
    request = HttpRequest()
    request.META |= {"HTTP_HOST": "127.0.0.1", "REMOTE_ADDR": "127.0.0.1"}
    request.session = SessionStore()
    login(request, member.user, backend=BACKEND)
    request.session.save()
    browser.cookies[door_at("/desk/").cookie_name] = request.session.session_key

    def asked() -> None:
        answer = browser.get(f"/desk/case/{code}")
        assert answer.status_code == 200, answer.status_code

    return asked


def bare(person: object, case: str, act: str, reason: str = "", **more: object) -> None:
    """Stands for the call that writes a line."""


def measure(runs: int, rounds: int, calls: int) -> None:
    """A page with and without its line, in turns."""
    from holdfast.access.looks import log_look
    from holdfast.access.may import Person

    with_line = page()

    def without() -> None:
        with patch(GATE, bare):
            with_line()

    person = Person("supervisor", "SGT1")
    works = {
        "with": with_line,
        "without": without,
        "line": lambda: log_look(person, "", "read_case", "oversight"),
        "sealed line": lambda: log_look(person, "", "read_case", "words that somebody typed"),
    }
    added = []
    for run in range(1, runs + 1):
        found = in_turns(works, rounds=rounds, calls=calls, clock=time.process_time)
        differences = [one - other for one, other in zip(found["with"], found["without"], strict=True)]
        added.append(middle(differences))
        figure(f"run {run}: a page with its line", ms(middle(found["with"])), f"without {ms(middle(found['without']))}")
        figure(f"run {run}: the line adds", ms(added[-1]), f"alone {ms(middle(found['line']))}")
        figure(f"run {run}: a line with typed words, sealed", ms(middle(found["sealed line"])))
    figure("the line adds, middle of the runs", ms(middle(added)))
    target(f"under {ms(MOST)} of processor time", met=middle(added) < MOST)
    wall = in_turns({"line": works["line"]}, rounds=rounds, calls=calls, clock=time.perf_counter)
    figure("a line alone in wall time, the disk's word included", ms(middle(wall["line"])))


def verify() -> None:
    """How long it takes to verify what was written."""
    from holdfast.casefile.log import stored_lines
    from holdfast.casefile.store import reading
    from holdfast.record.log_line import LOG
    from holdfast.record.log_line import verify_log

    with reading() as connection:
        begun = time.process_time()
        verdict = verify_log(LOG, stored_lines(connection, []))
        each = (time.process_time() - begun) / max(1, verdict.length)
    figure(f"verifying, of {verdict.length:,} lines, each", ms(each), str(verdict.outcome))


def main() -> None:
    """Measures on a database of its own."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--runs", type=int, default=3)
    asked.add_argument("--rounds", type=int, default=15)
    asked.add_argument("--calls", type=int, default=20)
    given = asked.parse_args()
    heading("The log of who opened what")
    with store():
        measure(given.runs, given.rounds, given.calls)
        verify()


if __name__ == "__main__":
    main()
