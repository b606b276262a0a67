"""A new machine gets the same Holdfast: pinned, small, and with nothing in it of the machine it was written on."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HOUSE = Path(__file__).parents[2]
CORE = "requirements/core.txt"
DEV = "requirements/dev.txt"
FORMATS = "requirements/formats.txt"

# Each one more is somebody else's code beside the survivor's words: raising this is a decision, with a record.
MOST_IN_CORE = 48

# Written in pieces, so that this file is no finding of its own.
REGISTRY = re.compile(
    r"pypi\.(?:org|io)|python(?:hosted)\.org|npm(?:js)\.(?:org|com)|yarn(?:pkg)\.com|(?:deb|security)\.(?:debian)\.org"
)
MACHINE_PATH = re.compile(
    r"(?<![\w.:/~-])/(?:root|home/\w+|Users/\w+|work/(?:main|shared|\.library)|opt/(?:wheels|pypi[\w-]*))(?=[/\s\"'`),;]|$)"
)
INDEX_LINE = re.compile(
    r"^\s*(?:-i|-f|--index-url|--extra-index-url|--find-links|--trusted-host|-e|--editable)\b", re.MULTILINE
)


def read(path: str) -> str:
    return (HOUSE / path).read_text(encoding="utf-8")


def pins(lock: str) -> dict[str, list[str]]:
    """The hashes of each `name==version` in a requirements file."""
    found: dict[str, list[str]] = {}
    for asked in re.split(r"^(?=\w)", lock, flags=re.MULTILINE):
        if pin := re.match(r"[\w.-]+==\S+", asked):
            found[pin[0]] = re.findall(r"--hash=sha256:([0-9a-f]{64})(?:\s|$)", asked)
    return found


def loose(lock: str) -> list[str]:
    """What pip would be asked for without a version or without a hash."""
    asked = [line.split()[0] for line in lock.splitlines() if re.match(r"\w", line)]
    return [name for name in asked if not pins(lock).get(name)]


def versions(lock: str) -> dict[str, str]:
    return {canonicalize_name(name): version for name, version in (pin.split("==") for pin in pins(lock))}


def unmet(asked: list[str], lock: str) -> list[str]:
    """What is asked for and not pinned, or pinned outside the range asked for."""
    pinned = versions(lock)
    return [
        str(want)
        for want in map(Requirement, asked)
        if (version := pinned.get(canonicalize_name(want.name))) is None or not want.specifier.contains(version)
    ]


def tracked() -> dict[str, str]:
    """Every text file in the repository, by its path."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=HOUSE, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    texts = {}
    for path in filter(None, listed.stdout.split("\0")):
        try:
            texts[path] = read(path)
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
            continue  # a picture, a font, or a file removed but not yet committed
    return texts


def findings(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path}:{number}: {line.strip()[:120]}"
        for path, text in tracked().items()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def targets(makefile: str) -> dict[str, str | None]:
    """Each target a person can ask for, with its comment."""
    return {
        match[1]: match[2] for match in re.finditer(r"^([a-z][\w-]*):(?!=)[^#\n]*(?:## (.+))?$", makefile, re.MULTILINE)
    }


def test_core_stays_small() -> None:
    assert 0 < len(pins(read(CORE))) <= MOST_IN_CORE


@pytest.mark.parametrize("lock", [CORE, DEV])
def test_every_requirement_is_pinned_by_hash(lock: str) -> None:
    assert pins(read(lock))
    assert loose(read(lock)) == []


def test_a_requirement_with_no_hash_is_found() -> None:
    digest = "0" * 64
    assert loose(f"a==1 \\\n    --hash=sha256:{digest}\nb==2\nc>=3 \\\n    --hash=sha256:{digest}\n") == [
        "b==2",
        "c>=3",
    ]


@pytest.mark.parametrize("lock", [CORE, DEV])
def test_the_lock_leaves_the_choice_of_index_to_the_machine(lock: str) -> None:
    assert INDEX_LINE.findall(read(lock)) == []


