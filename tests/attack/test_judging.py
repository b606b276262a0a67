"""What counts as found: each judge is given what a tool says when it found something, when not, and when it failed."""

import json
from pathlib import Path

import pytest
from tests.attack import attackers
from tests.attack.judged import alive
from tests.attack.judged import of_schemathesis
from tests.attack.judged import of_sqlmap
from tests.attack.judged import of_wapiti
from tests.attack.run import FAILURE

CLEAN = "[CRITICAL] all tested parameters do not appear to be injectable. Try to increase"
SUSPECTED = "GET parameter 'q' appears to be 'AND boolean-based blind' injectable"
HOLED = "GET parameter 'q' is vulnerable. Do you want to keep testing the others?"


@pytest.mark.parametrize(("code", "found"), [(0, 0), (1, 1), (2, 1), (-9, 1)])
def test_only_an_exit_code_of_0_says_that_schemathesis_found_nothing(code: int, found: int) -> None:
    assert len(of_schemathesis(code, "what it said")) == found


@pytest.mark.parametrize(
    ("code", "said", "in_time", "found"),
    [
        (0, CLEAN, True, 0),
        (0, HOLED, True, 1),  # it ends with 0 all the same
        (0, HOLED, False, 1),
        (0, f"{SUSPECTED}\n{CLEAN}", True, 0),
        (-9, SUSPECTED, False, 1),
        (0, f"(XSS) test shows that POST parameter 'q' might be vulnerable to cross-site scripting\n{CLEAN}", True, 1),
        (0, "sqlmap identified the following injection point(s)", True, 1),
        (0, "[CRITICAL] unable to connect to the target URL", True, 1),
        (0, "", True, 1),
        (1, CLEAN, True, 1),
        (-9, "[INFO] testing 'AND boolean-based blind'", False, 0),
        (0, f"{CLEAN}\n429 (Too Many Requests) - 900 times", True, 1),
        (0, f"{CLEAN}\n429 (Too Many Requests) - 3 times", True, 0),
    ],
)
def test_what_sqlmap_says_counts_and_not_its_exit_code_alone(code: int, said: str, in_time: bool, found: int) -> None:
    assert len(of_sqlmap(code, said, in_time=in_time)) == found


def report(folder: Path, what: str | None, pages: int = 20) -> Path:
    one = {"info": "it came back", "method": "GET", "path": "/", "parameter": "q"}
    told = {"infos": {"crawled_pages_nbr": pages}, "vulnerabilities": {what: [one]} if what else {}, "anomalies": {}}
    written = folder / "report.json"
    written.write_text(json.dumps(told))
    return written


@pytest.mark.parametrize(
    ("what", "pages", "found"),
    [
        (None, 20, 0),
        ("Reflected Cross Site Scripting", 20, 1),
        ("Secure Flag cookie", 20, 0),
        (None, 3, 1),
    ],
)
def test_every_weakness_that_wapiti_reports_counts_and_so_does_having_seen_little(
    tmp_path: Path, what: str | None, pages: int, found: int
) -> None:
    assert len(of_wapiti(report(tmp_path, what, pages), least=5)[0]) == found


def test_no_report_of_wapiti_is_a_finding(tmp_path: Path) -> None:
    assert of_wapiti(tmp_path / "none.json", least=0)[0]


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ('<p>plain</p><script src="/static/a.js"></script><a href="/on">on</a>', 0),
        ("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>", 0),
        ("<script>alert(1)</script>", 1),
        ('<img src=x onerror="x()">', 1),
        ('<a href=" javascript:x()">go</a>', 1),
        ('<input value="javascript:x()">', 0),
        ("<iframe src=//elsewhere.example>", 1),
    ],
)
def test_markup_that_came_back_alive_is_seen(page: str, found: int) -> None:
    assert len(alive(page)) == found


def test_a_tool_that_never_ends_is_stopped_and_one_that_fails_is_told(tmp_path: Path) -> None:
    """By programs that stand in for the tools."""
    for name, does in (("schemathesis", "echo FAILURES; exit 1"), ("sleeps", "echo begun; exec sleep 60")):
        (tmp_path / name).write_text(f"#!/bin/sh\n{does}\n")
        (tmp_path / name).chmod(0o700)
    told = {"key": "x", "guide": "http://127.0.0.1:9/"}
    did = attackers.schemathesis(told, tmp_path, 1.0, 1, tools=tmp_path)
    assert len(did.found) == 1
    assert "FAILURES" in did.found[0]
    assert attackers.run(["sleeps"], tmp_path, 1.0, tools=tmp_path) == (-9, "begun\n", False)


def test_every_failure_in_the_log_is_counted() -> None:
    log = (
        "2026-11-21T13:00:00Z warning django.request: a request was answered with 404\n"
        "2026-11-21T13:00:01Z error django.request: a request was answered with 500\n  ValueError, message left out\n"
    )
    [only] = FAILURE.findall(log)
    assert only.endswith("ValueError, message left out")
