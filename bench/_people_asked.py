"""Questions that call takers ask: of a person who is there, each with two corruptions, drawn by a published mix.

What is asked: name and birth 40 of 100; with the address 15; with the number 10; name and address 15; name and
number 10; name, part of a date and address 10. Each question gets two corruptions of what it asks, drawn by WEIGHTS;
the same may come twice in a name, never twice elsewhere. Where nothing but name and birth is asked, the date is
corrupted once at most and keeps its month: of 'John Smith, 1985' for one born in 1984 nobody could find the one.
"""

import random
from collections.abc import Callable
from typing import NamedTuple

from _people_made import Made
from _people_made import Part

from holdfast.people.known import Asked
from holdfast.people.known import Known

ASKED = (
    (("name", "born"), 40), (("name", "born", "address"), 15), (("name", "born", "number"), 10),
    (("name", "address"), 15), (("name", "number"), 10), (("name", "part", "address"), 10),
)  # fmt: skip
WEIGHTS = {
    "typo": 24, "sound": 14, "script": 12, "nickname": 12, "swap": 8, "left out": 4,
    "wrong date": 12, "day for month": 6, "partial date": 5,
    "wrong figure": 5, "figures exchanged": 3,
    "street misspelt": 5, "wrong house": 4, "no postcode": 4, "wrong postcode": 4,
}  # fmt: skip
_NEAR = {
    "a": "sqz", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk",
    "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "wa", "r": "et", "s": "ad", "t": "ry",
    "u": "yi", "v": "cb", "w": "qe", "x": "zc", "y": "tu", "z": "xa",
}  # fmt: skip
_HEARD = (
    ("ph", "f"), ("ck", "k"), ("c", "k"), ("k", "c"), ("ee", "ea"), ("ie", "ee"), ("y", "i"), ("i", "y"), ("ou", "u"),
    ("u", "oo"), ("sh", "ch"), ("th", "t"), ("ll", "l"), ("l", "ll"), ("nn", "n"), ("n", "nn"), ("z", "s"),
    ("s", "z"), ("v", "w"), ("w", "v"), ("j", "g"), ("x", "ks"), ("ai", "ay"), ("e", "a"), ("a", "e"), ("o", "u"),
    ("gh", ""), ("d", "t"), ("er", "ar"), ("or", "er"), ("f", "ph"), ("tt", "t"), ("m", "n"), ("b", "p"), ("ey", "y"),
    ("ow", "au"), ("ei", "ay"),
)  # fmt: skip


class Question(NamedTuple):
    """One question, whom it is about, and what was done to it."""

    asked: Asked
    about: Known
    culture: str
    done: tuple[str, ...]


class _Draft:
    """What is asked so far, in pieces that can still be spoilt."""

    def __init__(self, made: Made, fields: tuple[str, ...]):
        known = made.known
        self.parts: list[Part | None] = list(made.name)
        self.name = [part.text for part in made.name]
        self.born = known.born if {"born", "part"} & set(fields) else ""
        if "part" in fields:
            self.born = self.born[:4]
        self.number = known.numbers[0] if "number" in fields else ""
        self.address = known.addresses[0] if "address" in fields else ""
        self.alone = fields == ("name", "born")

    def asked(self, by: random.Random) -> Asked:
        number = self.number
        if number and by.random() < 0.5:
            number = "+44 " + number[1:]
        born = self.born
        if len(born) == 10 and by.random() < 0.5:
            born = f"{born[8:]}/{born[5:7]}/{born[:4]}"
        return Asked(" ".join(self.name), born, number, self.address)


def questions(people: list[Made], seed: int = 55) -> list[Question]:
    """One question of each person who can be asked for so."""
    by = random.Random(seed)  # noqa: S311 chance that can be had again
    return [question for made in people if (question := _question(made, by))]


def _question(made: Made, by: random.Random) -> Question | None:
    fields = by.choices([each for each, _ in ASKED], weights=[weight for _, weight in ASKED])[0]
    known = made.known
    has = {"name": True, "born": len(known.born) == 10, "part": bool(known.born), "number": bool(known.numbers)}
    if not all(has.get(field, bool(known.addresses)) for field in fields):
        return None
    draft, done = _Draft(made, fields), []
    for _ in range(60):
        kind = by.choices(list(WEIGHTS), weights=list(WEIGHTS.values()))[0]
        again = kind in done and kind not in ("typo", "sound", "script")
        dates = {"wrong date", "day for month", "partial date"}
        if again or (kind in dates and dates & set(done) and (draft.alone or kind != "partial date")):
            continue
        if _SPOIL[kind](draft, by):
            done.append(kind)
        if len(done) == 2:
            return Question(draft.asked(by), known, made.culture, tuple(done))
    return None


def _typo(draft: _Draft, by: random.Random) -> bool:
    at = by.randrange(len(draft.name))
    draft.name[at] = _mistyped(draft.name[at], by)
    return True


