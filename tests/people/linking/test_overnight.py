"""The overnight pass: Splink in memory, nothing of anybody on any disk, proposals that wait for a person."""

import json
import os
import subprocess
import sys
import threading
from datetime import UTC
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest

duckdb = pytest.importorskip("duckdb", reason="Splink's embedded engine is not installed")
pytest.importorskip("splink", reason="Splink is not installed")

from holdfast.people.known import Known  # noqa: E402
from holdfast.people.linking.alike import pair  # noqa: E402
from holdfast.people.linking.overnight import ABSENT  # noqa: E402
from holdfast.people.linking.overnight import CannotLink  # noqa: E402
from holdfast.people.linking.overnight import connection  # noqa: E402
from holdfast.people.linking.overnight import pairs_among  # noqa: E402
from holdfast.people.linking.overnight import propose_all  # noqa: E402

A, B, C, D = (UUID(int=number) for number in range(1, 5))
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
CANARY = "Zwanzigerova"
PEOPLE = [
    Known(A, "survivor", ("Katarzyna Nowak",), "1984-03-09", ("07700 900123",), ("9 Example Rise, TS24 8AA",)),
    Known(A, "suspect", ("Robert Smith",), "1980-01-02"),
    Known(B, "survivor", ("Novak Kasia",), "1984-09-03"),
    Known(B, "suspect", ("Bob Smyth",), "1980-01-02"),
    Known(C, "survivor", ("Robert Smith",), "1980-01-02", ("+44 7700900999",)),
    Known(D, "other", ("Jane Doe",), "1990-01-01", ("0770 0900 123",)),
    Known(D, "suspect", ("Robert Smith",), ""),
]


def test_it_finds_whom_a_person_would_take_for_one_and_not_whom_only_a_name_joins():
    found = {(one, other) for one, other, _probability in pairs_among(PEOPLE)}
    assert found == {(0, 2), (0, 5), (1, 3), (1, 4), (3, 4)}
    assert pair(PEOPLE[0], PEOPLE[5]).sureness == "possible"  # one number, two birth dates: the rules leave it out


def test_it_proposes_each_two_cases_once_in_the_same_order_every_night():
    opened = dict.fromkeys((A, B, C, D), AT)
    made = propose_all(PEOPLE, opened)
    assert [(each.one, each.other, each.proposal.why) for each in made] == [
        (A, B, "same_people"),
        (A, C, "counter_allegation"),
        (B, C, "counter_allegation"),
    ]
    assert made[0].proposal.double == "yes"
    turned = propose_all(list(reversed(PEOPLE)), opened)
    assert [each[:2] for each in turned] == [each[:2] for each in made]


@pytest.mark.parametrize("people", [[], PEOPLE[:1], [Known(A, "survivor"), Known(B, "survivor")]])
def test_nobody_to_compare_is_no_fault(people):
    assert pairs_among(people) == []


def test_duckdb_has_no_temporary_folder_no_files_and_no_network():
    made = connection()
    settings = dict(made.execute("SELECT name, value FROM duckdb_settings()").fetchall())
    assert settings["temp_directory"] == ""
    assert settings["enable_external_access"] == "false"
    assert settings["autoinstall_known_extensions"] == "false"
    with pytest.raises(duckdb.Error):
        made.execute("COPY (SELECT 1) TO '/tmp/holdfast-canary.csv'")
    with pytest.raises(duckdb.Error):
        made.execute("SET enable_external_access = true")


def test_what_does_not_fit_into_memory_is_refused_and_never_spilled():
    crowd = [Known(UUID(int=n + 10), "survivor", (f"{CANARY} Nowak",), "1984-03-09") for n in range(3000)]
    with pytest.raises(CannotLink, match="--memory"):
        pairs_among(crowd, memory="30MB")


def test_without_splink_it_says_so_and_what_to_do(monkeypatch):
    monkeypatch.setitem(sys.modules, "splink", None)
    with pytest.raises(CannotLink) as said:
        pairs_among(PEOPLE)
    assert str(said.value) == ABSENT
    assert "requirements/linking.txt" in ABSENT


OPENS = """
import sys
from holdfast.site.start import start
start()
from datetime import UTC, datetime
from holdfast.casefile.append import Draft, open_case
from holdfast.record.entry import By
at = datetime(2026, 3, 2, 9, tzinfo=UTC)
for born in ("1984-03-09", "1984-09-03"):
    people = [{"party": "survivor", "name": "Katarzyna Zwanzigerova", "born_on": born, "number": "07700 900142"},
              {"party": "suspect", "name": "Robert Zwanzigerova", "born_on": "1980-01-02"}]
    drafts = [Draft("PersonNamed", each, at) for each in people]
    print(open_case("england-and-wales", by=By("officer", "PC1"), happened_at=at, drafts=drafts).code)
"""


def test_the_command_proposes_in_both_cases_and_leaves_no_name_anywhere(tmp_path):
    places = {name: tmp_path / name for name in ("data", "tmp", "home", "here")}
    for place in places.values():
        place.mkdir()
    environment = {
        **os.environ, "HOLDFAST_DATA": str(places["data"]), "TMPDIR": str(places["tmp"]), "HOME": str(places["home"]),
        "XDG_CACHE_HOME": str(places["home"] / "cache"), "MPLCONFIGDIR": str(places["tmp"]),
    }  # fmt: skip
    environment.pop("DJANGO_SETTINGS_MODULE", None)

    def run(*command: str) -> str:
        done = subprocess.run(command, env=environment, cwd=places["here"], capture_output=True, check=False, text=True)
        assert done.returncode == 0, done.stderr
        assert CANARY not in done.stdout + done.stderr
        return done.stdout

    holdfast = (sys.executable, "-m", "holdfast.site.command")
    run(*holdfast, "init")
    run(sys.executable, "-c", OPENS)
    seen: set[str] = set()
    stop = threading.Event()
    watcher = threading.Thread(target=_watch, args=((*places.values(), Path("/dev/shm")), seen, stop))  # noqa: S108
    watcher.start()
    try:
        first = json.loads(run(*holdfast, "people", "link", "--json"))
        again = json.loads(run(*holdfast, "people", "link", "--json"))
    finally:
        stop.set()
        watcher.join()
    assert {name: first[name] for name in ("cases", "people", "found", "proposed", "doubles")} == {
        "cases": 2, "people": 4, "found": 1, "proposed": 1, "doubles": 1,
    }  # fmt: skip
    assert again["proposed"] == 0
    assert seen == set(), "a name was on the disk while the pass ran"


def _watch(places: tuple[Path, ...], seen: set[str], stop: threading.Event) -> None:
    """Looks at every byte of every file of these places, again and again, for a name."""
    words = [CANARY.encode(), CANARY.lower().encode(), CANARY.encode("utf-16-le")]
    while True:
        last = stop.is_set()
        for place in places:
            for file in place.rglob("*"):
                try:
                    held = file.read_bytes() if file.is_file() else b""
                except OSError:
                    continue
                if any(word in held for word in words):
                    seen.add(str(file))
        if last:
            return
        stop.wait(0.2)
