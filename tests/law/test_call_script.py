"""A pack's call script: its order, what a place says otherwise, and every fault that `check` finds in one."""

import shutil
from pathlib import Path

import pytest
from tests.support.packs import pack_of

from holdfast.law.call_script import script_on
from holdfast.law.check import check_pack

PACKS = Path(__file__).parents[2] / "packs"
SOUND = """
  - id: mine
    order: 500
    at: CallReceived.line
    asks: Which line is it?
    authority: our-standard
    source: {title: Holdfast's own standard, last_checked_on: "2026-11-21", confidence: verified}
    in_force: {from: not stated}
"""


@pytest.fixture(scope="module")
def every_place(tmp_path_factory) -> Path:
    return Path(shutil.copytree(PACKS / "every-place", tmp_path_factory.mktemp("packs") / "every-place"))


@pytest.mark.parametrize("place", ["england-and-wales", "ontario", "us-california", "new-zealand"])
def test_every_place_asks_first_whether_they_are_safe_and_then_where(place):
    asked = script_on(pack_of(place).call, "2026-11-21")
    assert [each.at for each in asked[:2]] == ["CallReceived.safe_now", "LocationFound.place"]
    assert {each.at for each in asked if each.at.startswith("ends.")} == {
        "ends.officer", "ends.appointment", "ends.partner", "ends.telephone",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("place", "said"),
    [("england-and-wales", "55"), ("ontario", "leave the line open"), ("us-massachusetts", "4 for yes")],
)
def test_who_cannot_speak_is_told_what_works_in_that_place(place, said):
    scripts = {each.id: each.script for each in pack_of(place).call}
    assert said in scripts["can-talk"]
    assert place == "england-and-wales" or "55" not in " ".join(scripts.values())


def test_what_is_not_in_force_yet_is_not_said():
    pack = pack_of("ontario")
    later = pack.call[0].in_force.__class__(from_="2027-01-01")
    from msgspec.structs import replace

    assert script_on([replace(pack.call[0], in_force=later)], "2026-11-21") == ()


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("CallReceived.line", "CallReceived.nothing"), "law.E074"),
        (("CallReceived.line", "UnitSent.unit"), "law.E074"),
        (("CallReceived.line", "ends.nobody"), "law.E074"),
        (("asks: Which line is it?", "script: Stay.\n    advice: [run_away]"), "law.E074"),
        (("CallReceived.line", "LocationFound.place"), "law.E075"),
        (("order: 500", "order: 1"), "law.E075"),
        (("asks: Which line is it?", 'asks: ""'), "law.E041"),
        (("asks: Which line is it?", "advice: [first_aid]"), "law.E041"),
        (("authority: our-standard", "authority: policy"), "law.E028"),
        (("order: 500", "order: first"), "law.E002"),
    ],
)
def test_each_fault_of_a_script_is_named(every_place, change, fault):
    file = every_place / "call.yaml"
    before = file.read_text()
    file.write_text(before + SOUND.replace(*change))
    try:
        assert fault in {each.id for each in check_pack(every_place)[1]}
        file.write_text(before + SOUND)
        assert check_pack(every_place)[1] == []
    finally:
        file.write_text(before)
