"""The process in which what strangers sent is opened (apart.py): reads a task and a content, answers, ends.

Order matters: everything it may need is imported first; then it gives up opening files, connections and processes, and
bounds its memory and time; then it looks at the content.
"""

import contextlib
import importlib
import json
import pkgutil
import resource
import struct
import sys
from collections.abc import Callable
from typing import cast

from holdfast.vault.apart import MOST_OUT
from holdfast.vault.apart import Answer
from holdfast.vault.apart import NotOpened

MEMORY = 1536 << 20  # bytes of address space
PROCESSOR = 40  # seconds
_LENGTH = struct.Struct(">Q")

# Which module does a task (its function `do`), and what that needs when it runs and asks for only then.
TASKS = {
    "picture": ("holdfast.vault.previews", "open_picture"),
    "pdf": ("holdfast.vault.pdf_looking", "open_pdf"),
    "office": ("holdfast.vault.office", "open_office"),
    "mail": ("holdfast.vault.mail", "open_mail"),
    "drawing": ("holdfast.vault.drawings", "open_drawing"),
    "thread": ("holdfast.vault.messages.inside", "read_thread"),
    "strip": ("holdfast.vault.stripping_inside", "strip"),
    "exif": ("holdfast.vault.exif", "read_block"),
    "lint": ("holdfast.vault.bundle_words_inside", "read_all"),
}
_CODES = (
    "utf_8 utf_8_sig utf_16 utf_16_be utf_16_le utf_32 utf_7 latin_1 ascii cp1250 cp1251 cp1252 cp437 iso8859_1 "
    "iso8859_2 iso8859_15 koi8_r mac_roman charmap gb18030 gbk big5 shift_jis euc_jp euc_kr iso2022_jp idna "
    "raw_unicode_escape unicode_escape base64_codec quopri_codec hex_codec"
)
_LATER = (
    *(f"encodings.{name}" for name in _CODES.split()),
    *("array", "bz2", "copy", "fractions", "lzma", "stringprep", "tempfile", "unicodedata", "zlib", "_strptime"),
)


def main() -> None:
    """Reads everything from standard input, does the task, writes its answer."""
    length = _LENGTH.unpack(sys.stdin.buffer.read(_LENGTH.size))[0]
    asked = json.loads(sys.stdin.buffer.read(length))
    task = _task(asked.pop("task"))
    give_up_everything()
    content = sys.stdin.buffer.read()
    try:
        answer = task(content, **asked)
    except NotOpened as fault:
        answer = Answer({"not_opened": fault.why, "words": fault.words})
    except MemoryError:
        answer = Answer({"not_opened": "too_large_to_open", "words": "Opening it takes more memory than it may."})
    except Exception:  # noqa: BLE001 whatever a stranger's file brings about, it is 'damaged'
        answer = Answer({"not_opened": "damaged", "words": "It breaks off, or is not built as its kind must be."})
    _write(answer)


def load_all_of(package: str) -> None:
    """Loads every module of a package that can be loaded here: later none can."""
    for each in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
        with contextlib.suppress(ImportError):
            importlib.import_module(each.name)


def give_up_everything() -> None:
    """From here on: no new file, connection or process, no core on the disk, and so much memory and time."""
    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 3),  # those it has: nothing can be opened, and nothing connected
        (resource.RLIMIT_NPROC, 0),  # no bound to root, whom nobody should run this under
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, PROCESSOR),
    ):
        resource.setrlimit(what, (most, most))


def _task(name: str) -> Callable[..., Answer]:
    module, function = TASKS[name]
    for later in _LATER:
        importlib.import_module(later)
    loaded = importlib.import_module(module)
    getattr(loaded, "make_ready", lambda: None)()
    return cast("Callable[..., Answer]", getattr(loaded, function))


def _write(answer: Answer) -> None:
    pieces = (json.dumps(answer.said).encode(), *answer.contents)
    if sum(map(len, pieces)) > MOST_OUT:
        pieces = (json.dumps({"not_opened": "too_large_to_open", "words": "What it holds is too much."}).encode(),)
    for piece in pieces:
        sys.stdout.buffer.write(_LENGTH.pack(len(piece)))
        sys.stdout.buffer.write(piece)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
