"""Codes that people read aloud and type."""

import pytest
from tests.casefile.writing import new_case

from holdfast.casefile.codes import ALPHABET
from holdfast.casefile.codes import plain
from holdfast.casefile.codes import shown
from holdfast.casefile.reading import case_by_code
from holdfast.casefile.reading import read_case
from holdfast.casefile.refused import NoSuchCase


@pytest.mark.parametrize("typed", ["234c fghj", " 234C-FGHJ ", "234CFGHJ"])
def test_a_code_is_read_however_it_is_typed(typed):
    assert plain(typed) == "234CFGHJ"


@pytest.mark.parametrize("typed", ["", "234CFGH", "234CFGHJJ", "234CFGHO", "234CFGH١", "x" * 5000])
def test_what_cannot_be_a_code_is_none(typed):
    assert plain(typed) == ""


def test_no_sign_is_easily_misread():
    assert not set("01OIL5SB8UAE") - {"5", "8"} & set(ALPHABET)


def test_a_case_is_found_by_its_code(database, small_pack):
    case = new_case()
    assert case_by_code(shown(read_case(case).code).lower()) == case


@pytest.mark.parametrize("typed", ["2222 2222", "", "nonsense"])
def test_a_code_that_nobody_has_finds_nothing(database, small_pack, typed):
    new_case()
    with pytest.raises(NoSuchCase):
        case_by_code(typed)
