"""The address lint: what in a text could lead to somebody. Pure; it is told what is known and looks for it in any
writing, and for whatever looks like an address, a number, a plate or a point on the map.

- It finds; it never says that a text is safe. What it finds, a person decides; where it finds nothing, a person looks.
- Letters are compared without case, accents and signs, numbers by their digits however they are written or spelled.

>>> [hit.what for hit in find("She is at 4, mill  Rd.", Known(places=("4 Mill Road, Leeds",)))]
['address']
>>> [hit.what for hit in find("ring oh seven 700 900-118", Known(numbers=("+44 7700 900118",)))]
['number']
"""

import re
import unicodedata
from collections.abc import Iterable
from collections.abc import Iterator
from math import asin
from math import cos
from math import radians
from math import sin
from math import sqrt
from typing import NamedTuple

import phonenumbers

from holdfast.access.copies.plates import plates_in

# Where a place says nothing of its plates, the commonest of all: what is not known is looked for, not passed over.
PLATE_FORMS = ("AA99 AAA", "AAA 999", "AAA 9999", "999 AAA")


class Known(NamedTuple):
    """What is known of where somebody is and how they are reached."""

    places: tuple[str, ...] = ()  # addresses, schools, refuges, as they were written
    numbers: tuple[str, ...] = ()  # telephone numbers, mail addresses, names in other networks
    plates: tuple[str, ...] = ()
    points: tuple[tuple[float, float], ...] = ()  # latitude, longitude
    region: str = "GB"  # where a number without a country is of
    plate_forms: tuple[str, ...] = PLATE_FORMS  # how plates are written there: A a letter, 9 a digit, a space a gap
    references: tuple[str, ...] = ()  # exhibit numbers of the case: alarms about each of them would tire whoever reads


class Hit(NamedTuple):
    """Something that was found: what, and where in the text."""

    what: str  # address, postcode, number, mail, plate, point
    start: int
    end: int
    known: bool  # it is one of those that were known; else it only looks like one


NEAR_KM = 2.0
_SHORT = {
    "road": "rd", "street": "st", "avenue": "ave", "av": "ave", "lane": "ln", "drive": "dr", "close": "cl",
    "court": "ct", "place": "pl",
    "square": "sq", "terrace": "ter", "crescent": "cres", "gardens": "gdns", "boulevard": "blvd",
    "apartment": "apt", "saint": "st", "mount": "mt", "north": "n", "south": "s", "east": "e", "west": "w",
}  # fmt: skip
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_APOSTROPHES = "'\u2018\u2019\u02bc\u0060\u00b4"
_WITH_APOSTROPHES = re.compile(rf"[^\W_]+(?:[{_APOSTROPHES}][^\W_]+)*", re.UNICODE)
_DIGIT_WORDS = {
    "zero": "0", "oh": "0", "o": "0", "nought": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5",
    "six": "6", "seven": "7", "eight": "8", "nine": "9",
}  # fmt: skip
_POSTCODES = (
    re.compile(r"(?<![a-z0-9])[a-z]{1,2}\d[a-z\d]?[\s.\-]*\d[a-z]{2}(?![a-z0-9])", re.IGNORECASE),  # United Kingdom
    re.compile(r"(?<![a-z0-9])[a-z]\d[a-z][\s.\-]*\d[a-z]\d(?![a-z0-9])", re.IGNORECASE),  # Canada
    re.compile(r"(?<!\d)\d{5}-\d{4}(?!\d)"),  # United States, the long form: the short one is any five digits
)
_POINT = re.compile(r"(-?\d{1,2}[.,]\d{3,})\s*(?:[,;/ ]|%2C)\s*(-?\d{1,3}[.,]\d{3,})", re.IGNORECASE)
_ISO_6709 = re.compile(r"([+-]\d{2}\.\d{3,})([+-]\d{3}\.\d{3,})")  # as videos carry it
_NAMED_POINT = re.compile(
    r"\blat\w{0,6}[\"']?\s*[:=]\s*[\"']?(-?\d{1,2}\.\d{3,}).{0,40}?\blo?ng?\w{0,7}[\"']?\s*[:=]\s*[\"']?(-?\d{1,3}\.\d{3,})",
    re.IGNORECASE | re.DOTALL,
)
_SEXAGESIMAL = re.compile(
    r"""(\d{1,2})\s*[°º]\s*(\d{1,2}(?:\.\d+)?)\s*['′’]\s*(?:(\d{1,2}(?:\.\d+)?)\s*["″”]\s*)?([NS])\s*[,;]?\s*"""
    r"""(\d{1,3})\s*[°º]\s*(\d{1,2}(?:\.\d+)?)\s*['′’]\s*(?:(\d{1,2}(?:\.\d+)?)\s*["″”]\s*)?([EW])""",
    re.IGNORECASE,
)
_THREE_WORDS = re.compile(r"///\w+\.\w+\.\w+")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_CAMERA = re.compile(  # names that a camera gives by itself: IMG_0001.JPG looks like a plate
    r"(?<![^\W_])(?:IMG|DSC[NF]?|VID|MVI|MOV|SAM)_?\d{4,6}\.(?:jpe?g|heic|png|dng|mp4|mov)(?![^\W_])",
    re.IGNORECASE,
)
_FEWEST_DIGITS = 7  # of a number that is compared by its end: shorter ones are written in full or not found


