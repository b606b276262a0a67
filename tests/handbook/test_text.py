"""Plain text is lines that any device shows, with all that the page says and nothing that only a web page can do."""

from holdfast.handbook.text import columns
from holdfast.handbook.text import text_of
from holdfast.handbook.text import wrapped


def test_no_line_is_wider_than_72_columns_and_nothing_of_the_markup_is_left(england):
    lines = text_of(england).decode().splitlines()
    assert max(columns(line) for line in lines) <= 72
    assert not any("<" in line or "tel:" in line or "Show all" in line for line in lines)


def test_every_page_is_there_with_its_title_and_answer(england):
    text = " ".join(text_of(england).decode().split())
    assert [chapter.id for chapter in england.chapters if chapter.title not in text or chapter.answer not in text] == []


def test_it_says_first_who_to_call_and_that_a_saved_file_can_be_found(england):
    front = " ".join(text_of(england).decode().split("Contents")[0].split())
    assert england.emergency[0].text in front
    assert england.words.found_here in front


def test_one_page_alone_has_its_own_title_and_the_first_lines_only(england):
    text = text_of(england.alone(england.chapters[1])).decode()
    assert text.startswith(england.chapters[1].title)
    assert england.emergency[1].text in " ".join(text.split())
    assert england.emergency[2].text not in " ".join(text.split())


def test_a_script_without_spaces_is_cut_where_the_line_is_full():
    lines = wrapped("有" * 100)
    assert [columns(line) for line in lines] == [72, 72, 56]


def test_an_item_hangs(book):
    text = text_of(book("en-GB")).decode()
    assert "\n- They are let go, with conditions.\n" in text
    assert "\n1. They are let go, with conditions.\n2. They" in text
