"""The memory of the running server after it served the guide, the survivors' pages and the desk, beside a bare Django.

Resident memory of the one process, as the system counts it. The desk's pages are those that a supervisor reaches from
the queue, in every invented case.
"""

import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.error import HTTPError

from _measure import figure
from _measure import heading
from _measure import ratio
from _measure import target
from _server import Browser
from _server import Running
from _server import demo
from _server import links
from _server import open_desk
from _server import open_survivor

MOST = 150
ROUNDS = 3
DESK_PAGES = 150
BARE = """
import django
from django.conf import settings
settings.configure(INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"])
django.setup()
import django.core.handlers.asgi, django.template, uvicorn
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmRSS")))
"""


def megabytes(pid: int, line: str = "VmRSS") -> float:
    """A process's memory: VmRSS is now, VmHWM the most it ever was."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(next(each.split()[1] for each in status.splitlines() if each.startswith(line))) / 1024


def read_everything(running: Running) -> int:
    """Reads pages of all three doors; how many."""
    told, read = running.told, 0
    browser = Browser()
    for start in links(browser.get(told["guide"]), "/start/"):
        place = f"{told['guide']}guide/{start.rsplit('/', 1)[1]}/"
        for page in links(browser.get(place), "/guide/"):
            browser.get(page)
            read += 1
    for case in told["cases"]:
        survivor = open_survivor(told, case)
        for page in links(survivor.get(told["survivor"]), "/my/"):
            if not page.endswith(("/leave", "/close")):
                survivor.get(page)
                read += 1
    desk = open_desk(told, "supervisor")
    wanted, seen = [told["desk"], *(f"{told['desk']}case/{case['code']}" for case in told["cases"])], set[str]()
    while wanted and len(seen) < DESK_PAGES:
        link = wanted.pop(0)
        if link in seen or link.endswith("/sign-out"):
            continue
        seen.add(link)
        try:
            wanted += links(desk.get(link), "/desk/")
        except HTTPError as refused:
            if refused.code >= 500:
                raise
            continue  # a page that a supervisor may not see, or only after giving a reason
        read += 1
    return read


def main() -> None:
    """Starts, reads, looks."""
    heading("memory of the running server")
    bare = int(subprocess.run([sys.executable, "-c", BARE], check=True, capture_output=True, text=True).stdout) / 1024
    with tempfile.TemporaryDirectory(prefix="holdfast-bench-") as folder:
        with demo(Path(folder)) as running:
            figure("first start, which reads YAML and loads the cases", f"{megabytes(running.pid):,.0f} MB")
        with demo(Path(folder)) as running:
            figure(
                "started again",
                f"{megabytes(running.pid):,.0f} MB",
                ratio(megabytes(running.pid), bare, "a bare Django"),
            )
            pages = sum(read_everything(running) for _ in range(ROUNDS))
            now, most = megabytes(running.pid), megabytes(running.pid, "VmHWM")
            figure(
                f"after {pages:,} pages of all doors",
                f"{now:,.0f} MB",
                f"{ratio(now, bare, 'a bare Django')}; at most {most:,.0f}",
            )
    figure("a bare Django with uvicorn, serving nothing", f"{bare:,.0f} MB")
    target("under 150 MB", met=most < MOST)


if __name__ == "__main__":
    main()
