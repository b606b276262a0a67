"""Attacks a real running server, and writes a dated report: `make attack` (docs/how-to/attack.md).

A demonstration of its own is prepared in a folder of its own and served to this machine; nothing else is attacked.

- naughty strings: every form and query of every door, by hand.
- schemathesis: the machines' door, by its description.
- wapiti: the guide, and the survivor's page signed in.
- sqlmap: the addresses and forms that take words.

Exit code 0 when nothing was found and no answer was a 500.
"""

import argparse
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC
from datetime import datetime
from http.cookiejar import CookieJar
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

HOUSE = Path(__file__).parents[2]
TOOLS = Path(sys.executable).parent
SEED = 20261121
SHARES = {"schemathesis": 0.25, "wapiti": 0.45, "sqlmap": 0.25}


class Did(NamedTuple):
    """What one attacker did: its name, for how long, how often it asked where it says so, and what it found."""

    name: str
    seconds: int
    about: str
    found: list[str]


def main() -> int:
    """Runs every attacker in turn."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--minutes", type=float, default=20.0, help="how long in all (20)")
    asked.add_argument("--report", type=Path, help="where the report goes (docs/reports/attack-DAY.md)")
    given = asked.parse_args()
    seconds = given.minutes * 60
    with tempfile.TemporaryDirectory(prefix="holdfast-attack-") as folder:
        with served(Path(folder)) as (told, log):
            at = told["guide"].rstrip("/")
            done = [
                naughty(at, told, seconds * 0.05),
                schemathesis(at, Path(folder), seconds * SHARES["schemathesis"]),
                wapiti(at, told, Path(folder), seconds * SHARES["wapiti"]),
                sqlmap(at, Path(folder), seconds * SHARES["sqlmap"]),
            ]
        said = log.read_text(encoding="utf-8")
    failures = re.findall(r"^\S+ error django\.request.*(?:\n  .*)*", said, re.MULTILINE)
    day = datetime.now(UTC).date().isoformat()
    report = given.report or HOUSE / "docs" / "reports" / f"attack-{day}.md"
    report.write_text(written(day, done, failures), encoding="utf-8")
    print(report.read_text(encoding="utf-8"))
    return 1 if failures or any(each.found for each in done) else 0


@contextmanager
def served(folder: Path) -> Iterator[tuple[dict, Path]]:
    """The demonstration, running at a free port: what it says of itself, and its log."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        port = tried.getsockname()[1]
    data, log = folder / "data", folder / "server.log"
    around = {**os.environ, "HOLDFAST_DATA": str(data), "PYTHONPATH": str(HOUSE / "src")}
    command = [str(HOUSE / ".venv/bin/python"), "-m", "holdfast.site.command"]
    with log.open("w") as into:
        server = subprocess.Popen(
            [*command, "demo", "--port", str(port), "--json"],
            env=around,
            stdout=subprocess.PIPE,
            stderr=into,
            text=True,
        )
        try:
            told = json.loads(server.stdout.readline())
            key = subprocess.run(
                [*command, "agency", "add", "attack.example.org", "--pack", "england-and-wales", "--json"],
                env=around, capture_output=True, text=True, check=True,
            )  # fmt: skip
            told["key"] = json.loads(key.stdout)["key"]
            os.environ["ATTACK_KEY"] = told["key"]
            wait_for(told["guide"])
            yield told, log
        finally:
            server.terminate()
            server.wait(30)


def wait_for(address: str) -> None:
    """Until it answers."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 our own address
        except OSError:
            time.sleep(0.3)
        else:
            return
    raise SystemExit("the demonstration did not start")


def entered(at: str, told: dict) -> tuple[urllib.request.OpenerDirector, CookieJar]:
    """Somebody who entered the survivor's page of the first example."""
    jar = CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    page = opener.open(f"{at}/my/in", timeout=30).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    case = told["cases"][0]
    sent = {"code": case["code"], "words": case["words"], "csrfmiddlewaretoken": token[1] if token else ""}
    opener.open(f"{at}/my/in", urlencode(sent).encode(), timeout=30).close()
    return opener, jar


def naughty(at: str, told: dict, seconds: float) -> Did:
    """Every string of the list in the fields of the survivor's forms and in the queries of the guide."""
    from fields import forms_in

    strings = json.loads((HOUSE / "tests/samples/naughty-strings/blns.json").read_text(encoding="utf-8"))
    began, sent, found = time.monotonic(), 0, []
    opener, _ = entered(at, told)
    for string in strings:
        said = string.encode(errors="replace").decode()
        for path in ("/my/in", "/my/ask", "/my/choices", "/guide/england-and-wales/services", "/desk/sign-in"):
            if time.monotonic() - began > max(seconds, 60):
                return Did("naughty strings", int(time.monotonic() - began), f"{sent} requests; stopped by time", found)
            try:
                page = opener.open(f"{at}{path}?{urlencode({'on': said, 'q': said})}", timeout=30).read().decode()
                sent += 1
                for form in forms_in(page, path):
                    if not form.action.endswith(("/leave", "/close", "/sign-out")):
                        *_, all_of_them = form.spoiled(said)
                        body = urlencode(all_of_them).encode() if form.method == "post" else None
                        opener.open(at + form.action, body, timeout=30).close()
                        sent += 1
            except urllib.error.HTTPError as answer:
                sent += 1
                if answer.code >= 500 and answer.code != 503:
                    found.append(f"{path}: {answer.code} for {string!r}")
            except OSError as fault:
                found.append(f"{path}: no answer ({type(fault).__name__}) for {string!r}")
    about = f"{len(strings)} strings, {sent} requests"
    return Did("naughty strings", int(time.monotonic() - began), about, found)


