"""The three tools, each with what it is told, how long it has, and what of its answer counts."""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from tests.attack.demonstration import HOUSE
from tests.attack.demonstration import Visitor
from tests.attack.judged import Did
from tests.attack.judged import of_schemathesis
from tests.attack.judged import of_sqlmap
from tests.attack.judged import of_wapiti

TOOLS = Path(sys.executable).parent
# Of the environment of the tests: the one that fits beside wapiti is older than the hypothesis that it stands on.
OF_THE_TESTS = HOUSE / ".venv/bin"
DESCRIPTION = HOUSE / "tests/attack/openapi.yaml"
# None of those that ask a site elsewhere (ssrf, xxe, log4shell, wapp), and none that looks for TLS. Its csrf names the
# type of content twice, so that no form of its own is read at all: tests/site/test_refusals.py tries each form instead.
MODULES = "backup,cookieflags,crlf,csp,exec,file,http_headers,methods,permanentxss,redirect,sql,xss"
CHECKS = "not_a_server_error,status_code_conformance,response_schema_conformance"
LEAVING = ("my/leave", "my/close", "desk/sign-out", "desk/account/end", "leave")
# (who, share of the time, the fewest pages that somebody sees who is in: nine can be seen from outside)
VISITS = (("reader", 0.1, 20), ("survivor", 0.25, 15), ("supervisor", 0.35, 40), ("officer", 0.1, 15),
          ("adviser", 0.1, 12), ("auditor", 0.1, 12))  # fmt: skip


class Ended(NamedTuple):
    """How a tool ended: its exit code, what it said, and whether it came to its own end."""

    returncode: int
    said: str
    in_time: bool


def run(command: list[str], folder: Path, seconds: float, tools: Path | None = None) -> Ended:
    """One of the tools, with a home of its own, until its end or until the time is up."""
    tool = [str((tools or TOOLS) / command[0]), *command[1:]]
    around = {"HOME": str(folder), "PATH": "/usr/bin:/bin", "NO_COLOR": "1", "LANG": "C.UTF-8", "COLUMNS": "160"}
    into = folder / f"{command[0]}.said"
    with into.open("wb") as out:
        begun = subprocess.Popen(
            tool, cwd=folder, env=around, stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL
        )
        try:
            returncode, in_time = begun.wait(max(5.0, seconds)), True
        except subprocess.TimeoutExpired:
            begun.kill()
            returncode, in_time = begun.wait(), False
    return Ended(returncode, into.read_text(encoding="utf-8", errors="replace"), in_time)


def schemathesis(told: dict, folder: Path, seconds: float, seed: int, tools: Path | None = None) -> Did:
    """The machines' door, from its description, with a key and without; each round with a seed of its own."""
    began, rounds, found = time.monotonic(), 0, []
    while not found and time.monotonic() - began < seconds:
        key = ["-H", f"Authorization: Bearer {told['key']}"] if rounds % 5 != 4 else []
        ended = run(
            ["schemathesis", "--no-color", "run", str(DESCRIPTION), "--url", told["guide"].rstrip("/"), "--phases",
             "coverage,fuzzing", "--checks", CHECKS, "--mode", "all", "--max-examples", "150", "--seed",
             str(seed + rounds), "--max-failures", "1", "--generation-database", "none", *key],
            folder, 180.0, tools or OF_THE_TESTS,
        )  # fmt: skip
        rounds += 1
        found = of_schemathesis(ended.returncode, ended.said)
    about = f"{rounds} whole rounds of 150 documents, every fifth without a key"
    return Did("schemathesis", int(time.monotonic() - began), about, found)


