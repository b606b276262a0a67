"""The kit with which a lawyer adds a place: new files, coverage, and what changes between two days."""

import json
import re
import shutil
from pathlib import Path

import pytest
from tests.site.running import HOUSE
from tests.site.running import holdfast

FAR = ("--name", "Far Land", "--timezone", "Pacific/Auckland", "--language", "en-NZ")


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    (tmp_path / "packs").mkdir()
    return tmp_path / "packs"


def said(*words: str, packs: Path, data: Path, answer: int = 0) -> str:
    done = holdfast(*words, data=data, packs=packs)
    assert done.returncode == answer, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_a_new_place_lacks_what_has_to_be_filled_in_and_a_checked_emergency_number(packs: Path, tmp_path: Path) -> None:
    said("new", "pack", "far-land", *FAR, packs=packs, data=tmp_path)
    faults = json.loads(said("check", "far-land", "--json", packs=packs, data=tmp_path, answer=1))
    assert {fault["id"] for fault in faults["faults"]} == {"law.E061", "law.E046"}
    assert {"law.W002", "law.W003"} <= {warning["id"] for warning in faults["warnings"]}

    # When the number was read on the publisher's page, and the words of the kit were written anew
    for file in (file for file in (packs / "far-land").rglob("*.yaml") if "…" in file.read_text()):
        file.write_text(file.read_text().replace("…", "000"))
    emergency = packs / "far-land" / "emergency.yaml"
    emergency.write_text(emergency.read_text().replace('number: ""', 'number: "000"'))
    checked = (
        'source: {title: The police, link: "https://www.example.org/call", '
        'last_checked_on: "2026-11-21", confidence: verified}'
    )
    emergency.write_text(re.sub(r"source: .*", checked, emergency.read_text()))
    assert "0 faults" in said("check", "far-land", packs=packs, data=tmp_path)


def test_worked_cases_are_said_not_to_have_run_only_where_they_did_not(packs: Path, tmp_path: Path) -> None:
    said("new", "pack", "far-land", *FAR, packs=packs, data=tmp_path)
    whole = said("check", "far-land", packs=packs, data=tmp_path, answer=1)
    assert "The worked cases of far-land were not run" in whole
    shutil.copytree(HOUSE / "packs" / "every-place", packs / "every-place")
    case = packs / "every-place" / "worked" / "second-words-at-night.yaml"
    case.write_text(case.read_text().replace("2026-03-10 14:15", "2026-03-10 14:16"))
    wrong = said("check", "every-place", packs=packs, data=tmp_path, answer=1)
    assert "law.E051" in wrong
    assert "not run" not in wrong


def test_a_place_that_inherits_begins_with_its_head_alone(packs: Path, tmp_path: Path) -> None:
    said("new", "pack", "far-land", *FAR, packs=packs, data=tmp_path)
    said("new", "pack", "farther", "--inherits", "far-land", *FAR, packs=packs, data=tmp_path)
    assert sorted(file.name for file in (packs / "farther").iterdir()) == ["pack.yaml", "terms.yaml"]
    counts = json.loads(said("coverage", "farther", "--json", packs=packs, data=tmp_path))["farther"]["counts"]
    assert counts["duties"] == {"own": 0, "inherited": 2}


def test_a_new_place_owes_what_every_place_owes(packs: Path, tmp_path: Path) -> None:
    shutil.copytree(HOUSE / "packs" / "every-place", packs / "every-place")
    said("new", "pack", "far-land", *FAR, packs=packs, data=tmp_path)
    assert (packs / "far-land" / "emergency.yaml").is_file()
    counts = json.loads(said("coverage", "far-land", "--json", packs=packs, data=tmp_path))["far-land"]["counts"]
    every_place = len(list((HOUSE / "packs" / "every-place" / "duties").glob("*.yaml")))
    assert counts["duties"] == {"own": 2, "inherited": every_place}
    assert every_place >= 7
    # its days are its own: a place that loses its calendar never counts by one that knows no holidays
    (packs / "far-land" / "calendars.yaml").unlink()
    faults = json.loads(said("check", "far-land", "--json", packs=packs, data=tmp_path, answer=1))["faults"]
    assert "law.E016" in {fault["id"] for fault in faults}


def test_a_new_duty_is_read_and_is_for_staff_alone_until_its_source_was_read(packs: Path, tmp_path: Path) -> None:
    said("new", "pack", "far-land", *FAR, packs=packs, data=tmp_path)
    duty = ("--stage", "prosecution", "--owed-by", "investigator", "--starts", "SuspectCharged", "--ends",
            "SurvivorTold", "--within")  # fmt: skip
    said("new", "duty", "far-land", "tell-charge", *duty, "promptly", packs=packs, data=tmp_path)
    told = json.loads(said("check", "far-land", "--json", packs=packs, data=tmp_path, answer=1))
    about = [fault for fault in told["faults"] if "tell-charge" in fault["file"]]
    assert {fault["id"] for fault in about} == {"law.E046"}, "worked cases are asked for later"
    assert any("tell-charge" in fault["what"] for fault in told["warnings"])


