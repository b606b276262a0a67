"""What SECURITY.md and docs/security/ claim is held by something: each test named is there, each id answered.

The evidence table answers each requirement of OWASP ASVS 5.0.0 of levels 1 and 2 once: met, with a test or a file that
shows it; not applicable or not met, with a reason.
"""

import ast
import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.house.source import HOUSE
from tests.house.source import Module
from tests.house.source import imports
from tests.house.source import lies_in
from tests.house.source import modules
from tests.house.source import planted

TABLE = HOUSE / "docs/security/asvs5.md"
IDS = HOUSE / "tests/samples/asvs5/level-2.txt"
ANSWERS = ("met", "not applicable", "not met")
TOLD = re.compile(r"`([^`\s]+)`")
NAMED = re.compile(r"tests/[\w/.-]+\.py(?:::\w+)*")
ID = re.compile(r"V\d+\.\d+\.\d+")
LEAST_WORDS = 2

# What can call another machine, and who may import it. docs/security/communications.md says for what.
CALLS = ("requests", "urllib.request", "http.client", "boto3", "botocore", "smtplib", "ftplib", "httpx", "aiohttp",
         "socket", "telnetlib", "urllib3")  # fmt: skip
MAY_CALL = {
    "holdfast.access.sign_in.single": "requests",
    "holdfast.access.sign_in.adapter": "requests",
    "holdfast.casefile.keys.aws_kms": "boto3",
    "holdfast.vault.authority": "urllib.request",
    "holdfast.vault.s3": "boto3",
    "holdfast.vault.scanning": "socket",
    "holdfast.site.commands.demo": "socket",  # asks this machine whether the port is free
}


SEALS = ("cryptography", "argon2", "fido2", "jwt")  # what does cryptography for us
ALGORITHMS = HOUSE / "docs/security/keys-and-algorithms.md"


class Row(NamedTuple):
    """One answer."""

    id: str
    asks: str
    answer: str
    evidence: str


def rows(text: str) -> list[Row]:
    """The rows of the chapters' tables, in their order."""
    cut = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in text.splitlines()]
    return [Row(*cells) for cells in cut if len(cells) == len(Row._fields) and ID.fullmatch(cells[0])]


def named_in(path: Path) -> set[str]:
    """The tests of a file, as pytest names them after the file's path."""
    found = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            found.add(node.name)
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}::{one.name}" for one in node.body if isinstance(one, ast.FunctionDef)}
    return found


def missing_tests(text: str) -> list[str]:
    """The tests that a text names and that are not there."""
    missing = []
    for named in sorted(set(NAMED.findall(text))):
        path, _, test = named.partition("::")
        there = (HOUSE / path).is_file()
        if not there or (test and test not in named_in(HOUSE / path)):
            missing.append(named)
    return missing


def shown_by(evidence: str) -> list[str]:
    """The tests and files of the house that an answer rests on."""
    return [named for named in TOLD.findall(evidence) if (HOUSE / named.partition("::")[0]).is_file()]


def faults(text: str, wanted: list[str]) -> list[str]:
    """What is wrong with an evidence table."""
    found = rows(text)
    said = [f"{id_}: answered {count} times" for id_, count in Counter(row.id for row in found).items() if count > 1]
    said += [f"{id_}: not answered" for id_ in wanted if id_ not in {row.id for row in found}]
    said += [f"{row.id}: is no id of level 2" for row in found if row.id not in wanted]
    for row in found:
        if row.answer not in ANSWERS:
            said.append(f"{row.id}: '{row.answer}' is no answer")
        elif row.answer == "met" and not shown_by(row.evidence):
            said.append(f"{row.id}: met by nothing")
        elif len(row.evidence.split()) < LEAST_WORDS and row.answer != "met":
            said.append(f"{row.id}: without a reason")
        if len(row.asks.split()) > 12:
            said.append(f"{row.id}: more than a few words of what it asks")
    top = text.partition("\n## V1 ")[0]
    listed = ID.findall(top)
    not_met = [row.id for row in found if row.answer == "not met"]
    if sorted(listed) != sorted(not_met):
        said.append(f"the list at the top differs in {sorted(set(listed) ^ set(not_met))}")
    said += [f"{answer}: the count at the top is another" for answer in ANSWERS if not _counted(top, answer, found)]
    return said


def _counted(top: str, answer: str, found: list[Row]) -> bool:
    count = sum(row.answer == answer for row in found)
    words = {"met": "are met", "not applicable": "do not apply", "not met": "are not met"}
    return bool(re.search(rf"\b{count}\s+{words[answer]}", top))


