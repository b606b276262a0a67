"""What a reader is told is there is there: commands, settings, faults, folders, links; and nothing is there untold."""

import json
import re
from pathlib import Path

import pytest
from tests.house.source import HOUSE
from tests.house.source import modules

from holdfast.law.fault import IDS
from holdfast.record.kind import fields_of
from holdfast.record.kinds import KINDS
from holdfast.site.command import COMMANDS
from holdfast.site.command import main

FAULT = re.compile(r'"(law\.[EW]\d{3})"')
CHECK = re.compile(r"\b(holdfast\.E\d{3})\b")
SETTING = re.compile(r'os\.environ\.get\("(HOLDFAST_\w+)"|environ\["(HOLDFAST_\w+)"\]')
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
# Said where they matter: what keeps the reader from starting.
MUST_BE_THERE = (
    "README.md",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "SECURITY.md",
    "LICENSE",
    "docs/formats/pack.md",
    "docs/formats/chain.md",
)


def pages() -> list[Path]:
    """Everything written for a reader, the guide of a pack left out."""
    return [*sorted(HOUSE.glob("*.md")), *sorted((HOUSE / "docs").rglob("*.md"))]


def how_to() -> str:
    """What the README and the how-to pages say together."""
    return "\n".join(
        page.read_text(encoding="utf-8")
        for page in [HOUSE / "README.md", *sorted((HOUSE / "docs/how-to").glob("*.md"))]
    )


def source(*folders: str) -> str:
    return "\n".join(module.text for module in modules() if module.name.startswith(folders))


def broken_links(page: Path, text: str) -> list[str]:
    """Links to files of the house that are not there."""
    return [
        f"{page.name}: {link}"
        for link in LINK.findall(text)
        if not re.match(r"[a-z]+:", link) and "{{" not in link and not (page.parent / link).exists()
    ]


def untold(names: list[str], text: str, form: str = r"(?<![\w-]){}(?![\w-])") -> list[str]:
    """Names that a text does not hold as words of their own."""
    return [name for name in names if not re.search(form.format(re.escape(name)), text)]


@pytest.mark.parametrize("name", MUST_BE_THERE)
def test_what_every_reader_looks_for_is_there(name: str) -> None:
    assert len((HOUSE / name).read_text(encoding="utf-8")) > 200


def test_every_command_is_named_in_the_docs_and_runs() -> None:
    assert untold([f"holdfast {name}" for name in COMMANDS], how_to()) == []
    folder = HOUSE / "src/holdfast/site/commands"
    assert [name for name in COMMANDS if not (folder / f"{name}.py").is_file()] == []


def test_every_setting_is_named_in_the_docs() -> None:
    read = {name for pair in SETTING.findall(source("holdfast.")) for name in pair if name}
    assert {"HOLDFAST_DATA", "HOLDFAST_PACKS"} <= read
    assert untold(sorted(read), how_to()) == []


def test_every_target_of_make_is_named_in_the_docs() -> None:
    found = re.findall(r"^([a-z-]+):.*## ", (HOUSE / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    text = how_to() + (HOUSE / "ARCHITECTURE.md").read_text(encoding="utf-8")
    assert untold([f"make {name}" for name in found], text) == []


def test_something_untold_is_found() -> None:
    assert untold(["holdfast demo", "holdfast planted"], "`holdfast demo` serves") == ["holdfast planted"]


def test_every_kind_appears_in_holdfast_kinds_with_its_fields(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["kinds", "--json"]) == 0
    listed = {one["kind"]: one for one in json.loads(capsys.readouterr().out)}
    assert listed.keys() == KINDS.keys()
    assert [name for name, one in listed.items() if not one["meaning"] or not one["stage"]] == []
    for name, kind in KINDS.items():
        assert [field["name"] for field in listed[name]["fields"]] == [field.name for field in fields_of(kind)]
    assert main(["kinds"]) == 0
    assert untold(list(KINDS), capsys.readouterr().out) == []


def test_every_fault_of_a_pack_is_explained_and_used() -> None:
    used = set(
        FAULT.findall(
            source("holdfast.law", "holdfast.duties", "holdfast.site").replace(source("holdfast.law.fault"), "")
        )
    )
    assert used - IDS.keys() == set(), "used and not explained"
    assert IDS.keys() - used == set(), "explained and never used"
    assert [fault for fault, says in IDS.items() if len(says.split()) < 3] == []


def test_every_start_up_refusal_is_explained_and_used() -> None:
    module = next(module for module in modules() if module.name == "holdfast.site.checks")
    explained, _, rest = module.text.partition('"""\n\n')
    others = source("holdfast.site", "holdfast.casefile", "holdfast.access", "holdfast.doors").replace(module.text, "")
    used = set(CHECK.findall(rest + others))
    assert set(CHECK.findall(explained)) == used


def test_every_folder_is_drawn_in_architecture() -> None:
    text = (HOUSE / "ARCHITECTURE.md").read_text(encoding="utf-8")
    there = {path.parent.name for path in (HOUSE / "src/holdfast").glob("*/__init__.py")}
    assert untold([f"{name}/" for name in sorted(there)], text, r"(?<![\w-]){}") == []
    drawn = set(re.findall(r"^  ([a-z]+)/ ", text, re.MULTILINE))
    assert drawn, "the house is not drawn"
    assert drawn - there == set(), "drawn and not there"


def test_every_link_between_pages_leads_somewhere() -> None:
    assert [link for page in pages() for link in broken_links(page, page.read_text(encoding="utf-8"))] == []


def test_a_broken_link_is_found() -> None:
    assert broken_links(HOUSE / "README.md", "[a](docs/nowhere.md) [b](https://x.example) [c](docs/formats/pack.md#x)")


def test_every_page_of_the_docs_can_be_found() -> None:
    """How-to and format pages by a link to themselves; a decision by its folder."""
    linked = {
        (page.parent / link).resolve()
        for page in pages()
        for link in LINK.findall(page.read_text(encoding="utf-8"))
        if not re.match(r"[a-z]+:", link)
    }
    lost = [page for page in pages() if page.parent != HOUSE and not {page.resolve(), page.parent.resolve()} & linked]
    lost += [page for page in sorted((HOUSE / "docs/how-to").glob("*.md")) if page.resolve() not in linked]
    assert [str(page.relative_to(HOUSE)) for page in lost] == []
