"""Reading the log: a search over all cases for those who check it, and who opened one case.

- An auditor searches all; a supervisor what their own team did. Each search, page and export is itself a line.
- A page shows why somebody looked, typed words included: whoever checks has to judge it. An export holds no typed
  word: it may leave the building.
"""

import csv
import json
from collections.abc import Iterator
from typing import cast
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest
from django.http import HttpResponse
from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.http import urlencode

from holdfast.access.log.reasons import NO_TASK
from holdfast.access.log.searching import MOST_EXPORTED
from holdfast.access.log.searching import Asked
from holdfast.access.log.searching import acts_known
from holdfast.access.log.searching import all_found
from holdfast.access.log.searching import asked_for
from holdfast.access.log.searching import found
from holdfast.access.log.searching import row_of
from holdfast.access.log.tables import LoggedLine
from holdfast.access.looks import log_look
from holdfast.access.may import may
from holdfast.access.reach import reach_of
from holdfast.access.walls import walls_of
from holdfast.casefile.codes import shown
from holdfast.casefile.packs import pack_called
from holdfast.doors.desk.gate import Opened
from holdfast.doors.desk.gate import in_case
from holdfast.doors.desk.gate import refused
from holdfast.doors.desk.gate import signed_in
from holdfast.doors.desk.local_time import in_short
from holdfast.doors.desk.page import show
from holdfast.record.entry import ROLES

_FIELDS = ("staff", "case", "act", "from", "to", "refused")
_WRITE = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


@signed_in("search_log")
def search(request: HttpRequest) -> HttpResponse:
    """The search, its pages, and where it is asked for an export of all that was found."""
    member = request.member  # type: ignore[attr-defined]
    given = {name: request.GET.get(name, "")[:100] for name in (*_FIELDS, "before")}
    asked, faults = asked_for(given)
    # Whom a case concerns is told nothing of it, not even that somebody opened it, or that they were refused.
    asked = asked._replace(without=walls_of(member.staff))
    if member.role != "auditor":
        asked = asked._replace(team=member.team, without=frozenset(reach_of(member.person, timezone.now()).without))
    zone = ZoneInfo(pack_called(settings.HOLDFAST_PLACE).timezone)
    wanted = request.GET.get("as", "")
    if wanted in _WRITE and not faults:
        return _export(request, asked, zone, wanted)
    searched = any(given.values()) or "search" in request.GET
    listed: list[LoggedLine] = []
    before = None
    if searched and not faults:
        log_look(member.person, asked.case, "search_log", asked.in_words())
        listed, before = list((page := found(asked, zone)).lines), page.before
    kept: dict[str, str | int] = {name: value for name, value in given.items() if value and name != "before"}
    context: dict[str, object] = {
        "given": given,
        "errors": [{"anchor": name, "why": why} for name, why in faults.items()],
        "fault_in": faults,
        "acts": [(act, act.replace("_", " ")) for act in acts_known()],
        "rows": [_row(line, zone) for line in listed],
        "searched": searched and not faults,
        "next": urlencode({**kept, "before": before}) if before else "",
        "exports": urlencode(kept),
        "may_export": may(member.person, "export_log", at=timezone.now()).allowed,
        "most": f"{MOST_EXPORTED:,}",
        "team": asked.team,
    }
    return show(request, "desk/log.html", context, status=422 if faults else 200)


@in_case("see_looks")
def looks(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Who opened one case, for whoever checks it."""
    typed = request.GET.get("before", "")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None
    page = found(Asked(case=opened.file.code, before=number), opened.zone)
    context = {
        "rows": [_row(line, opened.zone) for line in page.lines],
        "next": urlencode({"before": page.before}) if page.before else "",
        "code": shown(opened.file.code),
        "plain_code": opened.file.code,
    }
    return show(request, "desk/looks.html", context)


def _export(request: HttpRequest, asked: Asked, zone: ZoneInfo, wanted: str) -> HttpResponse:
    """All that was found, as a file. Written down before the first line leaves."""
    member = request.member  # type: ignore[attr-defined]
    answer = may(member.person, "export_log", at=timezone.now())
    log_look(member.person, asked.case, "export_log", asked.in_words(), allowed=answer.allowed, rule=answer.rule)
    if not answer.allowed:
        return refused(request, answer.why)
    rows = (row_of(line) for line in all_found(asked, zone))
    sent = StreamingHttpResponse(_as_csv(rows) if wanted == "csv" else _as_json(rows), content_type=_WRITE[wanted])
    sent["Content-Disposition"] = f'attachment; filename="log.{wanted}"'
    return cast("HttpResponse", sent)


class _Line:
    """What a csv writer writes to: it gives each line back."""

    def write(self, line: str) -> str:
        return line


def _as_csv(rows: Iterator[dict[str, str | int | bool]]) -> Iterator[str]:
    writer = csv.writer(_Line())
    for place, row in enumerate(rows):
        if not place:
            yield writer.writerow(row)
        yield writer.writerow([_plain(value) for value in row.values()])


def _plain(value: str | int | bool) -> str:
    """A value that a spreadsheet takes for text: one that begins like a formula is given a mark in front."""
    text = str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _as_json(rows: Iterator[dict[str, str | int | bool]]) -> Iterator[str]:
    yield "["
    for place, row in enumerate(rows):
        yield (",\n" if place else "") + json.dumps(row)
    yield "]\n"


def _row(line: LoggedLine, zone: ZoneInfo) -> dict[str, object]:
    said = line.said
    return {
        "number": said.number,
        "when": in_short(line.when, zone),
        "role": ROLES.get(said.role, said.role.capitalize()),
        "staff": said.staff,
        "team": said.team,
        "agency": said.agency,
        "act": said.act.replace("_", " "),
        "case": said.case,
        "case_shown": shown(said.case) if said.case else "",
        "allowed": said.allowed,
        "reason": line.reason,
        "loose": said.tie == NO_TASK,
    }