def schemathesis(at: str, folder: Path, seconds: float) -> Did:
    """The machines' door, from its description, with a key, until the time is up; each round with a seed of its own."""
    began, rounds, found = time.monotonic(), 0, []
    while time.monotonic() - began < seconds:
        done = run(
            ["schemathesis", "run", str(HOUSE / "tests/attack/openapi.yaml"), "--base-url", at, "--checks",
             "not_a_server_error,status_code_conformance,response_schema_conformance", "--hypothesis-seed",
             str(SEED + rounds), "--hypothesis-max-examples", "300", "--data-generation-method", "all",
             "-H", f"Authorization: Bearer {os.environ['ATTACK_KEY']}"],
            folder, seconds - (time.monotonic() - began),
        )  # fmt: skip
        if done is None:
            break
        rounds += 1
        if done.returncode:
            found.append(done.stdout[-3000:])
            break
    return Did("schemathesis", int(time.monotonic() - began), f"{rounds} whole rounds of 300 documents", found)


def wapiti(at: str, told: dict, folder: Path, seconds: float) -> Did:
    """The guide, then the survivor's page with a session of its own."""
    began, found = time.monotonic(), []
    _, jar = entered(at, told)
    cookie = "; ".join(f"{each.name}={each.value}" for each in jar)
    for name, start, more in (
        ("guide", f"{at}/guide/england-and-wales/services", []),
        ("survivor", f"{at}/my/", ["-H", f"Cookie: {cookie}", "-x", f"{at}/my/leave", "-x", f"{at}/my/close"]),
        ("desk", f"{at}/desk/sign-in", []),
    ):
        out = folder / f"wapiti-{name}.json"
        run(
            ["wapiti", "-u", start, "--scope", "folder", "-f", "json", "-o", str(out), "--flush-session",
             "--no-bugreport", "--max-scan-time", str(int(seconds / 3)), "-m", "common,csp,cookieflags,http_headers",
             "--store-session", str(folder), *more],
            folder, seconds / 3 + 60,
        )  # fmt: skip
        if out.is_file():
            told_of = json.loads(out.read_text(encoding="utf-8"))
            for kind in ("vulnerabilities", "anomalies"):
                found += [
                    f"{name}, {what}: {each['info']} ({each['path']})"
                    for what, several in told_of[kind].items()
                    for each in several
                ]
        else:
            found.append(f"{name}: wapiti wrote no report")
    return Did(
        "wapiti", int(time.monotonic() - began), "the guide, the survivor's page signed in, the desk's sign-in", found
    )


def sqlmap(at: str, folder: Path, seconds: float) -> Did:
    """What takes words: two queries of the guide and two forms."""
    began, found = time.monotonic(), []
    targets = (
        ["-u", f"{at}/guide/england-and-wales/services?need=x&near=y"],
        ["-u", f"{at}/guide/england-and-wales/?on=2026-01-01"],
        ["-u", f"{at}/my/in", "--data", "code=ABCD-EFGH&words=one+two+three+four&csrfmiddlewaretoken=x",
         "--csrf-token", "csrfmiddlewaretoken", "--csrf-url", f"{at}/my/in", "--ignore-code", "*"],
        ["-u", f"{at}/desk/sign-in", "--data", "name=x&password=y&csrfmiddlewaretoken=x",
         "--csrf-token", "csrfmiddlewaretoken", "--csrf-url", f"{at}/desk/sign-in", "--ignore-code", "*"],
    )  # fmt: skip
    for target in targets:
        done = run(
            ["sqlmap", *target, "--batch", "--level", "2", "--risk", "1", "--flush-session", "--technique", "BEUS",
             "--output-dir", str(folder / "sqlmap")],
            folder, seconds / len(targets) + 30,
        )  # fmt: skip
        if done is not None and "is vulnerable" in done.stdout:
            found.append(f"{target[1]}: {done.stdout[-2000:]}")
    return Did("sqlmap", int(time.monotonic() - began), f"{len(targets)} addresses and forms", found)


def run(command: list[str], folder: Path, seconds: float) -> subprocess.CompletedProcess[str] | None:
    """One of the tools, or None where its time was up."""
    tool = [str(TOOLS / command[0]), *command[1:]]
    around = {**os.environ, "HOME": str(folder), "NO_COLOR": "1"}
    try:
        return subprocess.run(
            tool, cwd=folder, env=around, capture_output=True, text=True, timeout=max(10, seconds), check=False
        )
    except subprocess.TimeoutExpired:
        return None


def written(day: str, done: list[Did], failures: list[str]) -> str:
    """The report."""
    total = sum(each.seconds for each in done)
    lines = [
        f"# Attacked on {day}",
        "",
        f"`make attack` ran for {total // 60} minutes and {total % 60} seconds against a demonstration of its own,",
        f"with seed {SEED}. Answers with status 500: {len(failures)}.",
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
