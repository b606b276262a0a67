"""Opens what strangers sent in a process of its own, which has the content and nothing else, and may die of it.

- No disk and no network: it can open no file and no connection once it knows its task (apart_inside.py). No settings,
  no key and no database of Holdfast's are in it. It writes nothing but its answer.
- Bounded: bytes in and out, memory, processor time and time on the clock; two at once, so that ten uploads share the
  machine. What goes beyond ends that process alone.
- The content goes in by a pipe: never by a file, an argument or the environment.

It costs 0.12 s of processor a picture, 0.21 s a PDF: docs/decisions/0027.
"""

import json
import os
import struct
import subprocess
import sys
import threading
from typing import Any
from typing import Literal
from typing import NamedTuple

MOST_IN = 128 << 20  # bytes: larger items are not opened
MOST_OUT = 160 << 20
SECONDS = 60  # on the clock, once it is its turn
TURN = 120  # seconds that somebody waits for their turn
AT_ONCE = 2

Task = Literal["picture", "pdf", "office", "mail", "drawing", "lint", "thread", "strip", "exif"]
_turns = threading.BoundedSemaphore(AT_ONCE)
_LENGTH = struct.Struct(">Q")


class Answer(NamedTuple):
    """What a task answered: values as JSON has them, and contents in the order in which it made them."""

    said: dict[str, Any]
    contents: tuple[bytes, ...] = ()


class NotOpened(Exception):
    """It was not opened. `why` is 'damaged' or 'too_large_to_open', `words` a sentence with nothing of its content."""

    def __init__(self, why: Literal["damaged", "too_large_to_open"], words: str):
        self.why, self.words = why, words
        super().__init__(words)


def ask(task: Task, content: bytes, **told: Any) -> Answer:
    """Does a task with a content in a process of its own; NotOpened where it cannot be done. `told` fits in JSON."""
    if len(content) > MOST_IN:
        raise NotOpened("too_large_to_open", f"It is larger than the {MOST_IN >> 20} MB that are opened.")
    asked = json.dumps({"task": task, **told}).encode()
    if not _turns.acquire(timeout=TURN):
        raise NotOpened("too_large_to_open", "Too much else was being opened: it was not its turn in time.")
    try:
        return _read(_run(asked, content))
    finally:
        _turns.release()


def _run(asked: bytes, content: bytes) -> bytes:
    command = [sys.executable, "-I", "-m", "holdfast.vault.apart_inside"]
    with subprocess.Popen(  # noqa: S603 our own module, by the interpreter that runs
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_ENVIRONMENT, cwd=os.sep
    ) as process:
        try:
            answer, _ = process.communicate(_LENGTH.pack(len(asked)) + asked + content, timeout=SECONDS)
        except subprocess.TimeoutExpired as fault:
            process.kill()
            raise NotOpened("too_large_to_open", f"Opening it took longer than {SECONDS} seconds.") from fault
        except BaseException:
            process.kill()
            raise
    if process.returncode < 0 or not answer:
        raise NotOpened("too_large_to_open", "Opening it took more memory or time than it may, or ended its process.")
    return answer


def _read(answer: bytes) -> Answer:
    """JSON first, then the contents with their lengths. What made it may have been taken over: nothing is trusted."""
    try:
        pieces: list[bytes] = []
        at = 0
        while at < len(answer):
            length = _LENGTH.unpack_from(answer, at)[0]
            at += _LENGTH.size
            if at + length > len(answer) or len(pieces) > 8:
                raise ValueError
            pieces.append(answer[at : at + length])
            at += length
        said = json.loads(pieces[0])
        if not isinstance(said, dict):
            raise TypeError
    except (ValueError, TypeError, IndexError, struct.error, RecursionError) as fault:
        raise NotOpened("damaged", "Opening it gave no answer that can be read.") from fault
    if "not_opened" in said:
        raise NotOpened("too_large_to_open" if said["not_opened"] == "too_large_to_open" else "damaged", _line(said))
    return Answer(said, tuple(pieces[1:]))


def _line(said: dict[str, Any]) -> str:
    return str(said.get("words", ""))[:300]


# Nothing of this process's own environment goes in: keys and settings are in it.
_ENVIRONMENT = {"LANG": "C.UTF-8", "PYTHONHASHSEED": "0"}
