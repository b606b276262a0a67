"""Gives one item after another to a vault, part by part and at once, until it is killed. Says what was acknowledged.

What it gives can be worked out from an item's number, so that whoever looks afterwards knows what has to be there.
"""

import hashlib
import io
import os
import sys
import time
from pathlib import Path
from random import Random
from uuid import UUID

from tests.secrets.searching import canary

from holdfast.vault.intake import Intake
from holdfast.vault.store import FolderStore
from holdfast.vault.taking import take

CASE, KEY = UUID(int=0xCA5E), bytes(range(32))
LINE = 64
MOST_SECONDS = 120


def content_of(item: UUID) -> bytes:
    """All of an item: up to 3 MiB, a canary in every line."""
    chance = Random(item.int)  # noqa: S311 chance that can be had again
    size = chance.choice((0, 1, 700, 1 << 20, (1 << 20) + 1, chance.randrange(3 << 20)))
    word = canary(item.int % 10_000)
    lines = (f"{word} {number:012}".ljust(LINE - 1) + "\n" for number in range(-(-size // LINE)))
    return "".join(lines).encode()[:size]


def say(*words: object) -> None:
    """One line, out of this process when it returns."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def part_by_part(folder: Path, item: UUID, chance: Random) -> None:
    """From where it stopped to its end, the lines that were dropped included."""
    content, store = content_of(item), FolderStore(folder / "items")
    intake = Intake(folder / "intake", store, case=CASE, item=item, case_key=KEY)
    at = intake.acknowledged
    say("part", item, at)
    while at < len(content):
        at = intake.add(at, content[at : at + chance.choice((1, 5000, 300_000, 1 << 20, 2_500_000))])
        say("part", item, at)
        if chance.random() < 0.1:
            intake.close()
            intake = Intake(folder / "intake", store, case=CASE, item=item, case_key=KEY)
    intake.finish(size=len(content), sha256=hashlib.sha256(content).digest())
    say("taken", item, len(content))
    intake.done()


def main() -> None:
    """Goes on with what was left, then begins others."""
    folder, chance = Path(sys.argv[1]), Random(sys.argv[2])  # noqa: S311 chance that can be had again
    (folder / "intake").mkdir(parents=True, exist_ok=True)
    say("ready")
    for path in sorted((folder / "intake").iterdir()):
        if path.is_dir():
            part_by_part(folder, UUID(path.name), chance)
    begun, asked_by = time.monotonic(), os.getppid()
    while os.getppid() == asked_by and time.monotonic() - begun < MOST_SECONDS:  # nobody may be left to kill it
        item = UUID(int=chance.getrandbits(128))
        if chance.random() < 0.6:
            part_by_part(folder, item, chance)
        else:
            content = io.BytesIO(content_of(item))
            take(content, FolderStore(folder / "items"), folder / "intake", case=CASE, item=item, case_key=KEY)
            say("taken", item, len(content.getvalue()))


if __name__ == "__main__":
    main()
