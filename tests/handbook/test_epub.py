"""The e-book passes EPUBCheck, reads in the right direction and is the same file whenever it says the same."""

import zipfile
from io import BytesIO

import msgspec
import pytest
from tests.support.validators import epub_faults

from holdfast.handbook.epub import epub_of


def inside(content, name):
    return zipfile.ZipFile(BytesIO(content)).read(f"book/{name}").decode()


def faults(content, tmp_path):
    path = tmp_path / "a.epub"
    path.write_bytes(content)
    return epub_faults(path)


def test_the_whole_guide_passes_the_checker(england, tmp_path):
    assert faults(epub_of(england), tmp_path) == []


@pytest.mark.parametrize("language", ["ur", "zh-Hans"])
def test_a_small_book_in_another_script_passes_too(book, tmp_path, language):
    assert faults(epub_of(book(language)), tmp_path) == []


def test_the_checker_finds_a_broken_book(book, tmp_path):
    broken = epub_of(book("en-GB")).replace(b"book/page-1.xhtml", b"book/page-9.xhtml")
    assert faults(broken, tmp_path)


def test_it_turns_its_pages_the_way_the_script_runs(book):
    assert 'page-progression-direction="rtl"' in inside(epub_of(book("ar")), "package.opf")
    assert 'page-progression-direction="ltr"' in inside(epub_of(book("pl")), "package.opf")
    page = inside(epub_of(book("ar")), "page-1.xhtml")
    assert 'lang="ar" xml:lang="ar" dir="rtl"' in page
    assert '<p lang="en" dir="ltr">In danger' not in page  # on the first page of the whole, not on each
    assert '<p lang="en" dir="ltr" xml:lang="en">In danger' in inside(epub_of(book("ar")), "start.xhtml")


def test_the_same_words_are_the_same_file(book):
    assert epub_of(book("en-GB")) == epub_of(book("en-GB"))


def test_a_neutral_book_shows_nothing_on_its_first_page(book):
    quiet = epub_of(msgspec.structs.replace(book("en-GB"), neutral=True))
    assert "<dc:title>Information</dc:title>" in inside(quiet, "package.opf")
    start = inside(quiet, "start.xhtml")
    assert "bail" not in start
    assert "Call 999" not in start
    assert "Call 999" in inside(quiet, "page-1.xhtml")
