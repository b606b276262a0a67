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
MOST_LETTERS = 40  # of one part
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

# What is written for a sound, by the letters that stand for it; the first that fits counts, so longer ones come first.
_SOUNDS = re.compile(
    r"^(?P<mk>ma?c(?=[^aeiou]))|^(?P<n>[kgp]n)|^(?P<r>wr)"
    r"|^(?P<s>ps|x|hs)"
    r"|(?P<s2>tsch|tch|dsch|dzh|dj|shch|sch|tsh|sh|cz|ch(?=[aeiouy]|$)|sz|rz|zh|ts|tz|dz|dg(?=[eiy])|c(?=[eiy])|g(?=[ei])|[jzs])"
    r"|(?P<f>ph|[vf]|w(?=[aeiouy]))"
    r"|(?P<none>gh(?=t)|(?<=[iu])gh$|[kg]h|wh|[aeiouyhw])"
    r"|(?P<t>th|dh|dt|[dt])"
    r"|(?P<ks>x)|(?P<k>qu|ch|ck|[ckqg])"
    r"|(?P<p>[bp])"
)
_AS = {
    "mk": "mk",
    "n": "n",
    "r": "r",
    "s": "s",
    "s2": "s",
    "f": "f",
    "none": ".",
    "t": "t",
    "ks": "ks",
    "k": "k",
    "p": "p",
}
_KEPT = str.maketrans("", "", ".")
_TWICE = re.compile(r"(.)\1+")


@lru_cache(maxsize=65_536)
def parts(name: str) -> tuple[str, ...]:
    """The parts of a name in their order, at most MOST_PARTS; particles are left out where something else is there."""
    plain = _JOINED.sub("", name)
    plain = (plain if plain.isascii() else anyascii(_EAST_ASIAN.sub(_family_first, plain))).lower()
    found = [each[:MOST_LETTERS] for each in _LETTERS.findall(plain)]
    if "abd" in plain:
        found = [_OF_GOD.sub("", each) for each in found]
    telling = [each for each in found if each not in _SMALL and len(each) > 1]
    return tuple((telling or found)[:MOST_PARTS])


def _family_first(found: re.Match[str]) -> str:
    """A name in characters or syllables: one for the family, the rest for the person."""
    text = found.group()
    if len(text) < 2 or len(text) > 4:
        return f" {anyascii(text)} "
    return f" {anyascii(text[0])} {''.join(anyascii(each) for each in text[1:])} "


@lru_cache(maxsize=262_144)
def whole_sound(part: str) -> str:
    """The sound of one part, however long: letters of 'aflkmnprst'; 'a' stands for any vowel at the beginning."""
    heard = _SOUNDS.sub(_heard, part)
    # A letter said twice in a row is one; with a vowel or an h between it is two.
    return ("a" if heard[:1] == "." else "") + _TWICE.sub(r"\1", heard).translate(_KEPT) or "a"


def sound(part: str) -> str:
    """The sound of one part, its first MOST_SOUND letters."""
    return whole_sound(part)[:MOST_SOUND]


def _heard(found: re.Match[str]) -> str:
    return _AS[found.lastgroup or "none"]
