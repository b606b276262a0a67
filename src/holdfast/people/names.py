"""Names in one form: Latin letters, small, in parts; and the sound of a part, alike over spellings and alphabets.

The sound keeps only what survives being heard and written down by somebody else: vowels, h and y fall away, letters
that languages exchange count as one. It is coarse on purpose: who is meant is decided later, by the opened names.

>>> parts("O'Connor-Smith, Jane")
('oconnor', 'smith', 'jane')
>>> sound("mohammed") == sound("mukhammad") == sound("mhmd")
True
>>> sound("schmidt") == sound("smith")
True
"""

import re
from functools import lru_cache

from anyascii import anyascii

MOST_PARTS = 5
MOST_SOUND = 6
_LETTERS = re.compile(r"[a-z]+")
_JOINED = re.compile(r"(?<=[^\W\d_])['’`ʼ´‘](?=[^\W\d_])")
_EAST_ASIAN = re.compile("[⺀-鿿가-힣豈-﫿ぁ-ヿ]+")
# They come and go with who writes the name down.
_SMALL = frozenset(
    ["al", "el", "ul", "ur", "as", "ad", "ibn", "bin", "bint", "ben", "abd", "abdul", "abdel", "de", "da", "do",
     "dos", "das", "del", "della", "di", "du", "la", "le", "van", "der", "den", "von", "zu", "y", "e", "mr", "mrs",
     "ms", "miss", "dr", "sir", "st"]
)  # fmt: skip
_OF_GOD = re.compile(r"^abd(?:ul|el|ur|al|er|us|ud|un)+-?(?=[a-z]{3})")

# In this order: what is written with several letters first.
_SOUNDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^(?:mc|mac)(?=[^aeiou])", "mk"),
        (r"^(?:kn|gn|pn)", "n"),
        (r"^wr", "r"),
        (r"^ps", "s"),
        (r"^x", "s"),
        (r"tsch|tch|dsch|dzh|dj|cz|shch|sch|tsh|sh|ch(?=[aeiouy])|sz|rz|zh|ts|tz|dz|dg(?=[eiy])", "s"),
        (r"ch", "k"),
        (r"ph", "f"),
        (r"gh(?=t)|(?<=[iu])gh$", ""),
        (r"th|dh|dt", "t"),
        (r"kh|gh|wh", "h"),
        (r"c(?=[eiy])", "s"),
        (r"g(?=[ei])|j", "s"),
        (r"x", "ks"),
        (r"qu", "k"),
        (r"[ckqg]", "k"),
        (r"[zs]", "s"),
        (r"[vw](?=[aeiouy])", "f"),
        (r"[vf]", "f"),
        (r"w", ""),
        (r"[bp]", "p"),
        (r"[dt]", "t"),
    )
)
_KEPT = re.compile("[^fklmnprst]")
_TWICE = re.compile(r"(.)\1+")


@lru_cache(maxsize=65_536)
def parts(name: str) -> tuple[str, ...]:
    """The parts of a name in their order, at most MOST_PARTS; particles are left out where something else is there."""
    joined = _JOINED.sub("", _EAST_ASIAN.sub(_family_first, name))
    found = [_OF_GOD.sub("", each) for each in _LETTERS.findall(anyascii(joined).lower())]
    telling = [each for each in found if each not in _SMALL and len(each) > 1]
    return tuple((telling or found)[:MOST_PARTS])


def _family_first(found: re.Match[str]) -> str:
    """A name in characters or syllables: one for the family, the rest for the person."""
    text = found.group()
    if len(text) < 2 or len(text) > 4:
        return f" {anyascii(text)} "
    return f" {anyascii(text[0])} {''.join(anyascii(each) for each in text[1:])} "


@lru_cache(maxsize=262_144)
def sound(part: str) -> str:
    """The sound of one part: up to MOST_SOUND letters of 'aflkmnprst'; 'a' stands for any vowel at the beginning."""
    text = part
    for pattern, put in _SOUNDS:
        text = pattern.sub(put, text)
    first = "a" if text[:1] in "aeiouyh" else ""
    # A letter said twice in a row is one; with a vowel or an h between it is two.
    return (first + _KEPT.sub("", _TWICE.sub(r"\1", text)))[:MOST_SOUND] or "a"
