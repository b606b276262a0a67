"""Every defect of a sealed item has a file that ends in it, and each file ends as its name says."""

import json
from pathlib import Path
from uuid import UUID

import pytest
from tests.vault.make_vectors import LONG
from tests.vault.make_vectors import all_vectors
from tests.vault.make_vectors import as_text
from tests.vault.make_vectors import long_content
from tests.vault.make_vectors import sealed

from holdfast.vault.reading import Item
from holdfast.vault.sealed import DEFECTS
from holdfast.vault.sealed import NotAnItem

FOLDER = Path(__file__).parent / "vectors"
FILES = sorted(FOLDER.glob("*.json"))


def bytes_of(vector):
    """The sealed bytes that a vector is put together from."""
    return b"".join(
        bytes.fromhex(piece["hex"])
        if "hex" in piece
        else (FOLDER / piece["file"]).read_bytes()[piece["from"] : piece["to"]]
        for piece in vector["sealed"]
    )


class Held:
    """A store with one thing in it."""

    def __init__(self, content):
        self.content = content

    def length(self, item):
        return len(self.content)

    def read(self, item, at, count):
        return self.content[at : at + count]


def read(vector):
    try:
        item = Item(Held(bytes_of(vector)), UUID(vector["case"]), UUID(vector["item"]), bytes.fromhex(vector["key"]))
        content = b"".join(item.whole())
    except NotAnItem as fault:
        return {"defect": fault.defect}
    assert len(content) == item.size
    return {"defect": None, "sha256": item.sha256.hex(), "size": item.size}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_reading_a_vector_ends_as_its_name_says(file):
    vector = json.loads(file.read_text(encoding="ascii"))
    assert (vector["expected"]["defect"] or "sound") == file.name.partition(".")[0]
    assert read(vector) == vector["expected"]


def test_every_defect_has_a_vector():
    assert {file.name.partition(".")[0] for file in FILES} == {"sound", *DEFECTS}


def test_the_vectors_are_those_that_are_made():
    assert {file.stem: file.read_text(encoding="ascii") for file in FILES} == {
        name: as_text(vector) for name, vector in all_vectors().items()
    }
    assert (FOLDER / LONG).read_bytes() == sealed(long_content())


def test_the_document_names_every_defect():
    text = (Path(__file__).parents[2] / "docs" / "formats" / "vault.md").read_text(encoding="utf-8")
    assert [defect for defect in DEFECTS if f"| `{defect}` |" not in text] == []
