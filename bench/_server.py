"""A real `holdfast demo` on a temporary data folder, and a plain browser for it: cookies, forms, compressed answers."""

import gzip
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPResponse
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from typing import NamedTuple
from urllib.parse import urlencode
from urllib.parse import urljoin
from urllib.parse import urlsplit

LONGEST = 120  # seconds to wait for a server


class Running(NamedTuple):
    """A server that answers: what the demo said, its process, and how long it took to be ready."""

    told: dict[str, Any]
    pid: int
    ready_after: float


class Answer(NamedTuple):
    """One answer: its words, and how many bytes went over the line for its body."""

    address: str
    text: str
    sent: int
    compressed: bool


@contextmanager
def demo(data: Path) -> Iterator[Running]:
    """Starts the demo and waits until the guide answers; stopped at the end."""
    port = _free_port()
    begun = time.perf_counter()
    command = [sys.executable, "-m", "holdfast.site.command", "demo", "--json", "--port", str(port)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "HOLDFAST_DATA": str(data)}
    ) as process:
        try:
            _wait_for(port, process)
            ready_after = time.perf_counter() - begun
            assert process.stdout is not None
            yield Running(json.loads(process.stdout.readline()), process.pid, ready_after)
        finally:
            process.terminate()
            process.wait(timeout=20)


class Browser:
    """Asks as a browser does: keeps cookies, follows redirects, takes compressed answers."""

    def __init__(self) -> None:
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, address: str) -> Answer:
        """One page or file."""
        return self._ask(urllib.request.Request(address, headers={"Accept-Encoding": "gzip"}))  # noqa: S310 our own server

    def post(self, address: str, **fields: str) -> Answer:
        """One form, with the token of the page that it stands on."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(address).text)
        assert token, "the form has no token"
        sent = urlencode({**fields, "csrfmiddlewaretoken": token[1]}).encode()
        headers = {"Accept-Encoding": "gzip", "Referer": address}
        return self._ask(urllib.request.Request(address, sent, headers))  # noqa: S310 our own server

    def _ask(self, request: urllib.request.Request) -> Answer:
        answer: HTTPResponse
        with self._opener.open(request, timeout=60) as answer:
            body = answer.read()
            compressed = answer.headers.get("Content-Encoding") == "gzip"
            plain = gzip.decompress(body) if compressed else body
            return Answer(answer.url, plain.decode("utf-8", "replace"), len(body), compressed)


def open_survivor(told: dict[str, Any], case: dict[str, Any]) -> Browser:
    """A browser that opened a case's page with its code and words."""
    browser = Browser()
    opened = browser.post(told["survivor"] + "in", code=case["code"], words=case["words"])
    assert not opened.address.endswith("/in"), "the survivor's page did not open"
    return browser


def open_desk(told: dict[str, Any], name: str) -> Browser:
    """A browser that is signed in at the desk."""
    browser = Browser()
    opened = browser.post(told["desk"] + "sign-in", name=name, password=told["password"])
    assert "sign-in" not in opened.address, "the desk did not let this member of staff in"
    return browser


def links(answer: Answer, under: str) -> list[str]:
    """The addresses on a page that lie under a path, without what follows ? or #."""
    found = (urljoin(answer.address, link) for link in re.findall(r'href="([^"#?]+)', answer.text))
    here = urlsplit(answer.address).netloc
    return sorted({link for link in found if urlsplit(link).netloc == here and urlsplit(link).path.startswith(under)})


def files(answer: Answer) -> list[str]:
    """The files that a page makes a browser fetch: styles, scripts, pictures. Fonts are asked for by styles."""
    found = re.findall(r'<(?:script|img)[^>]+src="([^"]+)"', answer.text)
    for tag in re.findall(r"<link[^>]+>", answer.text):
        if re.search(r'rel="(?:stylesheet|icon|manifest|preload)"', tag) and "font" not in tag:
            found += re.findall(r'href="([^"]+)"', tag)
    return sorted({urljoin(answer.address, each) for each in found})


def _wait_for(port: int, process: subprocess.Popen[str]) -> None:
    until = time.perf_counter() + LONGEST
    while time.perf_counter() < until:
        assert process.poll() is None, "the demo stopped before it answered"
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5):
                return
        except OSError:
            time.sleep(0.01)
    raise TimeoutError(f"the demo did not answer within {LONGEST} s")


def _free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])
