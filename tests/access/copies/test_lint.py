"""The address lint: whatever the writing, what is known is found; what only looks like it is found too."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.access.copies.lint import Known
from holdfast.access.copies.lint import find

HOME = Known(
    places=("Flat 2, 14 Mill Road, Leeds, LS6 2AB", "St Anne's Primary School", "Rosewood House"),
    numbers=("+44 7700 900118", "ada.lovelace@example.org"),
    plates=("AB12 CDE",),
    points=((53.8197, -1.5677),),
)


def known(text: str, of: Known = HOME) -> set[str]:
    return {hit.what for hit in find(text, of) if hit.known}


@pytest.mark.parametrize(
    "text",
    [
        "She went back to 14 Mill Road.", "14, mill rd", "Fourteen? No: 14 MILL ROAD", "the house in Mill Road",
        "14 Mìll  Rōad", "flat 2 at the top", "meet at St. Anne’s primary school",
        "at St Annes Primary", "ST ANNE`S PRIMARY", "ROSEWOOD-HOUSE, second floor",
        "١٤ Mill Road", "14\nMill\nRoad",
    ],
)  # fmt: skip
def test_an_address_a_school_or_a_refuge_is_found_in_any_writing(text):
    assert "address" in known(text)


@pytest.mark.parametrize("text", ["LS6 2AB", "ls62ab", "L S 6 2 A B", "LS6-2AB.", "postcode: Ls6  2aB", "LS6/2AB"])
def test_a_postcode_is_found_however_it_is_spaced(text):
    assert "postcode" in known(text)


@pytest.mark.parametrize(
    "text",
    [
        "07700 900118", "+447700900118", "0044 7700 900 118", "0 7 7 0 0 9 0 0 1 1 8", "(07700) 900-118",
        "oh seven seven zero zero nine zero zero one one eight", "07700 nine double-oh double one 8", "٠٧٧٠٠ ٩٠٠١١٨",
        "07700/900.118",
    ],
)  # fmt: skip
def test_a_number_is_found_in_any_writing(text):
    assert "number" in known(text)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Ada.Lovelace@EXAMPLE.org", "mail"), ("ab12cde", "plate"), ("AB 12 C D E", "plate"),
        ("at 53.8199, -1.5680", "point"), ("53,8199; -1,5680", "point"),
    ],
)  # fmt: skip
def test_mail_plates_and_points_are_found(text, what):
    assert what in known(text)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("his mother at M1 4WX", "postcode"), ("K1A 0B1", "postcode"), ("90210-1234", "postcode"),
        ("ring 020 7946 0018", "number"), ("XY34 ZAB was outside", "plate"), ("51.5010, -0.1416", "point"),
        ("///filled.count.soap", "point"), ("neighbour@example.net", "mail"),
    ],
)  # fmt: skip
def test_what_looks_like_one_is_found_though_nobody_knew_it(text, what):
    assert (what, False) in {(hit.what, hit.known) for hit in find(text, HOME)}


@pytest.mark.parametrize(
    "text", ["", "He was arrested and charged.", "You will be told by Tuesday at 14:30.", "Charged with 2 offences."]
)
def test_plain_words_are_left_alone(text):
    assert find(text, HOME) == ()


@given(st.text(max_size=60), st.text(max_size=60))
def test_nothing_around_it_hides_it_and_what_is_found_lies_where_it_is_said_to(before, after):
    text = f"{before} 14 Mill Road {after}"
    hits = [hit for hit in find(text, HOME) if hit.what == "address"]
    assert any("ill" in text[hit.start : hit.end] for hit in hits)
    assert all(0 <= hit.start < hit.end <= len(text) for hit in find(text, HOME))


@pytest.mark.parametrize(
    "text",
    [
        "+53.8199-001.5680/", "53°49'10.9\"N 1°34'03.7\"W", "53° 49.19' N, 1° 34.06' W", "maps?q=53.8199%2C-1.5680",
        '{"latitude": 53.8199, "longitude": -1.5680}', "lat=53.8199&lon=-1.5680", "geo:53.8199,-1.5680",
    ],
)  # fmt: skip
def test_a_point_near_home_is_found_in_any_writing(text):
    assert "point" in known(text)


@pytest.mark.parametrize("text", ["somewhere in LS6", "the end was 2AB", "ls6, I think"])
def test_a_part_of_a_known_postcode_is_found(text):
    assert "postcode" in known(text)


def test_a_school_is_found_without_its_last_word():
    assert "address" in known("she goes to St Anne's Primary")


def test_what_only_looks_like_one_can_be_left_out():
    text = "M1 4WX, 020 7946 0018, neighbour@example.net, 51.5010, -0.1416, 07700 900118, LS6 2AB"
    found = find(text, HOME, only_known=True)
    assert {(hit.what, hit.known) for hit in found} == {("number", True), ("postcode", True), ("address", True)}


@pytest.mark.parametrize("text", ["Exhibit EX/4471/1 is a knife.", "ex/4471/1", "see EX/4471/1, EX/4471/1"])
def test_an_exhibit_number_of_the_case_is_no_telephone_number(text):
    assert {hit.what for hit in find(text, Known())} == {"number"}
    assert find(text, Known(references=("EX/4471/1",))) == ()


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("ring 07700 900118", "07700 900118"),  # somebody typed a number where an exhibit's is asked for
        ("ring K 07700 900118", "K 07700 900118"),
        ("EX/4471/1234567", "EX/4471/1"),  # another one, of which it is the beginning
        ("he is at 4471/1", "EX/4471/1"),
    ],
)
def test_what_is_asked_for_as_a_reference_hides_no_number(text, reference):
    assert "number" in {hit.what for hit in find(text, Known(references=(reference,)))}


def test_a_reference_that_looks_like_a_plate_is_told():
    assert {hit.what for hit in find("AB12 CDE", Known(references=("AB12 CDE",)))} == {"plate"}


@pytest.mark.parametrize("name", ["IMG_0001.JPG", "DSC_0412.jpg", "VID_0003.mp4", "the picture img_0001.heic there"])
def test_the_name_that_a_camera_gives_is_neither_a_plate_nor_a_number(name):
    assert find(name, Known()) == ()


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("ABC_1234.jpg", "plate"),  # somebody named it so
        ("IMG 0001", "plate"),
        ("07700900118.jpg", "number"),
        ("IMG_07700900118.jpg", "number"),
    ],
)
def test_a_file_that_somebody_named_is_looked_through(text, what):
    assert what in {hit.what for hit in find(text, Known())}


def test_a_plate_that_is_known_is_found_in_a_name_of_a_camera_too():
    assert {hit.what for hit in find("IMG_0001.jpg", Known(plates=("IMG 0001",)))} == {"plate"}
