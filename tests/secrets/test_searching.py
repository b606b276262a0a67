"""A search that finds nothing proves something only when it would have found what was there."""

import pytest
from tests.secrets.searching import canary
from tests.secrets.searching import dressed_for_a_test
from tests.secrets.searching import seen_in
from tests.secrets.searching import seen_under


@pytest.mark.parametrize("way", dressed_for_a_test("x"))
def test_a_word_in_any_dress_is_found(way):
    hidden = dressed_for_a_test(canary(7))[way]
    assert list(seen_in(hidden))


@pytest.mark.parametrize("said", ["07700 900123", "+447700900123", "51.98765432", "-0.98765432"])
def test_a_number_and_a_place_on_the_map_are_found(said):
    assert list(seen_in(b"x" + said.encode() + b"y"))
    assert list(seen_in(b"x" + said.replace(" ", "").encode("utf-16-le") + b"y"))


def test_bytes_of_chance_are_no_find():
    from random import Random

    assert list(seen_in(Random(1).randbytes(3_000_000))) == []


def test_a_file_anywhere_under_a_folder_is_found(tmp_path):
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "c").write_text(f"a {canary(3)} b")
    assert seen_under(tmp_path) == ["a/b/c: word, utf-8"]