def _mistyped(word: str, by: random.Random) -> str:
    at = by.randrange(len(word))
    how = by.choice(("left out", "other", "more", "exchanged"))
    near = by.choice(_NEAR.get(word[at].lower(), "aeiou"))
    if how == "left out" and len(word) > 2:
        return word[:at] + word[at + 1 :]
    if how == "exchanged" and len(word) > 1:
        at = min(at, len(word) - 2)
        if word[at] != word[at + 1]:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + near + word[at + (how != "more") :]


def _sound(draft: _Draft, by: random.Random) -> bool:
    at = by.randrange(len(draft.name))
    word = draft.name[at].lower()
    fits = [each for each in _HEARD if each[0] in word]
    if not fits or not word.isascii():
        return False
    old, new = by.choice(fits)
    place = by.choice([place for place in range(len(word)) if word.startswith(old, place)])
    draft.name[at] = (word[:place] + new + word[place + len(old) :]).capitalize()
    return bool(draft.name[at])


def _instead(of: Callable[[Part], tuple[str, ...]]) -> Callable[[_Draft, random.Random], bool]:
    def spoil(draft: _Draft, by: random.Random) -> bool:
        fits = [at for at, part in enumerate(draft.parts) if part and of(part) and draft.name[at] == part.text]
        if not fits:
            return False
        at = by.choice(fits)
        draft.name[at] = by.choice(of(draft.parts[at]))  # type: ignore[arg-type]
        return True

    return spoil


def _swap(draft: _Draft, by: random.Random) -> bool:
    draft.name.append(draft.name.pop(0))
    draft.parts.append(draft.parts.pop(0))
    return True


def _left_out(draft: _Draft, by: random.Random) -> bool:
    if len(draft.name) < 3:
        return False
    at = by.randrange(len(draft.name))
    del draft.name[at], draft.parts[at]
    return True


def _wrong_date(draft: _Draft, by: random.Random) -> bool:
    if not draft.born:
        return False
    pieces = [int(each) for each in draft.born.split("-")]
    at = by.randrange(len(pieces))
    if at == 0:
        pieces[0] += by.choice((-1, 1, -1, 1, -2, 2, -10, 10))
    else:
        pieces[at] = by.choice([each for each in range(1, 13 if at == 1 else 29) if each != pieces[at]])
    draft.born = "-".join(f"{each:02}" for each in pieces)
    return True


def _day_for_month(draft: _Draft, by: random.Random) -> bool:
    year, month, day = draft.born.split("-") if len(draft.born) == 10 else ("", "", "")
    if not year or int(day) > 12 or day == month:
        return False
    draft.born = f"{year}-{day}-{month}"
    return True


def _partial(draft: _Draft, by: random.Random) -> bool:
    if len(draft.born) != 10:
        return False
    draft.born = draft.born[: 7 if draft.alone else 4]
    return True


def _figure(draft: _Draft, by: random.Random) -> bool:
    places = [at for at, sign in enumerate(draft.number) if sign.isdigit() and at > 1]
    if not places:
        return False
    at = by.choice(places)
    draft.number = draft.number[:at] + by.choice("0123456789".replace(draft.number[at], "")) + draft.number[at + 1 :]
    return True


def _exchanged(draft: _Draft, by: random.Random) -> bool:
    text = draft.number
    places = [at for at in range(2, len(text) - 1) if text[at : at + 2].isdigit() and text[at] != text[at + 1]]
    if not places:
        return False
    at = by.choice(places)
    draft.number = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return True


def _street(draft: _Draft, by: random.Random) -> bool:
    words = draft.address.split()
    if len(words) < 3:
        return False
    words[1] = _mistyped(words[1], by)
    draft.address = " ".join(words)
    return True


def _house(draft: _Draft, by: random.Random) -> bool:
    house, _, rest = draft.address.partition(" ")
    if not house.isdigit():
        return False
    draft.address = f"{int(house) + by.choice((-2, 2, 10, 1, 4))} {rest}".replace("-", "")
    return True


def _no_postcode(draft: _Draft, by: random.Random) -> bool:
    words = draft.address.split()
    if len(words) < 5 or not words[-1][:1].isdigit():
        return False
    draft.address = " ".join(words[:-2])
    return True


def _postcode(draft: _Draft, by: random.Random) -> bool:
    text = draft.address
    if not text or not text.split()[-1][:1].isdigit():
        return False
    at = len(text) - by.choice((1, 2, 3))
    among = "0123456789" if text[at].isdigit() else "ABDEFGHJLN"
    draft.address = text[:at] + by.choice(among.replace(text[at], "")) + text[at + 1 :]
    return True


_SPOIL: dict[str, Callable[[_Draft, random.Random], bool]] = {
    "typo": _typo, "sound": _sound, "script": _instead(lambda part: part.spelt),
    "nickname": _instead(lambda part: part.short), "swap": _swap, "left out": _left_out, "wrong date": _wrong_date,
    "day for month": _day_for_month, "partial date": _partial, "wrong figure": _figure,
    "figures exchanged": _exchanged, "street misspelt": _street, "wrong house": _house, "no postcode": _no_postcode,
    "wrong postcode": _postcode,
}  # fmt: skip