@pytest.mark.parametrize(
    "words",
    [
        ("new", "pack", "Far Land", *FAR),
        ("new", "pack", "../far", *FAR),
        ("new", "pack", "far", "--name", "Far: 'x'", "--timezone", "Pacific/Auckland"),
        ("new", "pack", "far", "--name", "Far", "--timezone", "Nowhere/Land"),
        ("new", "pack", "far", "--name", "Far", "--timezone", "../etc/passwd"),
        ("new", "pack", "far", "--inherits", "nowhere", *FAR),
        ("new", "duty", "nowhere", "x", "--stage", "call", "--owed-by", "officer", "--starts", "UnitArrived",
         "--ends", "OfficersLeft", "--within", "1 hour"),
        ("coverage", "nowhere"),
        ("diff", "nowhere", "--from", "2026-01-01", "--to", "2026-02-01"),
    ],
)  # fmt: skip
def test_what_cannot_be_made_or_read_is_refused_and_nothing_is_written(
    words: tuple[str, ...], packs: Path, tmp_path: Path
) -> None:
    said(*words, packs=packs, data=tmp_path, answer=2)
    assert list(packs.iterdir()) == []


def test_a_pack_that_is_not_there_is_answered_with_those_that_are(packs: Path, tmp_path: Path) -> None:
    said("new", "pack", "far-land", *FAR, packs=packs, data=tmp_path)
    for words in (("coverage", "farland"), ("check", "farland"),
                  ("directory", "import", __file__, "--place", "farland", "--source", "S")):  # fmt: skip
        answer = said(*words, packs=packs, data=tmp_path, answer=2)
        assert "Perhaps far-land is meant. There are: far-land." in answer


def test_the_kinds_are_listed_with_a_legend_and_their_parts(packs: Path, tmp_path: Path) -> None:
    told = said("kinds", "--kind", "BailGranted", packs=packs, data=tmp_path)
    legend, _, kind = told.partition("BailGranted")
    assert all(word in legend for word in ("*", "choice", "parts"))
    assert "\n          type *: choice" in kind


@pytest.mark.parametrize(
    "name", ["- x", "null", "7", "&x *y", "| x", "tab\tx", "!x", "2026-01-01", "no-break\u2028", ""]
)
def test_a_name_that_yaml_would_read_as_something_else_is_refused(name: str, packs: Path, tmp_path: Path) -> None:
    asked = ("new", "pack", "far-land", "--name", name, *FAR[2:])
    assert "plain words" in said(*asked, packs=packs, data=tmp_path, answer=2)
    assert not list(packs.iterdir())


def test_a_duty_goes_into_a_pack_among_the_packs_only(packs: Path, tmp_path: Path) -> None:
    said("new", "pack", "far-land", *FAR, packs=packs, data=tmp_path)
    asked = ("new", "duty", f"../{packs.name}/far-land", "d", "--stage", "call", "--owed-by", "call_taker", "--starts",
             "CallReceived", "--ends", "CallReceived", "--within", "1 hour")  # fmt: skip
    assert "no such pack" in said(*asked, packs=packs, data=tmp_path, answer=2)


def test_nothing_that_is_there_is_written_over(packs: Path, tmp_path: Path) -> None:
    said("new", "pack", "far-land", *FAR, packs=packs, data=tmp_path)
    (packs / "far-land" / "terms.yaml").write_text("terms: {}\n")
    said("new", "pack", "far-land", *FAR, packs=packs, data=tmp_path, answer=2)
    assert (packs / "far-land" / "terms.yaml").read_text() == "terms: {}\n"


def test_a_duty_with_several_mistakes_hears_of_all(packs: Path, tmp_path: Path) -> None:
    said("new", "pack", "far-land", *FAR, packs=packs, data=tmp_path)
    told = said("new", "duty", "far-land", "x", "--stage", "call", "--owed-by", "wizard", "--starts", "Nothing",
                "--ends", "OfficersLeft", "--within", "1 hour", packs=packs, data=tmp_path, answer=2)  # fmt: skip
    assert "Nothing" in told
    assert "wizard" in told
    assert not (packs / "far-land" / "duties" / "x.yaml").exists()


def test_diff_says_what_changed_and_what_is_no_longer_known(tmp_path: Path) -> None:
    day = ("--from", "2026-03-31", "--to", "2026-04-01")
    told = json.loads(said("diff", "england-and-wales", *day, "--json", packs=HOUSE / "packs", data=tmp_path))
    assert {change["how"] for change in told["changes"]} == {"not known after"}
    assert {"dapn", "dapo"} <= {change["id"] for change in told["changes"]}
    assert said("diff", "england-and-wales", "--from", "2026-04-01", "--to", "2026-04-01", packs=HOUSE / "packs",
                data=tmp_path).count("not known after") == 0  # fmt: skip


@pytest.mark.parametrize("days", [("2026-02-30", "2026-03-01"), ("2026-03-01", "2026-02-01"), ("soon", "later")])
def test_days_that_cannot_be_compared_are_refused(days: tuple[str, str], tmp_path: Path) -> None:
    said("diff", "england-and-wales", "--from", days[0], "--to", days[1], packs=HOUSE / "packs", data=tmp_path,
         answer=2)  # fmt: skip
