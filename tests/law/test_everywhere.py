"""A pack for every place is no place: nothing of one may stand in it, nor be inherited from it."""

import shutil
from pathlib import Path

import pytest

from holdfast.law.check import check_pack
from holdfast.law.loading import load_pack

PACKS = Path(__file__).parents[2] / "packs"


@pytest.fixture
def everywhere(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PACKS / "every-place", tmp_path / "every-place"))


def faults(folder: Path) -> list[tuple[str, str]]:
    return [(fault.id, Path(fault.file).name) for fault in check_pack(folder)[1]]


def test_ours_is_sound() -> None:
    assert faults(PACKS / "every-place") == []


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("duties/explain-opening.yaml", "authority: our-standard", "authority: policy"),
        ("pack.yaml", "abstract: true", "abstract: false"),
        ("pack.yaml", "hosts: []", "hosts: [www.gov.uk]"),
        ("pack.yaml", "hosts: []", "hosts: []\nforces: [{id: a, name: A}]"),
    ],
)
def test_what_is_of_one_place_is_a_fault(everywhere: Path, file: str, old: str, new: str) -> None:
    text = (everywhere / file).read_text()
    assert old in text
    (everywhere / file).write_text(text.replace(old, new))
    assert ("law.E028", Path(file).name) in faults(everywhere)


def test_a_service_of_one_place_is_a_fault(everywhere: Path) -> None:
    (everywhere / "services.yaml").write_text(
        "services:\n  - {id: a, name: A, for_whom: all, source: {title: x, confidence: unverified}}\n"
    )
    assert ("law.E028", "services.yaml") in faults(everywhere)


def test_a_promise_without_words_is_still_a_fault(everywhere: Path) -> None:
    file = everywhere / "duties" / "explain-opening.yaml"
    lines = file.read_text().splitlines(keepends=True)
    file.write_text("".join(line for line in lines if not line.startswith("says:")))
    assert ("law.E041", file.name) in faults(everywhere)


def test_its_days_are_not_inherited(everywhere: Path) -> None:
    place = everywhere.parent / "place"
    place.mkdir()
    head = "id: place\nname: Place\nlanguage: en\ntimezone: UTC\nhosts: []\ninherits: every-place\nabstract: true\n"
    (place / "pack.yaml").write_text(head)
    assert ("law.E016", "calendars.yaml") in faults(place)
    pack = load_pack(place)
    assert (pack.calendars, pack.country, pack.everywhere) == ({}, "place", False)
    assert len(pack.duties) == len(list((everywhere / "duties").glob("*.yaml"))) >= 7


def test_a_disk_that_runs_full_keeps_no_half_of_a_compiled_pack(
    everywhere: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, data: bytes) -> int:
        with self.open("wb") as out:
            out.write(data[:10])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        load_pack(everywhere, cache=tmp_path / "kept")
    assert list((tmp_path / "kept").iterdir()) == []
