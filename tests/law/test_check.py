"""Every fault of a pack is found, named by its id and file; none stops the others from being found."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from holdfast.duties.worked import check_worked
from holdfast.duties.worked import read_worked
from holdfast.law.check import check_pack
from holdfast.law.fault import IDS
from holdfast.law.fault import Fault
from holdfast.law.fault import PackRefused
from holdfast.law.loading import load_pack

PACKS = Path(__file__).parent / "packs"
Change = Callable[[Path], None]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A copy of Testland that a test may spoil."""
    shutil.copytree(PACKS / "testland", tmp_path / "testland")
    return tmp_path / "testland"


def change(file: str, old: str, new: str) -> Change:
    def spoil(place: Path) -> None:
        text = (place / file).read_text()
        assert old in text
        (place / file).write_text(text.replace(old, new))

    return spoil


def write(file: str, text: str) -> Change:
    def spoil(place: Path) -> None:
        (place / file).parent.mkdir(exist_ok=True)
        (place / file).write_text(text)

    return spoil


def found(place: Path, on: date | None = None) -> set[tuple[str, str]]:
    _, faults = check_pack(place, on)
    return {(fault.id, fault.file.split("/")[-1]) for fault in faults}


def test_a_sound_pack_lacks_only_its_emergency_routes(place: Path) -> None:
    assert found(place) == {("law.E061", "emergency.yaml")}


BAIL = "duties/tell-bail.yaml"


