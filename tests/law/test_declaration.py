"""Declarations: which one is signed on which day, and what `check` finds in them."""

import msgspec
import pytest
from tests.support.packs import pack_of

from holdfast.law.check import check_pack
from holdfast.law.declaration import Declaration
from holdfast.law.declaration import declaration_for

ONE = """\
  - id: {id}
    for: [{sorts}]
    says: {says}
    staff: Read it to them.
    authority: statute
    source: {{title: An Act, link: "https://law.example/a", last_checked_on: "2026-11-21", confidence: {confidence}}}
    in_force: {{from: {first}{until}}}
"""


def written(**more: str) -> str:
    given = {
        "id": "one", "sorts": "witness", "says": "It is true.", "confidence": "verified", "first": '"2020-10-05"',
        "until": "", **more,
    }  # fmt: skip
    return ONE.format(**given)


def one(**more: object) -> Declaration:
    given = {
        "id": "one", "for": ["witness"], "says": "It is true.", "staff": "Read it.", "authority": "statute",
        "source": {"title": "An Act", "confidence": "verified"}, "in_force": {"from": "2020-10-05"}, **more,
    }  # fmt: skip
    return msgspec.convert(given, Declaration)


@pytest.mark.parametrize(
    ("found", "sort", "day", "signed"),
    [
        ([one()], "witness", "2020-10-05", "one"),
        ([one()], "witness", "2020-10-04", None),
        ([one()], "impact", "2026-11-21", None),
        ([one(source={"title": "An Act", "confidence": "unverified"})], "witness", "2026-11-21", None),
        ([one(source={"title": "An Act", "confidence": "stale"})], "witness", "2026-11-21", None),
        ([one(in_force={"from": "2020-10-05", "status": "prospective"})], "witness", "2026-11-21", None),
        ([one(in_force={"from": "2020-10-05", "until": "2025-12-31"}), one(id="two", in_force={"from": "2026-01-01"})],
         "witness", "2026-01-01", "two"),
        ([one(in_force={"from": "2020-10-05", "until": "2025-12-31"}), one(id="two", in_force={"from": "2026-01-01"})],
         "witness", "2025-12-31", "one"),
        ([], "witness", "2026-11-21", None),
    ],
)  # fmt: skip
def test_the_version_of_the_day_is_signed_and_none_that_nobody_checked(found, sort, day, signed):
    chosen = declaration_for(found, sort, day)
    assert (chosen.id if chosen else None) == signed


@pytest.mark.parametrize(
    ("rules", "fault"),
    [
        (written(sorts=""), "law.E072"),
        (written(says='" "'), "law.E041"),
        (written(first="not stated"), "law.E022"),
        (written(sorts="confession"), "law.E002"),
        (written() + written(id="two", first='"2021-01-01"'), "law.E072"),
        (written(confidence="unverified"), "law.W001"),
        (written(says="I declare …"), "law.E046"),
        (written() + "    age_under: 90\n", "law.E072"),
    ],
)
def test_check_finds_a_declaration_that_could_not_be_signed(tmp_path, rules, fault):
    folder = tmp_path / "far"
    folder.mkdir()
    (folder / "pack.yaml").write_text(
        "id: far\nname: Far\nlanguage: en\ntimezone: Europe/London\nhosts: [law.example]\n"
    )
    sound = (
        written()
        + written(id="two", sorts="impact")
        + written(id="before", until=', until: "2020-12-31"')
        .replace("2020-10-05", "2020-01-01")
        .replace("[witness]", "[later]")
    )
    (folder / "declarations.yaml").write_text("declarations:\n" + sound)
    assert fault not in {found.id for found in check_pack(folder)[1]}
    (folder / "declarations.yaml").write_text("declarations:\n" + rules)
    assert fault in {found.id for found in check_pack(folder)[1]}


@pytest.mark.parametrize(
    ("place", "sort", "signed"),
    [
        ("england-and-wales", "witness", "witness-statement"),
        ("england-and-wales", "impact", "impact-statement"),
        ("new-zealand", "witness", "formal-statement"),
        ("new-zealand", "impact", None),
        ("us-new-york", "later", "supporting-deposition"),
        ("us-california", "withdrawal", "under-penalty-of-perjury"),
        ("us-texas", "witness", None),
        ("ontario", "witness", None),
        ("ontario", "impact", None),
    ],
)
def test_each_place_has_what_its_law_was_read_to_say_and_no_more(place, sort, signed):
    chosen = declaration_for(pack_of(place).declarations, sort, "2026-11-21")
    assert (chosen.id if chosen else None) == signed


def test_england_and_wales_asks_for_the_age_and_the_readers_declaration():
    chosen = declaration_for(pack_of("england-and-wales").declarations, "witness", "2026-11-21")
    assert chosen is not None
    assert chosen.age_under == 18
    assert chosen.read_by
    for said in ("true to the best of my knowledge and belief", "offence", "false", "did not believe to be true"):
        assert said in chosen.says
