"""Debian's own Firefox, driven over its Marionette port: one page, no driver program.

The protocol is WebDriver's commands as JSON, each after its length (firefox-source-docs.mozilla.org, Marionette). The
camera and the microphone are Firefox's own fake ones, and its position is the one it is given.
"""

import json
import socket
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Any

FIREFOX = Path("/usr/bin/firefox-esr")
_SAYS = {
    "media.navigator.streams.fake": True,
    "media.navigator.permission.disabled": True,
    "media.autoplay.default": 0,
    "geo.prompt.testing": True,
    "geo.prompt.testing.allow": True,
    "geo.provider.network.url": "",
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.normandy.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
}


class Firefox:
    """A Firefox with a profile of its own, gone when it is closed."""

    def __init__(self, folder: Path, place: dict[str, float]):
        with socket.socket() as tried:
            tried.bind(("127.0.0.1", 0))
            port = tried.getsockname()[1]
        where = json.dumps({"location": {"lat": place["latitude"], "lng": place["longitude"]}, "accuracy": 12})
        says = _SAYS | {"marionette.port": port, "geo.provider.network.url": f"data:application/json,{where}"}
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in says.items()]
        (folder / "user.js").write_text("\n".join(lines))
        command = [str(FIREFOX), "--headless", "--marionette", "--no-remote", "--profile", str(folder)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._line = self._reach(port)
        self._hear()
        self._number = 0
        self.asks("WebDriver:NewSession", {})

    def __enter__(self) -> "Firefox":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._line.close()
        self.process.terminate()
        self.process.wait(20)

    def asks(self, command: str, said: dict[str, Any]) -> Any:
        """One command, and its answer."""
        self._number += 1
        text = json.dumps([0, self._number, command, said]).encode()
        self._line.sendall(str(len(text)).encode() + b":" + text)
        _, _, fault, answer = self._hear()
        assert not fault, fault
        return answer

    def goes(self, address: str) -> None:
        """Opens an address."""
        self.asks("WebDriver:Navigate", {"url": address})

    def tells(self, script: str) -> Any:
        """What a script returns."""
        return self.asks("WebDriver:ExecuteScript", {"script": script, "args": []})["value"]

    def presses(self, name: str) -> None:
        """Clicks an element by its id."""
        found = self.asks("WebDriver:FindElement", {"using": "css selector", "value": f"#{name}"})["value"]
        self.asks("WebDriver:ElementClick", {"id": next(iter(found.values()))})

    def waits(self, script: str, seconds: float = 30.0) -> None:
        """Until a script returns something that is true."""
        until = time.monotonic() + seconds
        while not self.tells(script):
            assert time.monotonic() < until, f"never so: {script}"
            time.sleep(0.2)

    def _reach(self, port: int) -> socket.socket:
        until = time.monotonic() + 60
        while True:
            try:
                return socket.create_connection(("127.0.0.1", port), 60)
            except OSError:
                assert time.monotonic() < until, "Firefox did not start"
                time.sleep(0.2)

    def _hear(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            length += self._line.recv(1)
        count, text = int(length[:-1]), b""
        while len(text) < count:
            text += self._line.recv(count - len(text))
        return json.loads(text)
