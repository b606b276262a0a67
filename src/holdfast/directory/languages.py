"""Languages as BCP 47 codes: from two- and three-letter codes, and from names where a source gives only these."""

from __future__ import annotations

import re

from holdfast.directory.plain import fold

_CODE = re.compile(r"([A-Za-z]{2,3})((?:-[A-Za-z0-9]{2,8})*)")
# Two letters where ISO 639-1 has them (BCP 47 asks for the shortest), three where it has not: sign languages mostly.
_NAMES = {
    "en": "english eng", "cy": "welsh cymraeg cym wel", "fr": "french francais fra fre", "es": "spanish espanol spa",
    "pl": "polish pol", "ur": "urdu urd", "pa": "punjabi panjabi pan", "ar": "arabic ara", "zh": "chinese zho chi",
    "yue": "cantonese", "cmn": "mandarin", "bn": "bengali bangla ben", "gu": "gujarati guj", "hi": "hindi hin",
    "so": "somali som", "fa": "farsi persian fas per", "prs": "dari", "ps": "pashto pus", "pt": "portuguese por",
    "ro": "romanian ron rum", "ru": "russian rus", "uk": "ukrainian ukr", "tr": "turkish tur", "ku": "kurdish kur",
    "ti": "tigrinya tir", "am": "amharic amh", "ta": "tamil tam", "te": "telugu tel", "ml": "malayalam mal",
    "vi": "vietnamese vie", "ko": "korean kor", "ja": "japanese jpn", "tl": "tagalog tgl", "fil": "filipino",
    "ht": "creole hat", "de": "german deu ger", "it": "italian ita", "el": "greek ell gre", "sq": "albanian sqi alb",
    "sr": "serbian srp", "hr": "croatian hrv", "bs": "bosnian bos", "bg": "bulgarian bul", "hu": "hungarian hun",
    "cs": "czech ces cze", "sk": "slovak slk slo", "lt": "lithuanian lit", "lv": "latvian lav", "ne": "nepali nep",
    "si": "sinhala sin", "sw": "swahili swa", "yo": "yoruba yor", "ig": "igbo ibo", "iu": "inuktitut iku",
    "cr": "cree cre", "oj": "ojibwe oji", "hy": "armenian hye arm", "he": "hebrew heb", "nl": "dutch nld dut",
    "mi": "maori mri", "sm": "samoan smo", "hmn": "hmong", "km": "khmer khm", "th": "thai tha",
    "bfi": "bsl", "ase": "asl", "fcs": "lsq", "bzs": "libras", "nzs": "nzsl",
}  # fmt: skip
_KNOWN = {name: code for code, names in _NAMES.items() for name in (code, *names.split())}
_A_NAME = 4  # letters: a shorter word may be a code, and may be another word
_AND_MORE = re.compile(
    r"\b(?:any|all|every|most|many|more|other|others|various|multiple|several|number|over|including|includes|include|"
    r"such as|for example|e g|etc|telephone interpreting|language line|languageline|\d+|upon request|on request)\b"
)
_SIGNED = {
    "british sign language": "bfi",
    "american sign language": "ase",
    "quebec sign language": "fcs",
    "langue des signes quebecoise": "fcs",
    "new zealand sign language": "nzs",
    "haitian creole": "ht",
}


def language_code(code: str, name: str = "") -> str:
    """The BCP 47 code of a language that a source gives by code, by name or by both; "" where neither is known."""
    for said in (code, name):
        folded = fold(said)
        if known := _SIGNED.get(folded) or _KNOWN.get(folded):
            return known
        read = _CODE.fullmatch(said.strip())
        if read and said == code:
            short = _KNOWN.get(read[1].lower(), read[1].lower())
            return short + "".join(f"-{_cased(part)}" for part in read[2].split("-")[1:])
    return ""


def _cased(part: str) -> str:
    """A region is written FR, a script Hans."""
    return part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part.lower()


def codes_in(text: str) -> tuple[str, ...]:
    """The languages that a text lists by name: 'English, French and ASL'. Words that name none are passed over."""
    parts = re.split(r"[,;/|\n]|\band\b|\bor\b|\(|\)", text)
    found = [_SIGNED.get(fold(part)) or _KNOWN.get(fold(part)) for part in parts if len(part.strip()) > 1]
    return tuple(dict.fromkeys(code for code in found if code))


def speaks(spoken: frozenset[str], wanted: str) -> bool:
    """Whether one of the codes is the language asked for or a kind of it: 'fr' is met by 'fr-CA'."""
    asked = wanted.lower()
    return any(code.lower() == asked or code.lower().startswith(asked + "-") for code in spoken)


def interpreted(text: str) -> frozenset[str] | None:
    """The languages that a sentence on interpreting names; none where there is no sentence.

    None stands for every language: where it names none, or only some of them ('many languages, such as Urdu').

    >>> sorted(interpreted("Interpreters for Urdu and Polish") or ())
    ['pl', 'ur']
    """
    words = fold(text)
    if not words:
        return frozenset()
    if _AND_MORE.search(words):
        return None
    found = {code for name, code in _SIGNED.items() if f" {name} " in f" {words} "}
    found |= {_KNOWN[word] for word in words.split() if len(word) >= _A_NAME and word in _KNOWN}
    return frozenset(found) or None
