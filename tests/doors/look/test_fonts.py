"""The webfonts: small, only where a script needs one, and holding every letter that the catalogues use of it."""

from pathlib import Path

import polib
import pytest
from fontTools.ttLib import TTFont

from holdfast.doors.look.languages import FOLDER
from holdfast.doors.look.subset_fonts import FONTS
from holdfast.doors.look.subset_fonts import MADE
from holdfast.doors.look.subset_fonts import NOTO
from holdfast.doors.look.subset_fonts import codes
from holdfast.doors.look.subset_fonts import make
from holdfast.doors.look.subset_fonts import sheet
from holdfast.law.languages_known import KNOWN

PACKS = Path(__file__).parents[3] / "packs"
MOST = 60_000
FONT_OF = {"ar": "naskh", "ur": "naskh", "pa": "gurmukhi"}
LATIN = range(0x0250)
COMMON = range(0x2000, 0x2100)  # dashes, quotes: every telephone has them


def spoken(tag):
    """Every letter of a language's catalogues, month names and own name."""
    found = set(KNOWN[tag].name + KNOWN[tag].months + KNOWN[tag].dated)
    for file in (FOLDER / f"{tag}.po", *PACKS.glob(f"*/languages/{tag}.po")):
        for entry in polib.pofile(str(file)) if file.is_file() else ():
            found |= set("".join((entry.msgstr, *entry.msgstr_plural.values())))
    return found


def test_a_page_takes_at_most_sixty_kilobytes_of_them():
    for family in set(FONT_OF.values()):
        files = [file for file in MADE.glob("*.woff2") if file.name.startswith(family)]
        assert len(files) == 2
        assert 0 < sum(file.stat().st_size for file in files) <= MOST


@pytest.mark.parametrize("tag", FONT_OF)
def test_each_letter_of_a_languages_catalogues_is_in_its_font(tag):
    for weight in ("", "-bold"):
        with TTFont(MADE / f"{FONT_OF[tag]}{weight}.woff2") as font:
            held = set(font.getBestCmap())
        missing = {ord(sign) for sign in spoken(tag)} - held
        assert [f"U+{code:04X}" for code in sorted(missing) if code not in LATIN and code not in COMMON] == []


def test_the_sheet_is_the_one_that_the_script_writes_and_names_no_other_site():
    assert (MADE.parent / "fonts.css").read_text(encoding="utf-8") == sheet()
    assert "//" not in sheet()
    assert all((MADE / font.made).is_file() for font in FONTS)


@pytest.mark.skipif(not NOTO.is_dir(), reason="fonts-noto-core is not installed (apt.txt)")
@pytest.mark.parametrize("font", FONTS, ids=lambda font: font.made)
def test_the_fonts_are_those_that_the_script_makes(font, tmp_path):
    with TTFont(make(font, tmp_path)) as made, TTFont(MADE / font.made) as kept:
        assert made.getGlyphOrder() == kept.getGlyphOrder()
        assert made.getBestCmap() == kept.getBestCmap()
        assert set(made.getBestCmap()) <= set(codes(font.letters))
        assert "GSUB" in kept  # without it Arabic letters do not join