@pytest.mark.parametrize(
    ("spoil", "fault", "file"),
    [
        (write(BAIL, "id: [tell-bail"), "law.E001", "tell-bail.yaml"),
        (write(BAIL, "id: a\nid: b\n"), "law.E001", "tell-bail.yaml"),
        (write(BAIL, "a: &x [1]\nb: [*x, *x]\n"), "law.E001", "tell-bail.yaml"),
        (write(BAIL, "id: !!python/object/apply:os.system ['true']\n"), "law.E001", "tell-bail.yaml"),
        (write(BAIL, "id: !secret x\n"), "law.E001", "tell-bail.yaml"),
        (write(BAIL, "a: " + "[" * 100 + "]" * 100), "law.E001", "tell-bail.yaml"),
        (write(BAIL, "x: y\n" * 200_000), "law.E001", "tell-bail.yaml"),
        (write(BAIL, "just words"), "law.E002", "tell-bail.yaml"),
        (change(BAIL, "owed_by:", "owedby:"), "law.E002", "tell-bail.yaml"),
        (change(BAIL, "authority: code", "authority: rumour"), "law.E002", "tell-bail.yaml"),
        (write("duties/deeper/x.yaml", "id: x"), "law.E005", "x.yaml"),
        (write("rules.py", "1"), "law.E005", "rules.py"),
        (change(BAIL, "id: tell-bail", "id: tell-bill"), "law.E006", "tell-bail.yaml"),
        (change(BAIL, "BailGranted", "BailGiven"), "law.E010", "tell-bail.yaml"),
        (change(BAIL, "fields: {what: bail}", "fields: {that: bail}"), "law.E011", "tell-bail.yaml"),
        (change(BAIL, "fields: {what: bail}", "fields: {what: bale}"), "law.E012", "tell-bail.yaml"),
        (change(BAIL, "owed_by: investigator", "owed_by: wizard"), "law.E013", "tell-bail.yaml"),
        (change(BAIL, "survivor.enhanced", "survivor.enchanted"), "law.E014", "tell-bail.yaml"),
        (change(BAIL, "limit: 1 working day", "limit: a working day"), "law.E015", "tell-bail.yaml"),
        (change(BAIL, "limit: 1 working day", "limit: 1 banking day"), "law.E016", "tell-bail.yaml"),
        (change("duties/in-the-north.yaml", "harbour", "harbor"), "law.E017", "in-the-north.yaml"),
        (change(BAIL, 'link: "https://www.example.gov.uk/code", ', ""), "law.E020", "tell-bail.yaml"),
        (change(BAIL, 'last_checked_on: "2026-11-20", ', ""), "law.E020", "tell-bail.yaml"),
        (change(BAIL, "https://www.example.gov.uk", "https://blog.example.com"), "law.E021", "tell-bail.yaml"),
        (change(BAIL, "https://www.example.gov.uk", "http://www.example.gov.uk"), "law.E027", "tell-bail.yaml"),
        (change(BAIL, 'from: "2021-04-01"', "from: not stated"), "law.E022", "tell-bail.yaml"),
        (change(BAIL, 'from: "2021-04-01"', 'from: "1 April 2021"'), "law.E023", "tell-bail.yaml"),
        (change("duties/old-law.2020-01-01.yaml", "2022-12-31", "2024-06-01"), "law.E023", "old-law.2024-01-01.yaml"),
        (change("duties/ask-safe.yaml", "alarm: {within: 2 hours}\n", ""), "law.E030", "ask-safe.yaml"),
        (change("duties/review.yaml", "chase:", "# chase:"), "law.E031", "review.yaml"),
        (change("duties/attend.yaml", "limit_words:", "# limit_words:"), "law.E034", "attend.yaml"),
        (change(BAIL, "until when.", "within 5 days."), "law.E040", "tell-bail.yaml"),
        (change(BAIL, "until when.", "within five days."), "law.E040", "tell-bail.yaml"),
        (change(BAIL, "staff: Tell the survivor about the bail, its conditions and its end date.", "staff: ' '"),
         "law.E041", "tell-bail.yaml"),
        (change(BAIL, "confidence: verified", "confidence: unverified"), "law.W001", "tell-bail.yaml"),
        (change("pack.yaml", "id: testland", "id: elsewhere"), "law.E006", "pack.yaml"),
        (change("calendars.yaml", "working:", "business:"), "law.E016", "calendars.yaml"),
    ],
)  # fmt: skip
def test_a_fault_is_named(place: Path, spoil: Change, fault: str, file: str) -> None:
    spoil(place)
    assert (fault, file) in found(place)


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("You will hear within 24 hours.", "law.E040"),
        ("You will hear {{limit:tell-bale}}.", "law.E042"),
        ("You will hear {{when:tell-bail}}.", "law.E042"),
        ("You will <b>hear</b>.", "law.E043"),
        ("See [this](https://example.com).", "law.E043"),
        ("You will hear {{limit:tell-bail}}.\n\n1. One\n2. Two\n", ""),
    ],
)
def test_a_guide_page_is_held_to_the_pack(place: Path, body: str, fault: str) -> None:
    head = "id: bail\ntitle: What if they are bailed?\nanswer: You will be told.\norder: 1\neasy: You are told.\n"
    front = f"---\n{head}---\n"
    write("guide/bail.md", front + body)(place)
    assert {name for name, file in found(place) if file == "bail.md"} == ({fault} if fault else set())


def test_a_file_that_cannot_be_read_hides_no_other_fault(place: Path) -> None:
    change(BAIL, "owed_by:", "owedby:")(place)
    change("duties/attend.yaml", "limit_words:", "# limit_words:")(place)
    assert {("law.E002", "tell-bail.yaml"), ("law.E034", "attend.yaml")} <= found(place)


def test_a_day_of_checking_that_is_no_day_is_a_fault(place: Path) -> None:
    change(BAIL, "2026-11-20", "2026-11-31")(place)
    assert ("law.E023", "tell-bail.yaml") in found(place)


def test_a_day_of_checking_that_is_to_come_is_a_fault(place: Path) -> None:
    assert ("law.E026", "tell-bail.yaml") not in found(place, date(2026, 11, 19)), "it has begun in the east"
    assert ("law.E026", "tell-bail.yaml") in found(place, date(2026, 11, 18))


def test_a_link_without_https_to_a_host_that_is_listed_is_one_fault(place: Path) -> None:
    change(BAIL, "https://www.example.gov.uk", "http://www.example.gov.uk")(place)
    assert {name for name, file in found(place) if file == "tell-bail.yaml"} == {"law.E027"}


HOLIDAYS = "    holidays: {country: GB, subdivision: ENG}\n"


