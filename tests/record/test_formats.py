"""The format documents say what the code does: their examples are real, and their lists are whole."""

import re
from pathlib import Path

from tests.record.test_checkpoint import NOTES
from tests.record.written import chain

from holdfast.record.header import Header
from holdfast.record.outcome import Outcome

FORMATS = Path(__file__).parents[2] / "docs" / "formats"
CHAIN = (FORMATS / "chain.md").read_text(encoding="utf-8")
CHECKPOINT = (FORMATS / "checkpoint.md").read_text(encoding="utf-8")


def test_the_header_shown_is_one_that_is_written() -> None:
    shown = next(block for block in re.findall(r"```\n(.*?)```", CHAIN, re.DOTALL) if block.startswith("{"))
    assert shown.replace("\n", "") == chain(5)[4].header.decode("ascii")


def test_the_checkpoint_shown_is_one_that_is_signed() -> None:
    assert f"```\n{NOTES[2].decode()}```" in CHECKPOINT


def test_every_key_of_a_header_is_described_in_its_order() -> None:
    described = re.findall(r"^\| `([a-z_]+)` \| .* \| .* \|$", CHAIN, re.MULTILINE)
    assert tuple(described) == Header.__struct_fields__


def test_every_outcome_is_described() -> None:
    described = re.findall(r"`([a-z_]+)`", "".join(re.findall(r"^(\| `.*?) \|", CHAIN + CHECKPOINT, re.MULTILINE)))
    assert set(Outcome) <= set(described)
