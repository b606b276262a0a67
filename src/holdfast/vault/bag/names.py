"""Names in a bag: which lead out of it, which another system would read differently, and which two are one elsewhere.

>>> leaves("data/../../x"), leaves("data/a/b.txt")
(True, False)
>>> odd("data/a\\\\b"), odd("data/photo\\u202egpj.exe"), odd("data/NUL.txt"), odd("data/Núñez")
(True, True, True, False)
"""

import re
import unicodedata
from collections.abc import Iterable
from collections.abc import Iterator

_DRIVE = re.compile(r"^[A-Za-z]:")
_DEVICE = re.compile(r"^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?$", re.IGNORECASE)
_ENCODED = re.compile(r"%(0[AaDd]|25)")
_SAFE = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,118}[A-Za-z0-9_-])?")
_MOST_BYTES = 255  # of one part of a path: most file systems keep no more


def leaves(path: str) -> bool:
    """Whether a path leads out of the folder it is under, or is not a path within it at all."""
    if not path or path[0] in "/\\~" or _DRIVE.match(path):
        return True
    return any(part in ("", ".", "..") for part in path.split("/"))


def odd(path: str) -> bool:
    """Whether some system would read another path, show another name, or not keep it."""
    return any(_odd_part(part) for part in path.split("/"))


def _odd_part(part: str) -> bool:
    if any(sign in '\\:*?"<>|' for sign in part) or part != part.rstrip(". ") or _DEVICE.match(part):
        return True
    if any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp") for sign in part):
        return True
    return len(part.encode("utf-8", "surrogatepass")) > _MOST_BYTES


def key(path: str) -> str:
    """What is the same for two names that are one file on some systems (case, composed letters).

    >>> key("data/HELLO.txt") == key("data/hello.txt"), key("Nu\\u0301") == key("N\\u00fa")
    (True, True)
    """
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", path).casefold())


def collisions(paths: Iterable[str]) -> Iterator[str]:
    """Every path that is another's on some system, as a file or as a folder on the way to one."""
    seen: dict[str, tuple[str, bool]] = {}
    for path in sorted(set(paths)):
        parts = path.split("/")
        for count in range(1, len(parts) + 1):
            here, file = "/".join(parts[:count]), count == len(parts)
            before = seen.setdefault(key(here), (here, file))
            if before[0] != here or before[1] != file:
                yield path
                break


def decoded(path: str) -> str | None:
    """A path of a list as it is on the disk (RFC 8493, 2.1.3: LF, CR and % are encoded, and nothing else), or None.

    >>> decoded("data/50%25.txt"), decoded("data/%2e%2e/x")
    ('data/50%.txt', None)
    """
    if "%" in _ENCODED.sub("", path):
        return None
    return _ENCODED.sub(lambda match: chr(int(match[1], 16)), path)


def is_ours(path: str) -> bool:
    """Whether a path is one that a bag of ours may hold: plain letters, digits and - _ . alone.

    >>> is_ours("data/items/0001.jpg"), is_ours("data/a b"), is_ours("data/-x"), is_ours("data/..")
    (True, False, False, False)
    """
    return all(_SAFE.fullmatch(part) and not _DEVICE.match(part) for part in path.split("/"))
