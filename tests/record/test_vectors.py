"""Every way in which reading may end has a file that ends in it, and each file ends as its name says."""

import json
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from tests.record.make_vectors import all_vectors

from holdfast.record.chain import Stored
from holdfast.record.chain import Witnessed
from holdfast.record.chain import verify_chain
from holdfast.record.chain import verify_words
from holdfast.record.checkpoint import compare
from holdfast.record.checkpoint import replay
from holdfast.record.outcome import MEANINGS
from holdfast.record.outcome import Outcome

FILES = sorted((Path(__file__).parent / "vectors").glob("*.json"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_reading_a_vector_ends_as_its_name_says(file: Path) -> None:
    vector = json.loads(file.read_text(encoding="utf-8"))
    assert vector["expected"]["outcome"] == file.name.partition(".")[0]
    assert READERS[vector["reads"]](vector) == vector["expected"]


def test_every_outcome_has_a_vector() -> None:
    assert {file.name.partition(".")[0] for file in FILES} == set(Outcome)


def test_every_outcome_says_what_it_means() -> None:
    assert set(MEANINGS) == set(Outcome)
    assert all(meaning.endswith(".") for meaning in MEANINGS.values())


def test_the_vectors_are_those_that_are_made() -> None:
    assert {file.name: file.read_text(encoding="utf-8") for file in FILES} == all_vectors()


def stored(vector: list[dict[str, str]]) -> list[Stored]:
    return [
        Stored(
            one["header"].encode("ascii") if "header" in one else b64decode(one["header_base64"]),
            b64decode(one["sealed"]),
            b64decode(one["hash"]),
        )
        for one in vector
    ]


def seen(vector: dict[str, Any]) -> Witnessed:
    return Witnessed(vector["length"], b64decode(vector["head"]))


def read_chain(vector: dict[str, Any]) -> dict[str, Any]:
    witnessed = seen(vector["witnessed"]) if "witnessed" in vector else None
    found = verify_chain(vector["case"], stored(vector["stored"]), witnessed)
    return {"outcome": found.outcome, "at_number": found.at_number, "length": found.length}


def read_words(vector: dict[str, Any]) -> dict[str, Any]:
    entries = stored(vector["stored"])
    assert verify_chain(vector["case"], entries).outcome is Outcome.SOUND, "a chain stays sound whatever its words do"
    found = verify_words(entries, {name: bytes.fromhex(key) for name, key in vector["keys"].items()})
    return {"outcome": found.outcome, "at_number": found.at_number, "length": found.length}


def read_checkpoints(vector: dict[str, Any]) -> dict[str, Any]:
    notes = [note.encode() for note in vector["checkpoints"]]
    found = replay(notes, vector["origin"], bytes.fromhex(vector["public"]))
    length = found.last.number if found.last else 0
    return {"outcome": found.outcome, "at_number": found.at_number, "length": length}


def read_cases(vector: dict[str, Any]) -> dict[str, Any]:
    chains = {case: stored(entries) for case, entries in vector["chains"].items()}
    witnessed = {case: seen(one) for case, one in vector["witnessed"].items()}
    ((case, found),) = compare(chains.items(), witnessed).faults
    return {"outcome": found.outcome, "at_number": found.at_number, "length": found.length, "case": case}


READERS = {"chain": read_chain, "words": read_words, "checkpoints": read_checkpoints, "cases": read_cases}
