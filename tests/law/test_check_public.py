"""Every fault in what a pack tells the public beside its pages, and in what a pack takes out of its parent."""

import shutil
from pathlib import Path

import pytest

from holdfast.law.check import check_pack
from holdfast.law.fault import PackRefused
from holdfast.law.loading import load_pack

TESTLAND = Path(__file__).parent / "packs" / "testland"
SOURCE = "{title: x, confidence: unverified}"
FRONT = "---\nid: bail\ntitle: What if they are bailed?\nanswer: You will be told.\norder: 1\n"
WAY = "id: now\ntitle: What now?\norder: 1\nsteps:\n"
END = "  - {number: 2, says: Read this., pages: [bail]}\n"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    shutil.copytree(TESTLAND, tmp_path / "testland")
    return tmp_path / "testland"


def write(place: Path, file: str, text: str) -> None:
    (place / file).parent.mkdir(exist_ok=True)
    (place / file).write_text(text)


def found(place: Path, file: str) -> set[str]:
    return {fault.id for fault in check_pack(place)[1] if fault.file.endswith(file)}


@pytest.mark.parametrize(
    ("easy", "fault"),
    [
        ("", {"law.E045"}),
        ("easy: |\n  You are told.\n  Ask if you are not.\n", set()),
        ("easy: You are told of the bail and of its end and of its rules and of whom to ask.\n", {"law.E045"}),
        ("easy: You are told in 24 hours.\n", {"law.E040"}),
        ('easy: "You are told {{limit:nothing}}."\n', {"law.E042"}),
    ],
)
def test_the_easy_read_edition_is_there_and_short(place: Path, easy: str, fault: set[str]) -> None:
    write(place, "guide/bail.md", f"{FRONT}{easy}---\nYou will be told.\n")
    assert found(place, "bail.md") == fault


@pytest.mark.parametrize(
    ("steps", "fault"),
    [
        ('  - {number: 1, asks: "Now?", answers: [{says: "Yes", to: 2}]}\n' + END, set()),
        ('  - {number: 1, asks: "Now?", answers: [{says: "Yes", to: 3}]}\n' + END, {"law.E044"}),
        ('  - {number: 1, asks: "Now?"}\n', {"law.E044"}),
        ("  - {number: 1}\n", {"law.E044"}),
        ("  - {number: 1, says: Read this., pages: [nothing]}\n", {"law.E044"}),
        ("  - {number: 1, says: Read this., services: [nobody]}\n", {"law.E044"}),
        ("  - {number: 1, says: Read this.}\n" + END, {"law.E044"}),
        ("  - {number: 2, says: Read this.}\n" + END, {"law.E044"}),
        ("  - {number: 1, says: Wait 24 hours.}\n", {"law.E040"}),
        ('  - {number: 1, asks: "Now?", answers: [{says: "Yes", to: 1}]}\n', set()),
    ],
)
def test_a_guided_way_leads_somewhere_from_each_step(place: Path, steps: str, fault: set[str]) -> None:
    write(place, "guide/bail.md", FRONT + "easy: You are told.\n---\nYou will be told.\n")
    write(place, "ways/now.yaml", WAY + steps)
    assert found(place, "now.yaml") == fault


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ("needs: [advice], always: true, speaks: [en, fr-CA]", set()),
        ("needs: [gold]", {"law.E063"}),
        ("speaks: [French]", {"law.E063"}),
        ('open: [{days: [mon], from: "09:00", until: "24:00"}]', set()),
        ('open: [{days: [mon], from: "25:00", until: "26:00"}]', {"law.E063"}),
        ('open: [{days: [], from: "09:00", until: "17:00"}]', {"law.E063"}),
        ('always: true, open: [{days: [mon], from: "09:00", until: "17:00"}]', {"law.E063"}),
    ],
)
def test_what_a_service_says_as_data_can_be_read(place: Path, data: str, fault: set[str]) -> None:
    write(
        place, "services.yaml", f"services:\n  - {{id: line, name: A line, for_whom: All, {data}, source: {SOURCE}}}\n"
    )
    assert found(place, "services.yaml") - {"law.W001"} == fault