def test_a_calendar_without_holidays_is_looked_at(place: Path) -> None:
    change("calendars.yaml", HOLIDAYS, "")(place)
    assert ("law.W002", "calendars.yaml") in found(place)
    change("calendars.yaml", '    until: "2028-12-31"\n', '    until: "2028-12-31"\n    remove: ["2026-12-25"]\n')(
        place
    )
    assert ("law.W002", "calendars.yaml") not in found(place)


def the_fault(place: Path, file: str) -> Fault:
    (fault,) = [fault for fault in check_pack(place)[1] if fault.file.endswith(file)]
    return fault


@pytest.mark.parametrize(
    ("old", "new", "listed"),
    [
        ("authority: code", "authority: rumour", "code, local-practice, our-standard, policy, statute."),
        ("stage: suspect", "stage: suspects", "asking, attendance, call, case, contact,"),
        ("confidence: verified", "confidence: sure", "secondary, stale, unverified, verified."),
        ("{kind: SurvivorTold,", "{kind: SurvivorTold, about: all,", "any, started."),
    ],
)
def test_a_value_that_is_not_on_a_list_is_told_with_the_list(place: Path, old: str, new: str, listed: str) -> None:
    change(BAIL, old, new)(place)
    fault = the_fault(place, "tell-bail.yaml")
    assert fault.id == "law.E002"
    assert listed in fault.hint


@pytest.mark.parametrize("text", ["id: [tell-bail", "id: tell-bail\nsays: 2026-02-30\n", "id: a\nid: b\n"])
def test_what_cannot_be_read_is_told_with_its_line_in_whole_sentences(place: Path, text: str) -> None:
    write(BAIL, text)(place)
    fault = the_fault(place, "tell-bail.yaml")
    assert fault.id == "law.E001"
    assert "line " in fault.what
    assert fault.what.endswith(".")


def test_words_of_the_kit_are_a_fault_until_they_are_gone(place: Path) -> None:
    change(BAIL, "until when.", "…")(place)
    fault = the_fault(place, "tell-bail.yaml")
    assert (fault.id, "says" in fault.what) == ("law.E046", True)


ROUTES = """emergency:
  - {id: emergency, name: E, number: "000", short: "Call 000.", says: Call., source: SOURCE}
  - {id: emergency-silent, name: S, short: "Nobody hears you: go to a neighbour.", says: Go., source: SOURCE}
""".replace(
    "SOURCE",
    '{title: x, link: "https://www.example.gov.uk/x", last_checked_on: "2026-11-20", confidence: verified}',
)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("name: S", "name: S", set()),
        ('"Call 000."', '"Call for help."', {"law.E064"}),
        ('number: "000", ', "", {"law.E064"}),
        ("name: S,", 'name: S, number: "000",', {"law.E064"}),
    ],
)
def test_the_lines_on_top_of_every_page_hold_their_number(place: Path, old: str, new: str, fault: set[str]) -> None:
    write("emergency.yaml", ROUTES.replace(old, new))(place)
    assert {name for name, file in found(place) if file == "emergency.yaml"} == fault


def test_faults_come_all_together(place: Path) -> None:
    change(BAIL, "BailGranted", "BailGiven")(place)
    change("duties/attend.yaml", "limit_words:", "# limit_words:")(place)
    assert {("law.E010", "tell-bail.yaml"), ("law.E034", "attend.yaml")} <= found(place)


def test_a_calendar_that_runs_out_soon_is_a_fault(place: Path) -> None:
    assert ("law.E060", "calendars.yaml") not in found(place, date(2028, 6, 1))
    assert ("law.E060", "calendars.yaml") in found(place, date(2028, 12, 1))


def test_a_pack_that_inherits_in_a_circle_is_refused(place: Path) -> None:
    change("pack.yaml", "name: Testland", "name: Testland\ninherits: testland")(place)
    with pytest.raises(PackRefused) as refused:
        load_pack(place)
    assert [fault.id for fault in refused.value.faults] == ["law.E003"]


