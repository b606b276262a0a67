"""What an attacker did, and what of an answer or of a tool's last words counts as found."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

# A demonstration is served without TLS, so its cookies cannot ask for it; tests/site/test_doors.py holds that they do.
SET_ASIDE = {"Secure Flag cookie", "Strict Transport Security", "HTTP Strict Transport Security (HSTS)"}
LEADING = ("href", "src", "action", "formaction", "data", "xlink:href")  # where a browser goes; a value is only words
_FOUND_BY_SQLMAP = re.compile(r"is vulnerable|vulnerable to cross-site|identified the following injection point")
_SUSPECTED_BY_SQLMAP = re.compile(r"appears to be '.*' injectable")  # it looks again, and says where it was nothing
_ENDED_BY_SQLMAP = re.compile(
    r"all tested parameters do not appear to be injectable|identified the following injection"
)
_REFUSED_BY_SQLMAP = re.compile(r"\b(?:429|403) \([^)]+\) - (\d+) times")


class Did(NamedTuple):
    """What one attacker did: its name, for how long, how often it asked where it says so, and what it found."""

    name: str
    seconds: int
    about: str
    found: list[str]


class _Alive(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: (value or "").strip().lower() for name, value in attrs}
        self.found += [f"<{tag} {name}>" for name in given if name.startswith("on")]
        self.found += [f"<{tag} {name}>" for name in LEADING if given.get(name, "").startswith("javascript:")]
        if tag in ("iframe", "object", "embed", "base") or (tag == "script" and "src" not in given):
            self.found.append(f"<{tag}>")


def alive(page: str) -> list[str]:
    """Markup that no page of Holdfast has, so that it came back as it was sent: a script, a handler, a frame."""
    reading = _Alive()
    reading.feed(page)
    return reading.found


def of_schemathesis(returncode: int, said: str) -> list[str]:
    """Anything but 0 is a finding: 1 says that a check failed, every other that nothing was tried."""
    return [] if returncode == 0 else [f"exit code {returncode}\n{said[-3000:]}"]


def of_sqlmap(returncode: int, said: str, *, in_time: bool) -> list[str]:
    """An injection, or an end before it came to one. `in_time` is False where it was stopped by the clock.

    sqlmap ends with 0 whether it found anything or not, so what it said is what counts.
    """
    if _FOUND_BY_SQLMAP.search(said):
        return [said[-3000:]]
    if not in_time and _SUSPECTED_BY_SQLMAP.search(said):
        return [said[-3000:]]
    if in_time and (returncode or not _ENDED_BY_SQLMAP.search(said)):
        return [f"came to no end (exit code {returncode})\n{said[-2000:]}"]
    if refused := [each for each in _REFUSED_BY_SQLMAP.findall(said) if int(each) > 20]:
        return [f"was refused {' and '.join(refused)} times, so it hardly reached the code"]
    return []


def of_wapiti(report: Path, *, least: int) -> tuple[list[str], int]:
    """Every weakness of a report in JSON, and how many pages it saw; fewer than `least` is a finding too."""
    if not report.is_file():
        return ["wapiti wrote no report"], 0
    told = json.loads(report.read_text(encoding="utf-8"))
    pages = int(told["infos"].get("crawled_pages_nbr") or 0)
    found = [
        f"{what}: {each['info']} ({each['method']} {each['path']}, {each['parameter']})"
        for kind in ("vulnerabilities", "anomalies")
        for what, several in told[kind].items()
        for each in several
        if what not in SET_ASIDE and not any(name in each["info"] for name in SET_ASIDE)
    ]
    return found + ([f"saw {pages} pages, fewer than {least}"] if pages < least else []), pages
