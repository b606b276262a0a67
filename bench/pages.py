"""The weight of every guide page and every survivor page, as it goes over the line.

- HTML is counted as the server sends it to a browser that takes gzip. 'In all' adds each style, script and picture of
  the page as it is sent, without fonts: what a first visit costs.
- Beside it stands what the same page would be uncompressed.
"""

import tempfile
from pathlib import Path

from _measure import figure
from _measure import heading
from _measure import middle
from _measure import target
from _server import Answer
from _server import Browser
from _server import demo
from _server import files
from _server import links
from _server import open_survivor

MOST_HTML, MOST_IN_ALL = 14 * 1024, 40 * 1024


def guide_pages(guide: str) -> list[Answer]:
    """Every page that can be reached from the guide's first, in every place and language; files are left out."""
    browser = Browser()
    first = browser.get(guide)
    wanted, seen, found = links(first, "/start/"), set[str](), [first]
    while wanted:
        link = wanted.pop()
        if link in seen or "/file/" in link:
            continue
        seen.add(link)
        found.append(browser.get(link))
        wanted += [*links(found[-1], "/guide/"), *links(found[-1], "/start/")]
    return found


def survivor_pages(told: dict) -> list[Answer]:
    """Every page that can be reached from the survivor's first, in each invented case; and the way in."""
    found = [Browser().get(told["survivor"] + "in")]
    for case in told["cases"]:
        browser = open_survivor(told, case)
        first = browser.get(told["survivor"])
        away = ("/leave", "/close")
        found += [first, *(browser.get(link) for link in links(first, "/my/") if not link.endswith(away))]
    return found


def weigh(door: str, pages: list[Answer]) -> None:
    """The heaviest page, and the middle one."""
    fetched: dict[str, int] = {}
    browser = Browser()
    whole: dict[str, int] = {}
    for page in pages:
        for file in files(page):
            if file not in fetched:
                fetched[file] = browser.get(file).sent
        whole[page.address] = max(whole.get(page.address, 0), page.sent + sum(fetched[file] for file in files(page)))
    heaviest = max(pages, key=lambda page: page.sent)
    most = max(whole, key=lambda address: whole[address])
    plain = len(heaviest.text.encode())
    figure(f"{door}: {len(pages)} pages, HTML, the middle one", kb(middle([page.sent for page in pages])))
    figure(
        "    the heaviest HTML",
        kb(heaviest.sent),
        f"{path(heaviest.address)}; {plain / heaviest.sent:.1f} times that uncompressed",
    )
    figure("    the heaviest in all", kb(whole[most]), path(most))
    for file, size in sorted(fetched.items(), key=lambda pair: -pair[1]):
        figure(f"        of which {path(file)}", kb(size))
    target(
        f"{door}: at most 14 kB of compressed HTML", met=heaviest.sent <= MOST_HTML and all(p.compressed for p in pages)
    )
    target(f"{door}: at most 40 kB in all", met=whole[most] <= MOST_IN_ALL)


def kb(size: float) -> str:
    """Bytes as kB of 1024."""
    return f"{size / 1024:,.1f} kB"


def path(address: str) -> str:
    """An address without its host."""
    return "/" + address.split("/", 3)[3]


def main() -> None:
    """Weighs both doors."""
    heading("pages: weight over the line")
    with tempfile.TemporaryDirectory(prefix="holdfast-bench-") as folder, demo(Path(folder)) as running:
        weigh("guide", guide_pages(running.told["guide"]))
        weigh("survivor", survivor_pages(running.told))


if __name__ == "__main__":
    main()
