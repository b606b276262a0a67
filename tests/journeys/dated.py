"""Calls that came some time ago, and alarms that the clock rang since: written beside the server, so that nobody waits.

A call and its alarms are written in one transaction: the server's own clock, which rings each second, meanwhile sees
nothing of it, and afterwards finds what was rung already.
"""

import json
import subprocess
import sys
from typing import Any

from tests.support.served import Served

_WRITER = """
import json, sys
from datetime import UTC, datetime, timedelta
from holdfast.site.start import start
start(demo=True)
from django.db import transaction
from holdfast.casefile.append import Draft, open_case
from holdfast.casefile.reading import case_by_code, read_case
from holdfast.casefile.ringing import ring_case
from holdfast.record.entry import By
from holdfast.record.kind import write_fields
for line in sys.stdin:
    asked, now = json.loads(line), datetime.now(UTC)
    with transaction.atomic():
        if "drafts" in asked:
            drafts = [
                Draft(kind, fields, now - timedelta(minutes=minutes)) for kind, fields, minutes in asked["drafts"]
            ]
            by, began = By("call_taker", "call.taker-2"), drafts[0].happened_at
            opened = open_case(
                "england-and-wales", by=by, happened_at=began, fields={"invented": "yes"}, drafts=drafts
            )
            code, case = opened.code, opened.case_id
        else:
            code, case = asked["code"], case_by_code(asked["code"])
        rung = [ring_case(case, now + timedelta(minutes=minutes)) for minutes in asked["rung"]]
    found = [(e.kind, e.by.role, write_fields(e.fields)) for e in read_case(case).entries]
    print(json.dumps({"code": code, "rung": rung, "entries": found}), flush=True)
"""


class Dated:
    """Writes with moments of its own."""

    def __init__(self, served: Served):
        self._writer = subprocess.Popen(
            [sys.executable, "-c", _WRITER], env=served.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True,
        )  # fmt: skip

    def call(self, *drafts: tuple[str, dict[str, Any], float], rung: tuple[float, ...] = ()) -> str:
        """A call by voice and what was recorded of it, each so many minutes ago, and the moments, in minutes from now,
        at which the clock came by: the new case's code."""
        began = max((minutes for _, _, minutes in drafts), default=0) + 1
        call = ("CallReceived", {"route": "voice", "number": "07700900123", "silent": "no", "second_call": "no"}, began)
        said = self._asks({"drafts": [call, *drafts], "rung": rung})
        assert all(said["rung"]), said
        return str(said["code"])

    def rings(self, code: str, minutes: float) -> int:
        """The clock comes by a case, so many minutes from now: how many alarms that rang."""
        return int(self._asks({"code": code, "rung": [minutes]})["rung"][0])

    def entries(self, code: str) -> list[tuple[str, str, dict[str, Any]]]:
        """The kind, the role and the plain fields of each entry, of an alarm too that was rung ahead of its time."""
        return [(kind, role, fields) for kind, role, fields in self._asks({"code": code, "rung": []})["entries"]]

    def _asks(self, asked: dict[str, Any]) -> dict[str, Any]:
        assert self._writer.stdin is not None
        assert self._writer.stdout is not None
        self._writer.stdin.write(json.dumps(asked) + "\n")
        self._writer.stdin.flush()
        found: dict[str, Any] = json.loads(self._writer.stdout.readline())
        return found

    def stop(self) -> None:
        """Ends it."""
        assert self._writer.stdin is not None
        assert self._writer.stdout is not None
        self._writer.stdin.close()
        self._writer.wait(10)
        self._writer.stdout.close()
