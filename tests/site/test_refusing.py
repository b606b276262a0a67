"""What a command says where it cannot do what was asked: a sentence, one JSON object where that is asked for, and 2."""

import json
import sqlite3

import pytest
from tests.site.running import begun
from tests.site.running import holdfast
from tests.site.running import told

NEED_DATA = [
    ("take", "-"),
    ("words", "ABCD", "--staff", "pat", "--known", "met_in_person"),
    ("staff", "list"),
    ("agency", "list"),
    ("rederive",),
    ("verify",),
    ("figures",),
    ("clock", "--once"),
    ("serve",),
]
named = pytest.mark.parametrize("words", NEED_DATA, ids=lambda words: words[0])


@pytest.fixture
def made(tmp_path):
    begun(tmp_path)
    return tmp_path


def refused(answer, why):
    """It said why in a sentence and as JSON, answered 2, and showed no traceback."""
    assert answer.returncode == 2, answer.stderr
    assert "Traceback" not in answer.stderr
    assert why in answer.stderr
    assert any(why in f"{fault['at']}: {fault['why']}" for fault in told(answer)["faults"])


@named
def test_a_data_folder_that_was_never_made_is_said_and_not_made(tmp_path, words):
    refused(holdfast(*words, "--json", data=tmp_path / "new"), "holdfast init")
    assert not (tmp_path / "new").exists()


@named
def test_keys_without_a_database_are_said_and_no_empty_one_is_left(made, words):
    for file in made.glob("holdfast.sqlite3*"):
        file.unlink()
    refused(holdfast(*words, "--json", data=made), "holdfast init")
    assert not list(made.glob("holdfast.sqlite3*"))


@named
def test_a_database_without_tables_is_said(made, words):
    for file in made.glob("holdfast.sqlite3*"):
        file.unlink()
    sqlite3.connect(made / "holdfast.sqlite3").close()
    (made / "holdfast.sqlite3").touch()
    refused(holdfast(*words, "--json", data=made), "holdfast init")


@pytest.mark.parametrize("words", [*NEED_DATA, ("init",)], ids=lambda words: words[0])
def test_a_file_that_is_no_database_is_said_and_left_as_it_is(made, words):
    for file in made.glob("holdfast.sqlite3*"):
        file.unlink()
    (made / "holdfast.sqlite3").write_text("a letter " * 200)
    answer = holdfast(*words, "--json", data=made)
    refused(answer, "database")
    assert "holdfast init" not in answer.stderr
    assert (made / "holdfast.sqlite3").read_text() == "a letter " * 200


@pytest.mark.parametrize("words", [*NEED_DATA, ("init",), ("demo", "--prepare")], ids=lambda words: words[0])
def test_damaged_keys_are_said(made, words):
    (made / "keyring.json").write_text("{")
    refused(holdfast(*words, "--json", data=made), "damaged")


@pytest.mark.parametrize("words", [("init",), ("take", "-"), ("verify",), ("figures",), ("demo", "--prepare")])
def test_a_data_folder_that_is_a_file_is_said(tmp_path, words):
    (tmp_path / "file").write_text("")
    refused(holdfast(*words, "--json", data=tmp_path / "file"), "is not a folder")


def test_a_data_folder_that_cannot_be_made_is_said(tmp_path):
    from pathlib import Path

    refused(holdfast("init", "--json", data=Path("/proc/nope")), "cannot be made")


def test_an_empty_name_of_the_data_folder_or_the_packs_is_as_none(tmp_path, monkeypatch):
    from holdfast.site.commands.packs import packs_folder
    from holdfast.site.start import data_folder

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOLDFAST_DATA", "")
    monkeypatch.setenv("HOLDFAST_PACKS", "")
    assert data_folder() == tmp_path / "data"
    assert (packs_folder() / "england-and-wales").is_dir()


def test_an_empty_name_of_the_data_folder_is_none_for_the_settings_too(tmp_path):
    asked = {"HOLDFAST_DATA": "", "HOLDFAST_PACKS": "", "HOLDFAST_PLACE": "", "HOLDFAST_CHECKPOINT_COPY": ""}
    answer = holdfast("init", "--json", data=tmp_path, given="", inside=tmp_path, **asked)
    assert told(answer)["data"] == str(tmp_path / "data"), answer.stderr
    assert holdfast("figures", "--json", data=tmp_path, inside=tmp_path, **asked).returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


