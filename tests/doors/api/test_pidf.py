"""Locations as other systems send them: good ones are read, bad ones refused, and none is guessed."""

from pathlib import Path

import pytest
from tests.doors.api.handed import CIRCLE
from tests.doors.api.handed import CIVIC

from holdfast.doors.api.pidf import LocationRefused
from holdfast.doors.api.pidf import read_locations

SAMPLES = Path(__file__).parents[2] / "samples" / "pidf-lo"


def sample(name: str) -> str:
    return (SAMPLES / name).read_text(encoding="utf-8")


def test_an_address_is_said_as_people_say_it():
    (found,) = read_locations(CIVIC)
    assert found.civic == "7 Nowhere Lane, Inventon, ZZ1 1ZZ, GB"
    assert found.latitude is None


def test_a_circle_has_a_middle_and_a_radius():
    (found,) = read_locations(CIRCLE)
    assert (found.latitude, found.longitude, found.uncertainty, found.civic) == (51.5, -0.12, 35.0, "")


@pytest.mark.parametrize(
    ("name", "latitude", "uncertainty"),
    [
        ("simple-circle__valid-circle.xml", 48.123, 24.0),
        ("simple-circle-with-altitude__valid-circle.xml", 48.123, 24.0),
        ("wifi-location__location.xml", 48.197457, 270.0),
        ("rfc5491__point-example.xml", -34.407, None),
        ("simple-point__valid-point.xml", 12.345, None),
    ],
)
def test_positions_of_other_systems_are_read(name, latitude, uncertainty):
    (found,) = read_locations(sample(name))
    assert (found.latitude, found.uncertainty) == (latitude, uncertainty)


def test_an_address_of_another_system_is_read():
    (found,) = read_locations(sample("simple-civic__valid-civic-address.xml"))
    assert found.civic == "Hospital, 5, Schärding, Upper Austria, 4780, AT"


def test_every_location_of_a_document_is_given_in_its_order():
    found = read_locations(sample("multiple-locations__valid.xml"))
    assert [(one.latitude, one.uncertainty) for one in found] == [(12.345, None), (48.123, 24.0)]


@pytest.mark.parametrize("name", ["invalid-pidf-lo__invalid-full-1.xml", "invalid-pidf-lo__invalid-part-1.xml"])
def test_half_a_position_is_refused(name):
    with pytest.raises(LocationRefused):
        read_locations(sample(name))


@pytest.mark.parametrize(
    ("xml", "why"),
    [
        ("<presence>", "well-formed"),
        ("", "well-formed"),
        ("<presence xmlns='urn:ietf:params:xml:ns:pidf'/>", "no location"),
        ('<!DOCTYPE a [<!ENTITY b "ccc">]><a>&b;</a>', "entity"),
        ('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "entity"),
        ("<<!--!DOCTYPE a><a/>", "entity"),
        (CIRCLE.replace("4326", "27700"), "WGS 84"),
        (CIRCLE.replace("51.5 -0.12", "91 0"), "earth"),
        (CIRCLE.replace("51.5 -0.12", "nan 0"), "number"),
        (CIRCLE.replace("51.5 -0.12", "51.5"), "latitude and a longitude"),
        (CIRCLE.replace("51.5 -0.12", "٥١ ٠ x"), "number"),
        (CIRCLE.replace("EPSG::9001", "EPSG::9002"), "metres"),
        (CIRCLE.replace(">35<", ">-1<"), "radius"),
        (" " * 100_001, "longer"),
    ],
)
def test_what_is_no_location_is_refused(xml, why):
    with pytest.raises(LocationRefused, match=why):
        read_locations(xml)


def test_a_very_deep_document_does_no_harm():
    with pytest.raises(LocationRefused):
        read_locations("<a>" * 30_000)
    with pytest.raises(LocationRefused, match="no location"):
        read_locations("<a>" * 12_000 + "</a>" * 12_000)
