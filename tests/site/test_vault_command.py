"""`holdfast vault`: takes, lists, reads, checks and sweeps, as somebody who may, and says so in the record."""

import hashlib
import json
import os
from pathlib import Path

import pytest
from tests.doors.api.handed import body
from tests.site.running import begun
from tests.site.running import holdfast
from tests.site.running import told

CANARY = "Qzvxkwjubryvault"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """An installation with a case, a supervisor who may, and a call taker who may not see evidence."""
    folder = tmp_path_factory.mktemp("vault-command")
    data, call = folder / "data", folder / "call.json"
    call.write_bytes(body())
    begun(data)
    code = told(holdfast("take", str(call), "--json", data=data))["case"]
    for staff, role in (("S1", "supervisor"), ("A1", "auditor")):
        added = ("staff", "add", staff, "--role", role, "--staff", staff, "--organisation", "every-force")
        assert holdfast(*added, data=data, given="a long enough sentence, " + staff).returncode == 0
    film = folder / f"{CANARY}.txt"
    film.write_text(f"What was said: {CANARY}.\n" * 100_000)
    return data, code, film


def vault(made, *words, staff="S1"):
    data, code, _ = made
    who = ("--case", code, "--staff", staff) if words[0] in ("take", "list", "read") else ()
    return holdfast("vault", *words, *who, data=data)


@pytest.fixture(scope="module")
def taken(made):
    answer = vault(made, "take", str(made[2]), "--what", "document", "--json")
    assert answer.returncode == 0, answer.stderr
    return told(answer)


def test_it_is_taken_once_and_listed(made, taken):
    content = made[2].read_bytes()
    assert (taken["size"], taken["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    listed = told(vault(made, "list", "--json"))
    assert taken["item"] in [each["item"] for each in listed]
    assert made[2].read_bytes() == content, "the file it came from is unchanged"


def test_no_name_or_word_of_it_is_in_clear_in_the_data_folder_or_in_what_is_said(made, taken):
    for file in made[0].rglob("*"):
        assert not file.is_file() or CANARY.encode() not in file.read_bytes(), file
    for answer in (vault(made, "list"), vault(made, "check"), vault(made, "sweep")):
        assert CANARY not in answer.stdout + answer.stderr


def test_it_is_read_whole_and_in_part_and_the_record_says_so(made, taken, tmp_path):
    content, purpose = made[2].read_bytes(), ("--purpose", "for the prosecutor", "--although-held")
    whole, part = tmp_path / "whole", tmp_path / "part"
    answer = vault(made, "read", taken["item"], "--to", str(whole), *purpose)
    assert answer.returncode == 0, answer.stderr
    assert whole.read_bytes() == content
    assert whole.stat().st_mode & 0o077 == 0
    answer = vault(made, "read", taken["item"], "--to", str(part), *purpose, "--at", "1500000", "--count", "900")
    assert answer.returncode == 0, answer.stderr
    assert part.read_bytes() == content[1_500_000:][:900]
    again = vault(made, "read", taken["item"], "--to", str(whole), *purpose)
    assert again.returncode == 2, "no file is written over"


def test_what_is_asked_wrongly_is_refused(made, taken, tmp_path):
    to = ("--to", str(tmp_path / "out"))
    why = ("--purpose", "x", "--although-held")
    for words, said in [
        (("take", "/not/there"), "Name a file"),
        (("take", str(made[2]), "--what", "nonsense"), "what"),
        (("read", "nonsense", *to, *why), "number"),
        (("read", "7c1d1a34-52a6-4a8e-8a3b-9f0e5d6c7b8a", *to, *why), "no such item"),
        (("read", taken["item"], *to, "--although-held"), "for what"),
        (("read", taken["item"], *why), "--to"),
        (("read", taken["item"], *to, *why, "--at", "-1"), "byte 0"),
    ]:
        answer = vault(made, *words)
        assert answer.returncode == 2, words
        assert said in answer.stderr, (words, answer.stderr)
        assert "Traceback" not in answer.stderr
    assert not (tmp_path / "out").exists()


def test_whoever_may_not_is_refused_and_nothing_is_done(made, taken, tmp_path):
    for words in [("take", str(made[2])), ("read", taken["item"], "--to", str(tmp_path / "out"), "--purpose", "x")]:
        answer = vault(made, *words, staff="A1")
        assert answer.returncode == 2
    assert not (tmp_path / "out").exists()
    for words in [("take", str(made[2])), ("list",), ("read", taken["item"])]:
        answer = holdfast("vault", *words, data=made[0])
        assert answer.returncode == 2, "nobody acts as nobody"


def item_path(made, item) -> Path:
    return made[0] / "vault" / "items" / item[:2] / f"{item}.hfv"


def test_check_and_verify_say_what_is_missing_and_what_was_altered(made, taken):
    assert told(vault(made, "check", "--whole", "--json"))["sound"] is True
    assert vault(made, "check").returncode == 0
    path = item_path(made, taken["item"])
    content = path.read_bytes()
    try:
        path.write_bytes(content[:-5])
        answer = vault(made, "check")
        assert answer.returncode == 1
        assert "item_cut-short" in answer.stdout
        verified = holdfast("verify", data=made[0])
        assert verified.returncode == 1
        assert "item_cut-short" in verified.stdout
        assert holdfast("verify", "--chains", data=made[0]).returncode == 0
        path.write_bytes(content[:5000] + b"xx" + content[5002:])
        assert vault(made, "check").returncode == 0
        assert vault(made, "check", "--whole").returncode == 1
        assert "item_altered" in holdfast("verify", "--whole", data=made[0]).stdout
        path.unlink()
        found = told(holdfast("verify", "--json", data=made[0]))["findings"]
        assert [each["outcome"] for each in found] == ["item_missing"]
        assert taken["item"] in found[0]["where"]
    finally:
        path.write_bytes(content)
    sound = holdfast("verify", data=made[0])
    assert sound.returncode == 0, sound.stdout
    assert "in the vault: sound; beginnings and ends were opened" in sound.stdout


def test_a_vault_that_is_not_there_is_said(made, taken, tmp_path):
    gone = str(tmp_path / "not-mounted")
    data, code, film = made
    answer = holdfast("vault", "check", data=data, HOLDFAST_VAULT=gone)
    assert answer.returncode == 1
    assert "vault_not_reached" in answer.stdout
    answer = holdfast(
        "vault", "take", str(film), "--case", code, "--staff", "S1", data=data, HOLDFAST_VAULT=gone
    )  # fmt: skip
    assert answer.returncode == 2
    assert "Is its disk mounted?" in answer.stderr
    assert not os.path.exists(gone)  # noqa: PTH110
    verified = holdfast("verify", data=data, HOLDFAST_VAULT="nonsense")
    assert verified.returncode == 1
    assert "vault_not_reached" in verified.stdout
    assert "1 case" in verified.stdout, "the chains are told all the same"


def test_sweep_tells_what_it_did(made, taken):
    answer = vault(made, "sweep", "--json")
    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout) == {
        "intakes": 0, "unnamed": [], "elsewhere": [], "removed": [], "kept": [], "not_read": False,
    }  # fmt: skip


def test_without_a_scanner_nothing_is_scanned_again(made, taken):
    answer = vault(made, "rescan")
    assert answer.returncode == 2
    assert "No scanner is named" in answer.stderr
    away = holdfast("vault", "rescan", "--json", data=made[0], HOLDFAST_SCANNER="clamd:/nowhere/clamd.ctl")
    assert away.returncode == 1, away.stderr
    assert told(away)["not_scanned"] >= 1