@pytest.mark.parametrize(
    ("confidence", "more", "faults"),
    [("unverified", "", {"law.W003"}), ("secondary", ", other", set()), ("unverified", ", other", {"law.W003"})],
)
def test_a_page_and_an_end_that_show_none_of_their_services_are_looked_at(
    place: Path, confidence: str, more: str, faults: set[str]
) -> None:
    line = "  - {{id: {0}, name: A line, for_whom: All, source: {{title: x, confidence: {1}}}}}\n"
    write(place, "services.yaml", "services:\n" + line.format("line", confidence) + line.format("other", "unverified"))
    write(place, "guide/bail.md", FRONT + "easy: You are told.\n---\nYou will be told.\n\n{{service:line}}\n")
    write(place, "ways/now.yaml", f"{WAY}  - {{number: 1, says: Call., services: [line{more}]}}\n")
    assert found(place, "bail.md") == faults
    assert found(place, "now.yaml") == faults


@pytest.mark.parametrize("days", ['from: "2026-03-02", until: "2026-03-01"', 'from: soon, until: "2026-03-01"'])
def test_a_notice_begins_and_then_ends(place: Path, days: str) -> None:
    notices = f"notices:\n  - {{id: closed, says: The court is closed., {days}, source: {SOURCE}}}\n"
    write(place, "notices.yaml", notices)
    assert found(place, "notices.yaml") == {"law.E023"}


def child(place: Path, head: str) -> Path:
    folder = place.parent / "child"
    folder.mkdir()
    (folder / "pack.yaml").write_text(
        f"id: child\nname: Child\ninherits: testland\nlanguage: en\ntimezone: Europe/London\nhosts: []\n{head}"
    )
    return folder


def test_a_child_takes_out_practice_of_its_parent(place: Path) -> None:
    practice = next(duty.id for duty in load_pack(place).duties if duty.authority == "our-standard" and not duty.chases)
    pack = load_pack(child(place, f"removes: [{practice}]\n"))
    assert practice not in {duty.id for duty in pack.duties}
    assert {duty.id for duty in load_pack(place).duties} - {duty.id for duty in pack.duties} == {practice}


def test_a_child_takes_out_no_law(place: Path) -> None:
    law = next(duty.id for duty in load_pack(place).duties if duty.authority in ("statute", "code") and not duty.chases)
    with pytest.raises(PackRefused, match=r"law\.E024"):
        load_pack(child(place, f"removes: [{law}]\n"))


def test_what_is_not_inherited_cannot_be_taken_out(place: Path) -> None:
    with pytest.raises(PackRefused, match=r"law\.E025"):
        load_pack(child(place, "removes: [nothing]\n"))


def test_a_pack_that_is_only_inherited_from_needs_no_emergency_number(place: Path) -> None:
    faults = {fault.id for fault in check_pack(child(place, "abstract: true\n"))[1]}
    assert "law.E061" not in faults
    assert "law.E061" in {fault.id for fault in check_pack(place)[1]}


def test_what_takes_its_parents_place_stands_where_that_stood(place: Path) -> None:
    """The first two routes stand at the top of every page: a state's own silent route has to stay the second."""
    route = "  - {{id: {0}, name: {1}, says: Call., short: Call., source: {{title: x, confidence: unverified}}}}\n"
    write(
        place, "emergency.yaml", "emergency:\n" + "".join(route.format(name, name) for name in ("one", "two", "three"))
    )
    folder = child(place, "removes: [three]\n")
    (folder / "emergency.yaml").write_text("emergency:\n" + route.format("new", "new") + route.format("two", "ours"))
    assert [(each.id, each.name) for each in load_pack(folder).emergency] == [
        ("one", "one"),
        ("two", "ours"),
        ("new", "new"),
    ]


def test_pages_keep_to_their_own_order_whoever_says_them(place: Path) -> None:
    page = "---\nid: {0}\ntitle: What?\nanswer: So.\norder: {1}\neasy: So.\n---\nSo.\n"
    for name, order in (("first", 1), ("third", 3)):
        write(place, f"guide/{name}.md", page.format(name, order))
    folder = child(place, "")
    write(folder, "guide/second.md", page.format("second", 2))
    assert [each.id for each in load_pack(folder).guide] == ["first", "second", "third"]
