"""Every bag of the public suite behaves as its own folder says, or stands in the list of differences with its reason.

The suite says whether a bag is valid; whether Holdfast relies on it is a second, stricter question. The differences
are those of docs/formats/evidence-bundle.md, and each closes something: none lets a bag in that the suite refuses.
"""

import re
import shutil
from pathlib import Path

import pytest

from holdfast.vault.bag.reading import Read
from holdfast.vault.bag.reading import read_bag
from holdfast.vault.bag.trees import open_tree

SUITE = Path(__file__).parents[3] / "shared" / "samples" / "bagit-conformance"
PAGE = Path(__file__).parents[2] / "docs" / "formats" / "evidence-bundle.md"
BAGS = sorted(str(bag.relative_to(SUITE)) for bag in SUITE.glob("v*/*/*") if bag.is_dir())
# Called valid by the suite, and not by us: the bag, and what is found that makes it so.
DIFFERS = {
    "v0.97/warning/duplicate-file-with-different-case": {"payload-missing", "collides"},
    "v0.97/warning/same-filename-listed-twice-with-different-normalization": {"payload-missing", "collides"},
}
# The sample as it came to us lacks a file that begins with a dot; with it, it is as the suite says.
LACKS = {"v0.97/warning/special-system-files": ("data/.DS_Store", b"")}
# Valid, and all the same not relied on.
FETCHES = {"v0.96/valid/holey-bag", "v0.97/valid/holey-bag"}
STRONG = {
    "v0.97/valid/uncommon-metadata-separators", "v0.97/warning/relative-path",
    "v0.97/warning/same-filename-listed-twice-with-the-same-hash", "v0.97/warning/special-system-files",
    "v1.0/valid/basicBag",
}  # fmt: skip

pytestmark = pytest.mark.skipif(not BAGS, reason="the samples are not here (../shared/samples/bagit-conformance)")


def read(name: str, folder: Path) -> Read:
    """The bag, with what the sample lacks put back in a copy."""
    at = SUITE / name
    if name in LACKS:
        path, content = LACKS[name]
        at = Path(shutil.copytree(at, folder / "bag"))
        (at / path).write_bytes(content)
    with open_tree(at) as tree:
        return read_bag(tree)


@pytest.mark.parametrize("name", BAGS)
def test_each_bag_is_as_its_folder_says_or_a_named_difference(name, tmp_path):
    found = read(name, tmp_path)
    expected = name.split("/")[1] in ("valid", "warning")
    if name in DIFFERS:
        assert expected
        assert not found.valid
        assert {one.what for one in found.found} >= DIFFERS[name]
    else:
        assert found.valid is expected, [one for one in found.found if one.grade == "invalid"]
    if name.split("/")[1] == "warning":
        assert found.found, "a warning is told"


@pytest.mark.parametrize("name", BAGS)
def test_what_is_relied_on_is_the_same_and_less(name, tmp_path):
    found = read(name, tmp_path)
    assert found.accepted is (name in STRONG)
    refused = {one.what for one in found.found if one.grade == "refused"}
    if found.valid and not found.accepted:
        assert refused == ({"fetch", "weak-algorithm"} if name in FETCHES else {"weak-algorithm"})


def test_every_difference_is_a_bag_of_the_suite_and_stands_in_the_document():
    told = PAGE.read_text(encoding="utf-8")
    for name in (*DIFFERS, *LACKS, *FETCHES):
        assert name in BAGS
        assert re.search(rf"`{re.escape(name)}`", told), name


def test_a_path_that_leaves_is_told_as_that_wherever_the_suite_has_one(tmp_path):
    leading_out = [name for name in BAGS if "out-of-scope" in name]
    assert len(leading_out) == 14
    for name in leading_out:
        assert "path-leaves" in {one.what for one in read(name, tmp_path).found}, name
