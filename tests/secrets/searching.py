"""Looking for a planted word wherever bytes are kept, in every dress in which a program may have kept it."""

import base64
import gzip
import json
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

WORD = "Qzvxkwjubry"  # how each canary begins; no language, base64 of chance or hash has it
DIGITS = "7700900"  # numbers that are nobody's: +44 7700 900 and three more
DEGREES = "98765432"  # the end of a latitude or longitude, of a weight, a distance


def canary(number: int) -> str:
    """A word of its own, found again by its beginning."""
    return WORD + "".join("abcdefghij"[int(digit)] for digit in f"{number:04}")


def dresses(word: str) -> dict[str, bytes]:
    """A word as bytes, in each way."""
    plain = word.encode()
    found = {
        "utf-8": plain,
        "utf-16 little": word.encode("utf-16-le"),
        "utf-16 big": word.encode("utf-16-be"),
        "hex": plain.hex().encode(),
        "hex, capitals": plain.hex().upper().encode(),
        "percent": "".join(f"%{byte:02X}" for byte in plain).encode(),
        "json escapes": "".join(f"\\u{ord(sign):04x}" for sign in word).encode(),
        "backwards": plain[::-1],
    }
    for shift in range(3):
        # Whatever stands before, the letters in the middle are these.
        for name, encode in (("base64", base64.b64encode), ("base64 for addresses", base64.urlsafe_b64encode)):
            whole = encode(b"\0" * shift + plain)
            found[f"{name}, shifted by {shift}"] = whole[(0, 2, 3)[shift] : len(whole) // 4 * 4 - 4]
    return found


PATTERNS = {
    f"{what}, {dress}": re.compile(re.escape(given), re.IGNORECASE if dress == "utf-8" else 0)
    for what, word in (("word", WORD), ("digits", DIGITS), ("degrees", DEGREES))
    for dress, given in dresses(word).items()
    if len(given) >= 7
} | {"digits, spaced": re.compile(rb"7700[ -]900[ -]?\d\d\d")}


def seen_in(content: bytes, depth: int = 0) -> Iterator[str]:
    """In which dresses canaries stand in these bytes, those inside what was compressed too."""
    for name, pattern in PATTERNS.items():
        if pattern.search(content):
            yield name
    if depth > 1:
        return
    for start in re.finditer(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]", content):
        for inner in _inflated(content[start.start() :][:200_000]):
            yield from (f"compressed, {name}" for name in seen_in(inner, depth + 1))
    for run in re.finditer(rb"[A-Za-z0-9_+/-]{24,}", content):
        text = run.group()[: len(run.group()) // 4 * 4]
        for altchars in (b"+/", b"-_"):
            try:
                inner = base64.b64decode(text, altchars)
            except ValueError:
                continue  # of the other alphabet
            if inner[:1] in (b"\x1f", b"\x78"):
                yield from (f"base64, {name}" for name in seen_in(inner, depth + 1))


def _inflated(content: bytes) -> Iterator[bytes]:
    for window in (zlib.MAX_WBITS, zlib.MAX_WBITS | 16):
        try:
            found = zlib.decompressobj(window).decompress(content, 1_000_000)
        except zlib.error:
            continue
        if found:
            yield found


def seen_under(*folders: Path, since: float = 0.0) -> list[str]:
    """Every file under these folders that holds a canary, and in which dress.

    `since` passes over what was not changed since that moment (`time.time()`): for one who has looked before.
    """
    found = []
    for folder in folders:
        for file in sorted(each for each in folder.rglob("*") if each.is_file()):
            if file.stat().st_mtime < since:
                continue
            found += [f"{file.relative_to(folder)}: {dress}" for dress in seen_in(file.read_bytes())]
    return found


def dressed_for_a_test(word: str) -> dict[str, bytes]:
    """Ways to hide a word that a search has to see through; apart from `dresses`, so that one holds the other."""
    said = json.dumps({"about": "x", "says": word})
    return {
        "plain": b"some bytes \x00\x01" + word.encode() + b" and more",
        "small letters": word.lower().encode(),
        "utf-16": ("a" + word).encode("utf-16"),
        "json": said.encode(),
        "percent": quote(f"a {word}").encode(),
        "gzip": b"before" + gzip.compress(said.encode() * 3) + b"after",
        "zlib in base64": b"session:" + base64.urlsafe_b64encode(zlib.compress(said.encode() * 20)) + b":1w",
        **{f"base64 {start}": base64.b64encode(b"x" * start + word.encode() + b"yz") for start in range(3)},
        "hex": (b"pre" + word.encode()).hex().encode(),
    }