def find(text: str, known: Known, *, only_known: bool = False) -> tuple[Hit, ...]:
    """Everything found in a text, in its order, each place once.

    `only_known` leaves out what only looks like something: for what is no text, and for texts of many megabytes.
    """
    found: dict[tuple[int, int, str], Hit] = {}
    numbers = _numbers(text, known, only_known=only_known)
    for hit in (*_places(text, known), *_codes(text, known), *numbers, *_points(text, known)):
        if only_known and not hit.known:
            continue
        before = found.get((hit.start, hit.end, hit.what))
        if before is None or (hit.known and not before.known):
            found[hit.start, hit.end, hit.what] = hit
    by_cameras = [match.span() for match in _CAMERA.finditer(text)]
    named = {"number": [*_references(text, known), *by_cameras], "plate": by_cameras}
    kept = [
        hit for hit in found.values()
        if not any(_within(hit, other) for other in found.values())
        and (hit.known or not any(a <= hit.start and hit.end <= b for a, b in named.get(hit.what, ())))
    ]  # fmt: skip
    return tuple(sorted(kept, key=lambda hit: (hit.start, hit.end, hit.what)))


def _within(hit: Hit, other: Hit) -> bool:
    """Whether a find is only part of another: 'Mill Road' of '14 Mill Road'."""
    inside = other.start <= hit.start and hit.end <= other.end and other != hit
    if (hit.what, other.what) == ("number", "point"):
        return not hit.known and hit.start < other.end and other.start < hit.end  # degrees look like a number
    return inside and other.what == hit.what and (other.known or not hit.known)


def _references(text: str, known: Known) -> list[tuple[int, int]]:
    """Where the case’s own exhibit numbers stand; one with the digits of a telephone number is not passed over."""
    found = []
    for each in known.references:
        if sum(sign.isdigit() for sign in each) < _FEWEST_DIGITS and any(sign.isalpha() for sign in each):
            form = rf"(?<![^\W_]){re.escape(each)}(?![^\W_])"
            found += [match.span() for match in re.finditer(form, text, re.IGNORECASE)]
    return found


def _places(text: str, known: Known) -> Iterator[Hit]:
    """Lines of known addresses, and names of schools and refuges, word by word; St Anne's as St Annes too."""
    for signs in (_WORD, _WITH_APOSTROPHES):
        yield from _places_by(signs, text, known)


def _places_by(signs: re.Pattern[str], text: str, known: Known) -> Iterator[Hit]:
    words = [(_plain(match[0]), match.start(), match.end()) for match in signs.finditer(text)]
    sought: dict[str, set[tuple[str, ...]]] = {}
    for line in {tuple(line) for place in known.places for line in _lines(place, signs)}:
        sought.setdefault(line[0], set()).add(line)
    for at, (first, start, _) in enumerate(words):
        for line in sought.get(first, ()):
            if tuple(word for word, _, _ in words[at : at + len(line)]) == line:
                yield Hit("address", start, words[at + len(line) - 1][2], True)


def _lines(place: str, signs: re.Pattern[str]) -> Iterator[list[str]]:
    """What of a place is looked for: each of its lines of two words or more, and a numbered line without its number."""
    for part in re.split(r"[,;\n]", place):
        line = [_plain(match[0]) for match in signs.finditer(part)]
        if len(line) >= 2:
            yield line
        if len(line) >= 3 and any(sign.isdigit() for sign in line[0]):
            yield line[1:]
        elif len(line) >= 3:
            yield line[:-1]  # 'St Anne's Primary' of a primary school
    whole = [_plain(match[0]) for match in signs.finditer(place)]
    # '4, Mill Road' is two parts in writing and one line in speech.
    if len(whole) >= 3 and any(sign.isdigit() for sign in whole[0]):
        yield whole[:3]
        yield whole[1:3]
    if len(whole) == 1 and len(whole[0]) >= 4:
        yield whole