@pytest.mark.parametrize("command", ["demo", "serve"])
@pytest.mark.parametrize("port", ["99999", "-1", "x"])
def test_a_port_that_there_is_not_is_said(tmp_path, command, port):
    answer = holdfast(command, "--port", port, "--json", data=tmp_path / "data")
    refused(answer, "1 to 65535")
    assert not (tmp_path / "data").exists()


def test_what_is_asked_wrongly_is_said_as_json_too(tmp_path):
    refused(holdfast("take", "--json", data=tmp_path), "file")
    refused(holdfast("staff", "sing", "--json", data=tmp_path), "sing")


def test_a_file_that_is_not_there_is_said(tmp_path):
    refused(holdfast("take", "nowhere.json", "--json", data=tmp_path), "cannot be read")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("words", "ABCD", "--staff", "nobody", "--known", "met_in_person"), "no member of staff"),
        (("staff", "stop", "nobody"), "Nobody signs in"),
        (("staff", "add", "pat"), "have to be given"),
        (("agency", "stop", "nobody"), "No control room"),
        (("agency", "add", "a b"), "letters, digits"),
        (("agency", "add", "a", "--pack", "nowhere"), "no such pack"),
        (("agency", "add", "a", "--force", "nowhere"), "it knows: north, south"),
        (("agency", "add", "a", "--force", "north", "--area", "nowhere"), "it knows: harbour"),
        (("take", "-", "--pack", "nowhere"), "no pack called"),
        (("take", "-", "--force", "nowhere"), "it knows: north, south"),
        (("take", "-", "--force", "north", "--area", "nowhere"), "it knows: harbour"),
    ],
)
def test_every_refusal_is_said_alike(made, words, why):
    from tests.doors.api.handed import body

    refused(holdfast(*words, "--json", data=made, given=body().decode()), why)
    assert told(holdfast("verify", "--json", data=made))["cases"] == 0


def test_a_case_document_or_a_pack_that_cannot_be_read_is_said_alike(tmp_path):
    case = tmp_path / "case.json"
    asked = ("--pack", "smallplace", "--at", "2026-03-09T09:00", "--json")
    refused(holdfast("owed", str(case), *asked, data=tmp_path), "cannot be opened")
    case.write_text(json.dumps({"entries": [{"kind": "TeaMade"}]}))
    answer = holdfast("owed", str(case), *asked, data=tmp_path)
    refused(answer, "kind")
    assert all(fault["at"].startswith("/entries/0") for fault in told(answer)["faults"])
    case.write_text(json.dumps({"entries": []}))
    refused(holdfast("owed", str(case), "--pack", "nowhere", *asked[2:], data=tmp_path), "nowhere")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("check", "nowhere"), "no such pack"),
        (("kinds", "--kind", "TeaMade"), "no such kind"),
        (("when", "soonish", "--pack", "smallplace", "--from", "2026-03-06T21:00"), "not a limit"),
        (("when", "1 day", "--pack", "smallplace", "--from", "tomorrow"), "cannot be read"),
        (("when", "1 day", "--pack", "nowhere", "--from", "2026-03-06T21:00"), "no such pack"),
    ],
)
def test_the_commands_that_open_no_database_refuse_alike(tmp_path, words, why):
    answer = holdfast(*words, "--json", data=tmp_path)
    assert (answer.returncode, why in answer.stderr) == (2, True), answer.stderr
    assert why in str(told(answer)["faults"])


@pytest.mark.parametrize(("number", "said"), [(0, "0 entries"), (1, "1 entry"), (2, "2 entries")])
def test_one_is_one_and_two_are_two(number, said):
    from holdfast.site.commands.refusing import counted

    assert counted(number, "entry", "entries") == said


def test_a_part_of_the_clock_that_fails_is_said_and_the_rest_is_done(made):
    first = """
import holdfast.casefile.checkpoints as checkpoints
def fails(at):
    raise OSError(28, "No space left on device")
checkpoints.checkpoint_when_due = fails
"""
    refused(holdfast("clock", "--once", "--json", data=made, first=first), "No space left on device")
