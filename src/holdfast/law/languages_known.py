"""The languages that a catalogue may be written in: what each calls itself, which way it runs, how it counts and dates.

- `plurals` is gettext's own header, as the Unicode CLDR plural rules give it (https://www.unicode.org/cldr/).
- Month names stand as they do beside a day number, and a date is put together as in CLDR's long form; both were held
  against Django's own translations by tests/law/test_language.py. Digits are those of the place's telephone numbers.
- To add a language, add a line here and its catalogues: docs/how-to/translate.md.
"""

from __future__ import annotations

from typing import Literal
from typing import NamedTuple

Direction = Literal["ltr", "rtl"]


class Known(NamedTuple):
    """One language. `dated` is '' where it has no months here: its dates are then said in English."""

    name: str  # in itself
    english: str
    plurals: str
    direction: Direction = "ltr"
    months: str = ""  # twelve, by commas
    dated: str = ""  # with {day}, {month}, {year}
    script: str = "Latn"  # ISO 15924
    notes: str = ""  # for translators: which form each plural number is
    stop: str = ". "  # what ends a sentence before the next


_ONE_OR_MORE = "nplurals=2; plural=(n != 1);"
_FRENCH = Known(
    "Français", "French", "nplurals=2; plural=(n > 1);",
    months="janvier,février,mars,avril,mai,juin,juillet,août,septembre,octobre,novembre,décembre",
    dated="{day} {month} {year}", notes="0: none or one, 1: more",
)  # fmt: skip
_SPANISH = Known(
    "Español", "Spanish", _ONE_OR_MORE,
    months="enero,febrero,marzo,abril,mayo,junio,julio,agosto,septiembre,octubre,noviembre,diciembre",
    dated="{day} de {month} de {year}", notes="0: one, 1: more",
)  # fmt: skip

KNOWN: dict[str, Known] = {
    "en": Known(
        "English", "English", _ONE_OR_MORE,
        months="January,February,March,April,May,June,July,August,September,October,November,December",
        dated="{day} {month} {year}",
    ),
    "cy": Known(
        "Cymraeg", "Welsh",
        "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 5);",
        months="Ionawr,Chwefror,Mawrth,Ebrill,Mai,Mehefin,Gorffennaf,Awst,Medi,Hydref,Tachwedd,Rhagfyr",
        dated="{day} {month} {year}", notes="0: none, 1: one, 2: two, 3: three, 4: six, 5: any other number",
    ),
    "fr": _FRENCH,
    "fr-CA": _FRENCH._replace(name="Français (Canada)", english="French (Canada)"),
    "es": _SPANISH,
    "es-US": _SPANISH._replace(name="Español (Estados Unidos)", english="Spanish (United States)"),
    "pl": Known(
        "Polski", "Polish",
        "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
        months=("stycznia,lutego,marca,kwietnia,maja,czerwca,lipca,sierpnia,września,października,listopada,grudnia"),
        dated="{day} {month} {year}", notes="0: one, 1: 2 to 4, 22 to 24 …, 2: 5 to 21, 25 to 31 …",
    ),
    "ur": Known(
        "اردو", "Urdu", _ONE_OR_MORE, "rtl",
        months="جنوری,فروری,مارچ,اپریل,مئی,جون,جولائی,اگست,ستمبر,اکتوبر,نومبر,دسمبر",
        dated="{day} {month}، {year}", script="Arab", notes="0: one, 1: more", stop="۔ ",
    ),
    "pa": Known(
        "ਪੰਜਾਬੀ", "Punjabi", "nplurals=2; plural=(n > 1);",
        months="ਜਨਵਰੀ,ਫ਼ਰਵਰੀ,ਮਾਰਚ,ਅਪ੍ਰੈਲ,ਮਈ,ਜੂਨ,ਜੁਲਾਈ,ਅਗਸਤ,ਸਤੰਬਰ,ਅਕਤੂਬਰ,ਨਵੰਬਰ,ਦਸੰਬਰ",
        dated="{day} {month} {year}", script="Guru", notes="0: none or one, 1: more", stop="। ",
    ),
    "ar": Known(
        "العربية", "Arabic",
        "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);", "rtl",
        months="يناير,فبراير,مارس,أبريل,مايو,يونيو,يوليو,أغسطس,سبتمبر,أكتوبر,نوفمبر,ديسمبر",
        dated="{day} {month} {year}", script="Arab",
        notes="0: none, 1: one, 2: two, 3: 3 to 10, 4: 11 to 99, 5: whole hundreds",
    ),
    "zh-Hans": Known(
        "简体中文", "Chinese (simplified)", "nplurals=1; plural=0;",
        months="1月,2月,3月,4月,5月,6月,7月,8月,9月,10月,11月,12月",
        dated="{year}年{month}{day}日", script="Hans", notes="0: every number", stop="。",
    ),
    "gd": Known(
        "Gàidhlig", "Scottish Gaelic",
        "nplurals=4; plural=(n==1 || n==11 ? 0 : n==2 || n==12 ? 1 : n>2 && n<20 ? 2 : 3);",
        notes="0: 1 and 11, 1: 2 and 12, 2: 3 to 10 and 13 to 19, 3: any other number",
    ),
    "mi": Known("Te reo Māori", "Māori", "nplurals=2; plural=(n > 1);", notes="0: none or one, 1: more"),
    "so": Known("Soomaali", "Somali", _ONE_OR_MORE, notes="0: one, 1: more"),
}  # fmt: skip