def _codes(text: str, known: Known) -> Iterator[Hit]:
    """Postcodes and plates: any that look like one, and known ones however they are spaced."""
    mine = {_squeezed(match[0]) for place in known.places for form in _POSTCODES for match in form.finditer(place)}
    for form in _POSTCODES:
        yield from (
            Hit("postcode", match.start(), match.end(), _squeezed(match[0]) in mine) for match in form.finditer(text)
        )
    for part in _parts(mine):
        for match in re.finditer(rf"(?<![a-z0-9]){part}(?![a-z0-9])", _same_length(text), re.IGNORECASE):
            yield Hit("postcode", match.start(), match.end(), True)
    plates = {_squeezed(plate) for plate in known.plates}
    for start, end in plates_in(_same_length(text), known.plate_forms):
        yield Hit("plate", start, end, _squeezed(text[start:end]) in plates)
    for squeezed in mine | plates:
        loose = r"[\s.\-_/]*".join(map(re.escape, squeezed))
        for match in re.finditer(rf"(?<![a-z0-9]){loose}(?![a-z0-9])", _same_length(text), re.IGNORECASE):
            yield Hit("plate" if squeezed in plates else "postcode", match.start(), match.end(), True)


def _parts(codes: Iterable[str]) -> set[str]:
    """The two parts of known postcodes of letters and digits: each narrows down where somebody is.

    >>> sorted(_parts({"ls62ab", "90210-1234"}))
    ['2ab', 'ls6']
    """
    whole = {code for code in codes if code.isalnum() and not code.isdigit()}
    return {code[:-3] for code in whole} | {code[-3:] for code in whole}


def _numbers(text: str, known: Known, *, only_known: bool = False) -> Iterator[Hit]:
    """Telephone numbers and mail addresses: any that look like one, and known ones by their digits."""
    plain = _same_length(text)
    some = "" if only_known else plain
    for looks in phonenumbers.PhoneNumberMatcher(some, known.region, leniency=phonenumbers.Leniency.POSSIBLE):
        yield Hit("number", looks.start, looks.end, False)
    for match in _MAIL.finditer(text):
        yield Hit("mail", match.start(), match.end(), match[0].casefold() in {one.casefold() for one in known.numbers})
    digits = _spelled(plain)
    line = "".join(sign for sign, _, _ in digits)
    for number in known.numbers:
        ending = "".join(sign for sign in _same_length(number) if sign.isdigit())[-9:]
        at = line.find(ending) if len(ending) >= _FEWEST_DIGITS else -1
        while at >= 0:
            yield Hit("number", digits[at][1], digits[at + len(ending) - 1][2], True)
            at = line.find(ending, at + 1)


def _spelled(plain: str) -> list[tuple[str, int, int]]:
    """Every digit of a text with its place, those spelled as words too ('double seven' is two)."""
    found: list[tuple[str, int, int]] = []
    times = 1
    for match in re.finditer(r"\d|[a-z]+", plain.casefold()):
        word = match[0]
        digit = word if word.isdigit() else _DIGIT_WORDS.get(word, "")
        if word in ("double", "triple"):
            times = 2 if word == "double" else 3
            continue
        if digit:
            found += [(digit, match.start(), match.end())] * times
        times = 1
    return found


def _points(text: str, known: Known) -> Iterator[Hit]:
    """Points on the map, by latitude and longitude in any of their writings, or by three words."""
    for start, end, point in _coordinates(_same_length(text)):
        if abs(point[0]) <= 90 and abs(point[1]) <= 180:
            near = any(_kilometres(point, other) <= NEAR_KM for other in known.points)
            yield Hit("point", start, end, near)
    yield from (Hit("point", match.start(), match.end(), False) for match in _THREE_WORDS.finditer(text))


def _coordinates(text: str) -> Iterator[tuple[int, int, tuple[float, float]]]:
    for form in (_POINT, _ISO_6709, _NAMED_POINT):
        for match in form.finditer(text):
            latitude, longitude = (float(part.replace(",", ".")) for part in match.groups())
            yield match.start(), match.end(), (latitude, longitude)
    for match in _SEXAGESIMAL.finditer(text):
        parts = match.groups()
        latitude, longitude = (
            (float(whole) + float(minutes) / 60 + float(seconds or 0) / 3600) * (-1 if side in "SsWw" else 1)
            for whole, minutes, seconds, side in (parts[:4], parts[4:])
        )
        yield match.start(), match.end(), (latitude, longitude)


def _kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Along the Earth's surface (haversine, radius 6,371 km)."""
    (lat1, lon1), (lat2, lon2) = ((radians(a), radians(b)) for a, b in (one, other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371 * asin(sqrt(half))


def _plain(word: str) -> str:
    """A word as it is compared: without case and accents, digits as 0 to 9, 'Road' as 'Rd'."""
    parts = unicodedata.normalize("NFKD", word.casefold())
    bare = "".join(_digit(sign) for sign in parts if not unicodedata.combining(sign) and sign not in _APOSTROPHES)
    return _SHORT.get(bare, bare)


def _same_length(text: str) -> str:
    """The text with every digit as 0 to 9 and every sign in its place, so that what is found in it lies there."""
    return text if text.isascii() else "".join(_digit(sign) for sign in text)


def _digit(sign: str) -> str:
    value = unicodedata.digit(sign, None)
    return sign if value is None else str(value)


def _squeezed(code: str) -> str:
    return "".join(sign for sign in code.casefold() if sign.isalnum())