def wapiti(told: dict, folder: Path, seconds: float, tools: Path | None = None) -> Did:
    """Each door, by somebody who came in."""
    began, found, saw = time.monotonic(), [], []
    at = told["guide"].rstrip("/")
    for who, share, least in VISITS:
        visitor = Visitor(told, who)
        start = "guide/england-and-wales/" if who == "reader" else visitor.door[1:]
        out = folder / f"wapiti-{who}.json"
        spared = [word for path in LEAVING for word in ("-x", f"{at}/{path}")]
        cookie = ["--cookie-value", visitor.cookie] if visitor.cookie else []
        for case in told["cases"]:
            spared += ["-x", f"{at}/desk/case/{case['code']}/words"]
        run(
            ["wapiti", "-u", f"{at}/{start}", "--scope", "folder", "-f", "json", "-o", str(out), "--flush-session",
             "--no-bugreport", "-v", "1", "-d", "4", "--max-scan-time", str(int(seconds * share * 0.35)),
             "--max-attack-time", str(max(3, int(seconds * share * 0.65 / len(MODULES.split(","))))),
             "-m", MODULES, "--store-session", str(folder), *spared, *cookie],
            folder, seconds * share + 60, tools,
        )  # fmt: skip
        of_this, pages = of_wapiti(out, least=least)
        found += [f"{who}, {each}" for each in of_this]
        if not visitor.is_in():
            found.append(f"{who}: was sent out on the way, so not all was attacked")
        saw.append(f"{who} {pages}")
    about = f"every door, by who came in; pages seen: {', '.join(saw)}"
    return Did("wapiti", int(time.monotonic() - began), about, found)


def sqlmap(told: dict, folder: Path, seconds: float, tools: Path | None = None) -> Did:
    """What takes words: addresses, forms and the machines' door, each by somebody who may reach it."""
    began, found, ended_early = time.monotonic(), [], 0
    targets = _targets(told)
    for what, options in targets:
        ended = run(
            ["sqlmap", *options, "--batch", "--level", "2", "--risk", "1", "--flush-session", "--technique", "BEUS",
             "--dbms", "SQLite", "--drop-set-cookie", "--skip-waf", "--disable-coloring", "--output-dir",
             str(folder / "sqlmap")],
            folder, seconds / len(targets), tools,
        )  # fmt: skip
        found += [f"{what}: {each}" for each in of_sqlmap(ended.returncode, ended.said, in_time=ended.in_time)]
        ended_early += not ended.in_time
    if ended_early > len(targets) / 2:
        found.append(f"{ended_early} of {len(targets)} were stopped by the clock: give it more minutes")
    about = f"{len(targets)} addresses and forms; {ended_early} stopped by the clock"
    return Did("sqlmap", int(time.monotonic() - began), about, found)


def _targets(told: dict) -> list[tuple[str, list[str]]]:
    """(what it is, sqlmap's options)."""
    at = told["guide"].rstrip("/")
    supervisor, auditor, survivor = (Visitor(told, who) for who in ("supervisor", "auditor", "survivor"))
    found = [
        ("guide, the day", ["-u", f"{at}/guide/england-and-wales/?on=2026-01-01", "-p", "on"]),
        ("guide, services", ["-u", f"{at}/guide/england-and-wales/services?need=x&near=y", "-p", "need,near"]),
        ("the public's report", ["-u", f"{at}/note/on", "--data", "page=x&safe_now=yes&happened=x&place=x&number=1",
                                 "-p", "page,happened,place,number", "--ignore-code", "*"]),
        ("machines' door", ["-u", f"{at}/api/calls", "--data", json.dumps({"$id": "a", "callComponent": "b"}), "-H",
                            f"Authorization: Bearer {told['key']}", "-H", "Content-Type: application/json",
                            "--ignore-code", "*"]),
    ]  # fmt: skip
    for visitor, path, fields in (
        (supervisor, "/desk/?whose=all&role=x&after=y", ""),
        (supervisor, "/desk/colleagues?staff=x", ""),
        (supervisor, "/desk/find", "code=x"),
        (auditor, "/desk/log?case=x&who=y&before=1", ""),
        (auditor, "/desk/figures?from=2026-01-01", ""),
        (survivor, "/my/ask", "what=x"),
        (None, "/my/in", "code=ABCD-EFGH&words=one+two+three+four"),
        (None, "/desk/sign-in", "name=x&password=y"),
    ):
        someone = visitor or Visitor(told, "reader")  # at the way in: their token holds in their own session alone
        someone.ask(path.partition("?")[0])
        options = ["-u", at + path, "--ignore-code", "*", "--cookie", someone.cookie]
        names = [part.partition("=")[0] for part in (fields or path.partition("?")[2]).split("&")]
        if fields:
            options += ["--data", f"{fields}&csrfmiddlewaretoken=x", "--csrf-token", "csrfmiddlewaretoken"]
            options += ["--csrf-url", at + path]
        found.append((path, [*options, "-p", ",".join(names)]))
    return found
