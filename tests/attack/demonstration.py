"""The demonstration that is attacked: prepared in a folder of its own, served to this machine, and entered."""

import json
import os
import re
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.parse import urlsplit

HOUSE = Path(__file__).parents[2]
NO_ANSWER = 599  # what stands for a connection that was cut: as bad as any failure
STAFF = ("supervisor", "officer", "adviser", "auditor")
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@contextmanager
def served(folder: Path) -> Iterator[tuple[dict, Path]]:
    """The demonstration, running at a free port: what it says of itself with a machine's key, and its log.

    Nobody is slowed there (HOLDFAST_UNSLOWED), so that what is sent reaches the code and not the limits.
    """
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        port = tried.getsockname()[1]
    log = folder / "server.log"
    around = {
        **os.environ,
        "HOLDFAST_DATA": str(folder / "data"),
        "HOLDFAST_UNSLOWED": "1",
        "HOLDFAST_ONLINE_REPORTS": "1",
        "PYTHONPATH": str(HOUSE / "src"),
    }
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
            added = [*command, "agency", "add", "attack.example.org", "--pack", "england-and-wales", "--json"]
            key = subprocess.run(added, env=around | {"HOLDFAST_DEMO": "1"}, capture_output=True, text=True, check=True)
            told["key"] = json.loads(key.stdout)["key"]
            _wait_for(told["guide"])
            yield told, log
        finally:
            server.terminate()
            server.wait(30)


class _Here(urllib.request.HTTPRedirectHandler):
    """Follows no answer to another site, and remembers that it was asked to."""

    def __init__(self) -> None:
        self.abroad: list[str] = []

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        if urlsplit(newurl).netloc == urlsplit(req.full_url).netloc:
            return super().redirect_request(req, fp, code, msg, headers, newurl)
        if "/leave" not in urlsplit(req.full_url).path:
            self.abroad.append(f"{urlsplit(req.full_url).path} sends on to {newurl}")
        return None


class Visitor:
    """Somebody with a browser of their own: a reader of the guide, the survivor of the first case, one of the staff."""

    def __init__(self, told: dict, who: str):
        self.told, self.who, self.at = told, who, told["guide"].rstrip("/")
        self.jar = CookieJar()
        self.here = _Here()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar), self.here)
        self.statuses: Counter[int] = Counter()
        self.door = {"reader": "/", "survivor": "/my/"}.get(who, "/desk/")
        self.enter()

    def enter(self) -> None:
        """Comes in as this person would, by the door's own form."""
        if self.who == "reader":
            return
        if self.who == "survivor":
            case = self.told["cases"][0]
            way, fields = "/my/in", {"code": case["code"], "words": case["words"]}
        else:
            way, fields = "/desk/sign-in", {"name": self.who, "password": self.told["password"]}
        _, page, _ = self.ask(way)
        self.ask(way, fields | {"csrfmiddlewaretoken": token_in(page)})
        if not self.is_in():
            raise SystemExit(f"the {self.who} could not come in, so nothing behind that door would be attacked")

    def is_in(self) -> bool:
        """Whether the door still knows them."""
        status, _, landed = self.ask(self.door)
        return status == 200 and landed == self.door

    def ask(self, path: str, fields: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Asks, and sends a form where there are fields: the status, the page, and the path it came from in the end."""
        body = None if fields is None else urlencode(fields, errors="replace").encode()
        try:
            with self.opener.open(self.at + path, body, timeout=60) as answer:
                status, page, landed = answer.status, answer.read().decode(errors="replace"), answer.url
        except urllib.error.HTTPError as answer:
            status, page, landed = answer.code, answer.read().decode(errors="replace"), answer.url
        except OSError:
            status, page, landed = NO_ANSWER, "", path
        self.statuses[status] += 1
        return status, page, urlsplit(landed).path

    @property
    def cookie(self) -> str:
        """What this browser sends, as a header's value."""
        return "; ".join(f"{each.name}={each.value}" for each in self.jar)


def token_in(page: str) -> str:
    """The token of a page's first form; '' where it has none."""
    found = _TOKEN.search(page)
    return found[1] if found else ""


def _wait_for(address: str) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 our own address
        except OSError:
            time.sleep(0.3)
        else:
            return
    raise SystemExit("the demonstration did not start")
