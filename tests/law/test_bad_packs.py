"""A pack that is no pack is told as faults, file by file, and never as a crash: whoever edits one sees what to mend."""

from collections.abc import Callable
from pathlib import Path

import pytest

from holdfast.law.check import check_pack
from holdfast.law.fault import PackRefused
from holdfast.law.loading import load_pack

HEAD = "id: far\nname: Far\nlanguage: en\ntimezone: Europe/London\nhosts: []\n"
FRONT = "---\nid: a\ntitle: t\nanswer: a\norder: 1\n---\n"


@pytest.fixture
def far(tmp_path: Path) -> Callable[..., Path]:
    def make(head: str | bytes = HEAD, **files: str | bytes) -> Path:
        folder = tmp_path / "far"
        for name, given in {"pack.yaml": head, **files}.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(given if isinstance(given, bytes) else given.encode())
        return folder

    return make


@pytest.mark.parametrize(
    "head",
    ["- a\n- b\n", "hello\n", "", b"\xff\xfe\x00", "a: " + "[" * 900 + "]" * 900, "a: " + "{b: " * 3000 + "}" * 3000,
     "a: !!python/object/apply:os.system ['id']\n", "a: &a [1]\nb: [*a, *a]\n", HEAD + "id: far\n",
     HEAD + "---\nid: b\n"],
)  # fmt: skip
def test_a_head_that_is_no_head_is_a_fault(far: Callable[..., Path], head: str | bytes) -> None:
    _, faults = check_pack(far(head))
    assert {fault.id for fault in faults if fault.file.endswith("pack.yaml")} & {"law.E001", "law.E002"}


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("emergency.yaml", "- a\n"),
        ("emergency.yaml", "emergency: hello\n"),
        ("emergency.yaml", "emergency: 5\n"),
        ("terms.yaml", "terms: [a]\n"),
        ("terms.yaml", "x\n"),
        ("duties/a.yaml", "- x\n"),
        ("duties/a.yaml", "id: a\nstarts: 5\nwithin: 3\n"),
        ("guide/a.md", b"\xff\xfe"),
        ("guide/a.md", FRONT + "x" * 600_000),
        ("guide/a.md", "---\n- a\n---\nx"),
        ("guide/a.md", "---\nab\n---\nx"),
        ("guide/a.md", "---\na: " + "[" * 900 + "\n---\nx"),
    ],
)
def test_a_file_of_the_wrong_shape_is_a_fault_and_hides_no_other(
    far: Callable[..., Path], name: str, given: str | bytes
) -> None:
    folder = far(**{name: given, "limits/b.yaml": "id: b\n"})
    _, faults = check_pack(folder)
    told = {fault.file.split("/")[-1]: fault.id for fault in faults if fault.id in ("law.E001", "law.E002")}
    assert {name.rsplit("/", maxsplit=1)[-1], "b.yaml"} <= told.keys()
    with pytest.raises(PackRefused):
        load_pack(folder)


def test_a_folder_or_a_dangling_link_in_a_files_place_is_a_fault(far: Callable[..., Path]) -> None:
    folder = far()
    (folder / "duties" / "a.yaml").mkdir(parents=True)
    (folder / "duties" / "b.yaml").symlink_to(folder / "nowhere")
    told = {fault.file.split("/")[-1] for fault in check_pack(folder)[1] if fault.id == "law.E001"}
    assert {"a.yaml", "b.yaml"} <= told


@pytest.mark.parametrize("parent", ["far", ".", "../far", "../../etc", "nowhere"])
def test_a_pack_that_inherits_from_itself_or_from_elsewhere_is_refused(far: Callable[..., Path], parent: str) -> None:
    with pytest.raises(PackRefused):
        load_pack(far(HEAD + f"inherits: {parent}\n"))


CALENDAR = "calendars:\n  working: {{weekdays: [{0}], {1} from: '2020-01-01', until: '2030-12-31'}}\n"


@pytest.mark.parametrize(
    ("head", "calendar"),
    [
        (HEAD.replace("Europe/London", "Nowhere/Land"), CALENDAR.format("mon", "")),
        (HEAD.replace("Europe/London", "../../etc/passwd"), CALENDAR.format("mon", "")),
        (HEAD, CALENDAR.format("moonday", "")),
        (HEAD, CALENDAR.format("mon", "holidays: {country: ZZ},")),
        (HEAD, CALENDAR.format("mon", "holidays: {country: GB, subdivision: NOWHERE},")),
    ],
)
def test_a_zone_a_weekday_or_a_country_that_is_not_there_is_a_fault(
    far: Callable[..., Path], head: str, calendar: str
) -> None:
    _, faults = check_pack(far(head, **{"calendars.yaml": calendar}))
    assert any(fault.file.endswith(("calendars.yaml", "pack.yaml")) and "law.E06" not in fault.id for fault in faults)
