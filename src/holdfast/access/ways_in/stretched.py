"""What somebody typed, made slow: one argon2id run for each try, whoever tries and whatever is typed.

- The salt comes from the code and this installation's own key, so a code that nobody has takes the same one run, and
  a case's ways in are all compared with what that one run gave.
- What is kept is a keyed hash of that (32 bytes, in hexadecimal): a copy of the table alone opens nothing.
- Accents, capital letters, spaces and hyphens do not matter: people type in a hurry, on old phones, on foreign keys.

>>> typed("  Correct-Horse battéry STAPLE ")
'correcthorsebatterystaple'
>>> typed("żółw, leña, œuf")
'zolwlenaoeuf'
"""

import hmac
import unicodedata

from argon2.low_level import Type
from argon2.low_level import hash_secret_raw
from django.conf import settings

from holdfast.casefile.codes import plain

# 32 MiB twice over: above the least that OWASP's Password Storage Cheat Sheet names for argon2id (19 MiB, twice).
MEMORY, TIMES, LANES = 32_768, 2, 1
MOST = 400  # letters that are read; four words have forty

# Letters that Unicode does not take apart, as people type them without.
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})


def typed(words: str) -> str:
    """What somebody typed, as it is compared: letters only, without accents."""
    folded = unicodedata.normalize("NFKD", words[:MOST]).casefold().translate(_PLAIN)
    return "".join(sign for sign in folded if sign.isalpha())


def tag_of(code: str, words: str) -> str:
    """What these words are under this code, as it is kept. Takes one argon2id run."""
    slow = hash_secret_raw(
        typed(words).encode(),
        bytes.fromhex(keyed("salt", plain(code)))[:16],
        time_cost=TIMES,
        memory_cost=MEMORY,
        parallelism=LANES,
        hash_len=32,
        type=Type.ID,
    )
    return keyed("words", slow.hex())


def keyed(what: str, value: str) -> str:
    """A keyed hash, 64 figures, by this installation's own key."""
    key = hmac.digest(settings.SECRET_KEY.encode(), b"holdfast.access.ways_in." + what.encode(), "sha256")
    return hmac.digest(key, value.encode(), "sha256").hex()
