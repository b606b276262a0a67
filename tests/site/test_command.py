"""The `holdfast` command: what each says, what it answers, and that the pure ones start without a framework."""

import json
import subprocess
import sys

import pytest
from tests.site.running import HOUSE
from tests.site.running import begun
from tests.site.running import holdfast
from tests.site.running import told

from holdfast.site.command import COMMANDS

CALL = {
    "entries": [
        {"kind": "CaseOpened", "happened_at": "2026-03-06T20:00:00Z", "by": {"role": "call_taker"},
         "fields": {"pack": "smallplace"}},
        {"kind": "BailGranted", "happened_at": "2026-03-06T21:00:00Z", "by": {"role": "custody_officer"},
         "fields": {"ends_at": "2026-06-05T23:59:59Z"}},
    ]
}  # fmt: skip


@pytest.fixture
def made(tmp_path):
    begun(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_each_command_says_how_it_is_used(name, tmp_path):
    answer = holdfast(name, "--help", data=tmp_path)
    assert answer.returncode == 0
    assert "--json" in answer.stdout
    assert not list(tmp_path.iterdir())


def test_without_a_command_it_lists_them(tmp_path):
    answer = holdfast(data=tmp_path)
    assert answer.returncode == 2
    assert all(name in answer.stdout for name in COMMANDS)


def test_a_command_that_does_not_exist(tmp_path):
    answer = holdfast("sing", data=tmp_path)
    assert answer.returncode == 2
    assert "no command called 'sing'" in answer.stderr


@pytest.mark.parametrize("module", ["holdfast.site.command", *(f"holdfast.site.commands.{name}" for name in COMMANDS)])
def test_no_command_loads_the_framework_before_it_is_asked_to_run(module):
    asked = f"import sys, {module}; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], cwd=HOUSE, check=False).returncode == 0


def test_what_is_owed_is_said_without_database_or_keys(tmp_path):
    case = tmp_path / "case.json"
    case.write_text(json.dumps(CALL))
    answer = holdfast(
        "owed", str(case), "--pack", "smallplace", "--at", "2026-03-09T09:00", "--json", data=tmp_path / "none"
    )
    (row,) = told(answer)
    assert (row["id"], row["state"], row["started_by"], row["owed_by"]) == ("tell-bail", "open", 2, "investigator")
    assert row["due_by"].startswith("2026-03-09T23:59:59")
    assert answer.returncode == 0
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"kind": "TeaMade"}, "kind"),
        ({"colour": "red"}, "is not one of"),
        ({"happened_at": "yesterday"}, "happened_at"),
        ({"about": [2]}, "about"),
        ({"by": {"role": "pope"}}, "role"),
        ({"fields": {"pack": "smallplace", "secret": "x"}}, "fields"),
    ],
)
def test_a_case_document_with_a_fault_is_answered_with_it(tmp_path, change, why):
    case = tmp_path / "case.json"
    case.write_text(json.dumps({"entries": [{**CALL["entries"][0], **change}]}))
    answer = holdfast("owed", str(case), "--pack", "smallplace", "--at", "2026-03-09T09:00", data=tmp_path)
    assert answer.returncode == 2
    assert why in answer.stderr


def test_nobody_else_on_the_machine_reads_what_is_kept(made):
    holdfast("clock", "--once", data=made)
    kept = [made, *made.rglob("*")]
    assert {path.name for path in kept} >= {"keyring.json", "holdfast.sqlite3"}
    assert [path.name for path in kept if path.stat().st_mode & 0o077 and path.parent.name != "packs"] == []


def test_init_makes_keys_once(made):
    before = (made / "keyring.json").read_bytes()
    again = holdfast("init", "--json", data=made)
    assert told(again)["made_keys"] is False
    assert (made / "keyring.json").read_bytes() == before


def test_a_file_is_taken_over_and_found_again(made):
    from tests.doors.api.handed import body

    file = made / "call.json"
    file.write_bytes(body())
    first = told(holdfast("take", str(file), "--pack", "smallplace", "--json", data=made))
    assert (first["opened"], first["entries"]) == (True, 6)
    again = told(holdfast("take", str(file), "--json", data=made))
    assert (again["case"], again["repeated"]) == (first["case"], True)
    verified = told(holdfast("verify", "--json", data=made))
    assert (verified["cases"], verified["entries"], verified["sound"]) == (1, 6, True)
    figures = told(holdfast("figures", "--json", data=made))
    assert {(row["duty"], row["overdue"]) for row in figures} == {("ask-for-safety", 1)}


@pytest.mark.parametrize(("given", "why"), [("{", "not JSON"), ("{}", "/$id"), ("[" * 100_000, "64 levels")])
def test_a_file_that_is_refused_says_why_and_opens_nothing(made, given, why):
    answer = holdfast("take", "-", "--json", data=made, given=given)
    assert answer.returncode == 2
    assert why in answer.stderr
    assert why.split("/")[-1] in answer.stdout
    assert told(holdfast("verify", "--json", data=made))["cases"] == 0


def test_a_file_that_is_not_there(made):
    answer = holdfast("take", "nowhere.json", data=made)
    assert answer.returncode == 2
    assert "cannot be read" in answer.stderr


def test_words_are_issued_by_somebody_who_may_and_recorded(made):
    from tests.doors.api.handed import body

    code = told(holdfast("take", "-", "--json", data=made, given=body().decode()))["case"]
    password = "a long enough pass phrase"
    for name, role in (("pat", "officer"), ("lee", "auditor")):
        answer = holdfast("staff", "add", name, "--role", role, "--staff", name, data=made, given=password)
        assert answer.returncode == 0, answer.stderr
    given = ("--staff", "pat", "--known", "met_in_person", "--safe", "yes")
    issued = told(holdfast("words", code, *given, "--json", data=made))
    assert (issued["case"], len(issued["words"].split())) == (code, 4)
    assert holdfast("words", code, "--staff", "lee", data=made).returncode == 2
    assert holdfast("words", code, "--staff", "nobody", data=made).returncode == 2
    assert holdfast("words", code, "--staff", "pat", "--safe", "no", data=made).returncode == 2
    assert told(holdfast("verify", "--json", data=made))["entries"] == 7


def test_a_weak_password_or_a_demo_identifier_is_refused(made):
    asked = ("staff", "add", "pat", "--role", "officer", "--staff")
    assert holdfast(*asked, "PC1", data=made, given="short").returncode == 2
    assert holdfast(*asked, "demo.officer", data=made, given="a long enough pass phrase").returncode == 2
    assert told(holdfast("staff", "list", "--json", data=made)) == []


def test_every_case_is_derived_again_by_several_processes(made):
    from tests.doors.api.handed import body

    holdfast("take", "-", data=made, given=body().decode())
    done = told(holdfast("rederive", "--processes", "2", "--json", data=made))
    assert (done["cases"], done["unread"]) == (1, 0)


def test_a_damaged_case_makes_verify_answer_one(made):
    import sqlite3

    from tests.doors.api.handed import body

    holdfast("take", "-", data=made, given=body().decode())
    with sqlite3.connect(made / "holdfast.sqlite3") as raw:
        raw.execute("DROP TRIGGER entry_never_changed")
        raw.execute("UPDATE entry SET sealed = x'00' WHERE number = 3")
    answer = holdfast("verify", data=made)
    assert answer.returncode == 1
    assert "altered_entry" in answer.stdout
    assert "at number 3" in answer.stdout