def child(place: Path, duty: str) -> Path:
    folder = place.parent / "harbourland"
    (folder / "duties").mkdir(parents=True)
    head = "id: harbourland\nname: H\nlanguage: en-GB\ntimezone: Europe/London\nhosts: []\ninherits: testland\n"
    (folder / "pack.yaml").write_text(head)
    (folder / "duties" / duty).write_text((place / "duties" / duty).read_text())
    return folder


def test_a_child_may_replace_policy_and_never_loosen_statute(place: Path) -> None:
    folder = child(place, "review.yaml")
    change("duties/review.yaml", "30 working days", "40 working days")(folder)
    pack = load_pack(folder)
    assert [duty.within[0].limit for duty in pack.duties if duty.id == "review"] == ["40 working days"]
    assert any(duty.id == "tell-bail" for duty in pack.duties)
    shutil.rmtree(folder)
    folder = child(place, "in-the-north.yaml")
    change("duties/in-the-north.yaml", "48 hours on hearing days", "5 days")(folder)
    with pytest.raises(PackRefused) as refused:
        load_pack(folder)
    assert [fault.id for fault in refused.value.faults] == ["law.E024"]


def test_no_fault_is_printed_under_an_id_that_is_not_explained(place: Path) -> None:
    for spoil in (change(BAIL, "BailGranted", "BailGiven"), write("x.txt", "")):
        spoil(place)
    _, faults = check_pack(place)
    assert {fault.id for fault in faults} <= set(IDS)


def test_a_compiled_pack_is_used_only_for_the_files_it_was_made_from(place: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    first = load_pack(place, cache)
    assert load_pack(place, cache).duties == first.duties
    change(BAIL, "until when.", "and for how long.")(place)
    assert any("for how long" in duty.says for duty in load_pack(place, cache).duties)
    (cache / "testland.json").write_bytes(b"half written")
    assert load_pack(place, cache).id == "testland"


WORKED = """
says: A suspect is bailed on a Friday evening; the survivor must be told by the end of Monday.
entries:
  - {kind: BailGranted, at: "2026-03-06 21:00", by: custody_officer, fields: {ends_at: "2026-06-05T22:59:59Z"}}
  - {kind: SurvivorTold, at: "2026-03-09 10:00", by: officer, about: [1], fields: {what: [bail], channel: telephone}}
expect:
  - at: "2026-03-09 09:00"
    owed: [{duty: tell-bail, from: 1, state: open, due: "2026-03-09 23:59:59"}]
  - at: "2026-03-09 11:00"
    owed: [{duty: tell-bail, from: 1, state: kept}]
"""


def worked(place: Path, text: str) -> set[tuple[str, str]]:
    write("worked/bail.yaml", text)(place)
    cases, faults = read_worked(place)
    pack = load_pack(place)
    return {
        (fault.id, fault.what) for fault in [*faults, *check_worked(pack, cases)] if fault.file.endswith("bail.yaml")
    }


def test_a_worked_case_that_comes_out_as_it_says_is_no_fault(place: Path) -> None:
    what = {fault for fault in worked(place, WORKED) if fault[0] in ("law.E050", "law.E051")}
    assert what == set()


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('due: "2026-03-09 23:59:59"', 'due: "2026-03-13 23:59:59"', "law.E051"),
        ("state: kept", "state: overdue", "law.E051"),
        ("duty: tell-bail, from: 1, state: open", "duty: attend, from: 1, state: open", "law.E051"),
        ("kind: BailGranted", "kind: BailGiven", "law.E050"),
        ("about: [1]", "about: [2]", "law.E050"),
        ("by: custody_officer", "by: wizard", "law.E050"),
        ("expect:", "expects:", "law.E050"),
    ],
)
def test_a_worked_case_that_is_wrong_is_a_fault(place: Path, old: str, new: str, fault: str) -> None:
    assert old in WORKED
    assert fault in {name for name, _ in worked(place, WORKED.replace(old, new))}


def test_a_duty_without_a_worked_case_is_a_fault(place: Path) -> None:
    cases, _ = read_worked(place)
    faults = check_worked(load_pack(place), cases)
    assert "law.E052" in {fault.id for fault in faults if fault.file.endswith("attend.yaml")}
    assert "law.E053" in {fault.id for fault in faults if fault.file.endswith("tell-bail.yaml")}