def test_core_pins_what_the_project_asks_for() -> None:
    asked = tomllib.loads(read("pyproject.toml"))["project"]["dependencies"]
    assert unmet(asked, read(CORE)) == []


def test_a_requirement_with_no_pin_is_found() -> None:
    assert unmet(["Ruamel.YAML", "b<2", "c"], "ruamel-yaml==1\nb==2\n") == ["b<2", "c"]


def test_dev_pins_what_the_tests_ask_for() -> None:
    groups = tomllib.loads(read("pyproject.toml"))["dependency-groups"]
    asked = [each for each in groups["dev"] if isinstance(each, str)]
    assert unmet(asked + groups["formats"], read(DEV)) == []


def test_formats_pins_what_it_asks_for_and_nothing_that_core_pins_otherwise() -> None:
    core, formats = versions(read(CORE)), versions(read(FORMATS))
    assert unmet(tomllib.loads(read("pyproject.toml"))["dependency-groups"]["formats"], read(FORMATS)) == []
    assert all(core[name] == formats[name] for name in core.keys() & formats.keys())
    assert loose(read(FORMATS)) == []


def test_dev_runs_what_core_ships() -> None:
    core, dev = versions(read(CORE)), versions(read(DEV))
    assert {name: dev[name] for name in core.keys() & dev.keys()} == {
        name: core[name] for name in core.keys() & dev.keys()
    }


def test_no_file_names_a_registry() -> None:
    assert findings(REGISTRY) == []


def test_no_file_names_a_path_of_the_machine_it_was_written_on() -> None:
    assert findings(MACHINE_PATH) == []


@pytest.mark.parametrize(
    "parts",
    [("see ", "root", "notes"), ("open('", "home", "ann", "x')"), ("", "work", "main"), ("links=", "opt", "wheels")],
)
def test_a_path_of_a_machine_is_found(parts: tuple[str, ...]) -> None:
    assert MACHINE_PATH.search("/".join(parts))


@pytest.mark.parametrize("line", ["https://www.gov.uk/root/x", "the /home page", "path('/work/')", "~/work/main"])
def test_an_address_is_no_path_of_a_machine(line: str) -> None:
    assert not MACHINE_PATH.search(line)


def test_ci_runs_make_test() -> None:
    commands = [line for line in read(".ci/run").splitlines() if line and not line.startswith("#")]
    assert commands[-1] == "exec make test"
    assert (HOUSE / ".ci/run").stat().st_mode & 0o111


def test_every_make_target_says_what_it_does() -> None:
    comments = targets(read("Makefile"))
    assert {"env", "demo", "test", "check", "bench", "look", "clean", "help"} <= comments.keys()
    assert [name for name, comment in comments.items() if not comment] == []


def test_a_make_target_with_no_comment_is_found() -> None:
    assert targets("VENV := x\nenv: a ## Makes it.\n\techo\nmute: env\n") == {"env": "Makes it.", "mute": None}


def test_every_make_target_is_phony() -> None:
    makefile = read("Makefile")
    declared = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert declared
    assert set(declared[1].split()) == targets(makefile).keys()


def test_debian_packages_are_one_name_a_line() -> None:
    names = [line.split("#")[0].strip() for line in read("apt.txt").splitlines()]
    assert "chromium" in names
    assert [name for name in names if not re.fullmatch(r"[a-z0-9][a-z0-9+.-]+", name)] == []


DRAW = """
from playwright.sync_api import sync_playwright

with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium-headless-shell", args=["--no-sandbox"])
    page = browser.new_page()
    page.set_content("<h1>Holdfast</h1>")
    assert page.screenshot().startswith(b"\\x89PNG")
    browser.close()
"""


@pytest.mark.browser
def test_chromium_draws_a_page() -> None:
    # The journeys rest on this: said once here, a missing library is not a hundred failures there.
    # In a process of its own, because one process may hold only one Playwright, and a journey may hold it.
    drawn = subprocess.run([sys.executable, "-c", DRAW], capture_output=True, text=True, timeout=120, check=False)
    assert drawn.returncode == 0, drawn.stderr
