"""Makes the webfonts of scripts that an old telephone may lack, from Debian's fonts-noto-core (SIL Open Font Licence).

    .venv/bin/python -m holdfast.doors.look.subset_fonts

- Each holds the letters of its script only; Latin letters and figures come from the telephone's own font.
- What it makes is kept in the repository, and is the same bytes each time for the same font and fontTools.
- A page takes at most 60 kB of them (tests/doors/look/test_fonts.py). None is made for Chinese: it could not be.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

NOTO = Path("/usr/share/fonts/truetype/noto")
MADE = Path(__file__).parent / "static" / "look" / "fonts"
FEATURES = ["ccmp", "locl", "isol", "init", "medi", "fina", "rlig", "calt", "liga", "mark", "mkmk", "kern", "nukt",
            "akhn", "rphf", "blwf", "half", "pstf", "vatu", "abvs", "blws", "psts", "haln", "abvm", "blwm", "dist",
            "cjct", "pref", "abvf", "pres"]  # fmt: skip

# Naskh stands higher and lower than Latin letters do, and Urdu's readers are used to more room still. Letters that join
# are never set apart.
_RULES = (
    ':lang(ar),:lang(ur),:lang(pa){font-family:"Reading",system-ui,-apple-system,"Segoe UI",roboto,sans-serif}',
    ":lang(ar),:lang(ur){letter-spacing:normal}",
    ":is(p,li,dt,dd,td,th,summary,label):lang(ar){line-height:1.7}",
    ":is(p,li,dt,dd,td,th,summary,label):lang(ur){line-height:1.85}",
    ":is(h1,h2,h3):lang(ar),:is(h1,h2,h3):lang(ur){line-height:1.45}",
)


class Font(NamedTuple):
    """One font to be made. `letters` is a CSS unicode-range as well."""

    made: str
    source: str
    letters: str
    weight: int = 400


# Arabic: its letters, marks, punctuation and figures, and those of Urdu (and so of Persian). Gurmukhi: its block, with
# the dandas that it borrows. Both: what joins and parts letters.
ARABIC = (
    "U+060C, U+061B, U+061F, U+0621-063A, U+0640-0652, U+0654, U+0660-066C, U+0670, U+0679, U+067E, U+0686, U+0688, "
    "U+0691, U+0698, U+06A9, U+06AF, U+06BA, U+06BE, U+06C0-06C3, U+06CC, U+06D2-06D4, U+06F0-06F9, U+200C-200F"
)
GURMUKHI = "U+0964-0965, U+0A01-0A76, U+200C-200D, U+25CC"
FONTS = (
    Font("naskh.woff2", "NotoNaskhArabic-Regular.ttf", ARABIC),
    Font("naskh-bold.woff2", "NotoNaskhArabic-Bold.ttf", ARABIC, 700),
    Font("gurmukhi.woff2", "NotoSansGurmukhi-Regular.ttf", GURMUKHI),
    Font("gurmukhi-bold.woff2", "NotoSansGurmukhi-Bold.ttf", GURMUKHI, 700),
)


def make(font: Font, folder: Path) -> Path:
    """One font's subset; FileNotFoundError where fonts-noto-core is not installed."""
    from fontTools import subset  # type: ignore[import-untyped]

    options = subset.Options(
        flavor="woff2", layout_features=FEATURES, hinting=False, desubroutinize=True, notdef_outline=True,
        name_IDs=[0, 1, 2, 5, 13, 14], recalc_timestamp=False,
    )  # fmt: skip
    opened = subset.load_font(str(NOTO / font.source), options)
    chosen = subset.Subsetter(options)
    chosen.populate(unicodes=codes(font.letters))
    chosen.subset(opened)
    folder.mkdir(parents=True, exist_ok=True)
    subset.save_font(opened, str(folder / font.made), options)
    opened.close()
    return folder / font.made


def codes(letters: str) -> list[int]:
    """The letters that a CSS unicode-range names."""
    found: list[int] = []
    for part in letters.split(","):
        first, _, last = part.strip().removeprefix("U+").partition("-")
        found += range(int(first, 16), int(last or first, 16) + 1)
    return found


def sheet() -> str:
    """The style sheet of the fonts: fetched by a browser only where a page has letters in their range."""
    faces = [
        f'@font-face{{font-family:"Reading";src:url("fonts/{font.made}") format("woff2");font-display:swap;'
        f"font-weight:{font.weight};unicode-range:{font.letters.replace(', ', ',')}}}"
        for font in FONTS
    ]
    return "\n".join((*faces, *_RULES)) + "\n"


if __name__ == "__main__":
    import sys

    for each in FONTS:
        made = make(each, MADE)
        sys.stdout.write(f"{made.name}: {made.stat().st_size} bytes\n")
    (MADE.parent / "fonts.css").write_text(sheet(), encoding="utf-8")