def callers(found: tuple[Module, ...]) -> list[str]:
    """The modules that import what can call another machine, and may not."""
    return [
        f"{module.name}: {name}"
        for module in found
        for name, _ in imports(module)
        if any(lies_in(name, call) for call in CALLS) and not _may(module.name, name)
    ]


def not_in_the_inventory(found: tuple[Module, ...], text: str) -> list[str]:
    """The modules that seal, sign or hash by a library, and are not named beside their algorithm."""
    sealing = {module for module in found for name, _ in imports(module) if any(lies_in(name, one) for one in SEALS)}
    return sorted(m.path for m in sealing if f"`{m.path.removeprefix('src/holdfast/')}`" not in text)


def _may(module: str, name: str) -> bool:
    allowed = MAY_CALL.get(module, "")
    return bool(allowed) and (lies_in(name, allowed) or (allowed == "boto3" and lies_in(name, "botocore")))


@pytest.fixture(scope="module")
def wanted() -> list[str]:
    return [line.split()[0] for line in IDS.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def table() -> str:
    return TABLE.read_text(encoding="utf-8")


def test_every_requirement_is_answered_once_and_by_something(table: str, wanted: list[str]) -> None:
    assert len(wanted) == 253
    assert faults(table, wanted) == []


def test_every_test_that_is_named_is_there() -> None:
    pages = [HOUSE / "SECURITY.md", *sorted((HOUSE / "docs/security").glob("*.md"))]
    assert len(pages) >= 7
    assert {page.name: missing_tests(page.read_text(encoding="utf-8")) for page in pages} == {
        page.name: [] for page in pages
    }


def test_every_file_that_the_table_names_is_there(table: str) -> None:
    named = {one for one in TOLD.findall(table) if re.match(r"(?:src|docs|tests|requirements)/", one)}
    assert [one for one in sorted(named) if not (HOUSE / one.partition("::")[0]).is_file()] == []


def test_each_claim_of_the_security_page_names_a_test() -> None:
    text = (HOUSE / "SECURITY.md").read_text(encoding="utf-8")
    protects = text.partition("## From whom, and how\n")[2].partition("\n## ")[0]
    claims = [line for line in protects.splitlines() if line.startswith("- ")]
    assert len(claims) >= 20
    assert [claim for claim in claims if not NAMED.search(claim)] == []


def test_nothing_else_can_call_another_machine() -> None:
    assert callers(modules()) == []
    text = (HOUSE / "docs/security/communications.md").read_text(encoding="utf-8")
    assert "single sign-on" in text
    assert "AWS KMS" in text


def test_whatever_seals_signs_or_hashes_is_in_the_inventory() -> None:
    text = ALGORITHMS.read_text(encoding="utf-8")
    assert not_in_the_inventory(modules(), text) == []
    hidden = planted("holdfast.doors.look.count", "from cryptography.fernet import Fernet\n")
    assert not_in_the_inventory((hidden,), text) == [hidden.path]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("| V1.1.1 |", "| V1.1.2 |", "V1.1.1: not answered"),
        ("| V1.1.1 |", "| V1.1.2 |", "V1.1.2: answered 2 times"),
        ("| V1.1.1 |", "| V1.1.9 |", "V1.1.9: is no id of level 2"),
        ("| met |", "| partly |", "'partly' is no answer"),
        ("| not applicable | nothing speaks LDAP |", "| not applicable | |", "V1.2.6: without a reason"),
        ("| not applicable | nothing speaks LDAP |", "| met | nothing speaks LDAP |", "V1.2.6: met by nothing"),
        ("V3.3.3, ", "", "the list at the top differs in ['V3.3.3']"),
        ("do not apply", "do not matter", "not applicable: the count at the top is another"),
    ],
)
def test_a_table_that_is_wrong_in_one_thing_is_found_out(
    table: str, wanted: list[str], before: str, after: str, said: str
) -> None:
    assert before in table
    assert any(said in fault for fault in faults(table.replace(before, after, 1), wanted))


def test_a_test_that_is_not_there_is_found_out() -> None:
    here = "tests/house/test_security_claims.py"
    assert missing_tests(f"{here} {here}::test_every_test_that_is_named_is_there") == []
    assert missing_tests(f"`{here}::test_no_such` `tests/house/test_nowhere.py`") == [
        "tests/house/test_nowhere.py",
        f"{here}::test_no_such",
    ]


def test_a_module_that_calls_elsewhere_is_found_out() -> None:
    hidden = planted("holdfast.doors.look.count", "def told():\n    from urllib.request import urlopen\n")
    assert callers((hidden,)) == ["holdfast.doors.look.count: urllib.request.urlopen"]
    assert callers((planted("holdfast.access.sign_in.single", "import boto3\n"),)) != []
