"""Days of birth as they are said and misheard: read in any usual form, and the other days that may have been meant.

>>> read_born("9.3.84"), read_born("March 1984"), read_born("1984")
('1984-03-09', '1984-03', '1984')
>>> "1984-09-03" in other_days("1984-03-09")
True
"""

import re
from calendar import monthrange
from functools import lru_cache

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PIECES = re.compile(r"\d+|[a-z]{3,}")
FIRST, LAST = 1900, 2199


def read_born(text: str) -> str:
    """ISO, whole or in part ('1984', '1984-03', '1984-03-09'); '' where no year can be read. Day before month."""
    pieces = _PIECES.findall(text.lower())
    named = [_MONTHS.index(each[:3]) + 1 for each in pieces if each[:3] in _MONTHS]
    figures = [each for each in pieces if each.isdigit()]
    if len(figures) == 1 and len(figures[0]) == 8:
        only = figures[0]
        figures = [only[:4], only[4:6], only[6:]] if FIRST <= int(only[:4]) <= LAST else [only[:2], only[2:4], only[4:]]
    if not figures or len(figures) > 3 or any(len(each) > 4 for each in figures):
        return ""
    year_first = len(figures[0]) == 4
    year = _year(figures[0] if year_first else figures[-1])
    rest = [int(each) for each in (figures[1:] if year_first else figures[:-1])]
    if not FIRST <= year <= LAST:
        return ""
    if named:
        return _joined(year, named[0], rest[0] if rest else 0)
    if len(rest) == 2:
        month, day = rest if year_first else (rest[1], rest[0])
        return _joined(year, month, day) if month <= 12 else _joined(year, day, month)
    return _joined(year, rest[0], 0) if rest else f"{year:04}"


def _year(figures: str) -> int:
    if len(figures) > 2:
        return int(figures)
    return int(figures) + (2000 if int(figures) < 27 else 1900)


def _joined(year: int, month: int, day: int) -> str:
    if not 1 <= month <= 12:
        return f"{year:04}"
    if not 1 <= day <= monthrange(year, month)[1]:
        return f"{year:04}-{month:02}"
    return f"{year:04}-{month:02}-{day:02}"


@lru_cache(maxsize=1024)
def other_days(born: str) -> tuple[str, ...]:
    """Whole days that may be meant by this one: swapped, another day of the month, another month, a near year."""
    if len(born) != 10:
        return ()
    year, month, day = int(born[:4]), int(born[5:7]), int(born[8:])
    found = [(year, day, month)]
    found += [(near, *turned) for turned in ((month, day), (day, month)) for near in near_years(year)]
    found += [(year, month, other) for other in range(1, 32)]
    found += [(year, other, day) for other in range(1, 13)]
    whole = [
        f"{y:04}-{m:02}-{d:02}" for y, m, d in dict.fromkeys(found) if 1 <= m <= 12 and 1 <= d <= monthrange(y, m)[1]
    ]
    return tuple(each for each in whole if each != born)


@lru_cache(maxsize=256)
def near_years(year: int) -> tuple[int, ...]:
    """Years that may be meant by this one: within two, ten apart, one figure of two different, or these exchanged."""
    tens, ones = divmod(year % 100, 10)
    century = year - year % 100
    found = [year - 1, year + 1, year - 2, year + 2, year - 10, year + 10, century + ones * 10 + tens]
    found += [century + tens * 10 + other for other in range(10)]
    found += [century + other * 10 + ones for other in range(10)]
    return tuple(each for each in dict.fromkeys(found) if each != year and FIRST <= each <= LAST)


def partly_same(one: str, other: str) -> bool:
    """Whether two days of birth, one of them in part, say the same as far as both go."""
    most = min(len(one), len(other))
    return bool(most) and one[:most] == other[:most]
