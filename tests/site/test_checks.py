"""What Holdfast refuses to serve with, each by its id."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from tests.site.running import SMALL
from tests.site.running import begun
from tests.site.running import holdfast
from tests.site.running import told
from tests.support.served import prepared


@pytest.fixture
def made(tmp_path: Path) -> Path:
    begun(tmp_path)
    return tmp_path


def refused(data: Path, *words: str, packs: Path = SMALL) -> str:
    """Why it would not serve."""
    answer = holdfast(*(words or ("clock", "--once")), data=data, packs=packs)
    assert answer.returncode == 2
    return answer.stderr


def test_what_is_in_order_runs(made):
    assert holdfast("clock", "--once", data=made).returncode == 0


def test_without_a_key_ring(tmp_path):
    why = refused(tmp_path, "serve")
    assert "holdfast.E001" in why
    assert "holdfast init" in why


def test_with_a_damaged_key_ring(made):
    (made / "keyring.json").write_text("{")
    assert "damaged" in refused(made)


def test_with_a_key_ring_that_others_may_read(made):
    (made / "keyring.json").chmod(0o644)
    assert "holdfast.E002" in refused(made)


def test_without_the_place_that_calls_are_taken_under(made, tmp_path):
    empty = tmp_path / "packs"
    empty.mkdir()
    assert "holdfast.E003" in refused(made, packs=empty)


def with_packs(tmp_path: Path, file: str, before: str, after: str) -> Path:
    """The small packs, with one line changed."""
    packs = Path(shutil.copytree(SMALL, tmp_path / "changed"))
    changed = packs / "smallplace" / file
    assert before in changed.read_text()
    changed.write_text(changed.read_text().replace(before, after))
    return packs


def test_with_a_pack_that_has_a_fault(made, tmp_path):
    packs = with_packs(tmp_path, "duties/attend.yaml", "starts: CallGraded", "starts: CallGuessed")
    assert "holdfast.E003" in refused(made, packs=packs)


def test_with_a_calendar_that_runs_out(made, tmp_path):
    packs = with_packs(tmp_path, "calendars.yaml", '"2028-12-31"', '"2026-01-31"')
    why = refused(made, packs=packs)
    assert "holdfast.E004" in why
    assert "2026-01-31" in why


def test_with_nobody_slowed(made):
    answer = holdfast("clock", "--once", data=made, HOLDFAST_UNSLOWED="1")
    assert answer.returncode == 2
    assert "holdfast.E017" in answer.stderr


def test_without_a_database(made):
    (made / "holdfast.sqlite3").unlink()
    assert "holdfast.E006" in refused(made)


def test_with_a_database_of_another_version(made):
    with sqlite3.connect(made / "holdfast.sqlite3") as raw:
        raw.execute("DELETE FROM django_migrations WHERE app = 'casefile' AND name >= '0005'")
    assert "holdfast.E006" in refused(made)


def test_with_a_database_that_no_longer_refuses_to_change_an_entry(made):
    with sqlite3.connect(made / "holdfast.sqlite3") as raw:
        raw.execute("DROP TRIGGER entry_never_changed")
    why = refused(made)
    assert "holdfast.E008" in why
    assert "entry_never_changed" in why


@pytest.mark.parametrize("refusal", ["log_line_never_changed", "log_line_never_removed", "log_never_shortened"])
def test_it_refuses_a_database_that_lets_a_line_of_the_log_be_changed(made, refusal):
    with sqlite3.connect(made / "holdfast.sqlite3") as raw:
        raw.execute(f"DROP TRIGGER {refusal}")
    why = refused(made)
    assert "holdfast.E008" in why
    assert refusal in why


class TestTheDemo:
    """Its accounts have words that everybody knows."""

    @pytest.fixture(scope="class")
    @classmethod
    def demo(cls, tmp_path_factory):
        data = tmp_path_factory.mktemp("demo")
        prepared(data, tmp_path_factory)  # by the same command, once for all tests
        answer = holdfast("demo", "--prepare", "--json", data=data, packs=None)
        assert answer.returncode == 0, answer.stderr
        return data, told(answer)

    def test_it_prints_three_addresses_and_the_sign_ins(self, demo):
        _, said = demo
        assert {said["guide"], said["survivor"], said["desk"]} == {
            f"http://127.0.0.1:8000/{path}" for path in ("", "my/", "desk/")
        }
        assert {one["name"] for one in said["staff"]} >= {"call.taker", "supervisor", "auditor"}
        assert len(said["cases"]) == 4
        assert all(len(one["words"].split()) == 4 for one in said["cases"])

    def test_its_accounts_refuse_to_start_outside_it(self, demo):
        data, _ = demo
        assert "holdfast.E005" in refused(data, "serve")

    def test_it_refuses_data_of_real_cases(self, made):
        assert "made for real cases" in refused(made, "demo", "--prepare")
        answer = holdfast("clock", "--once", data=made, HOLDFAST_DEMO="1")
        assert "holdfast.E007" in answer.stderr

    def test_prepared_again_it_loads_nothing_twice(self, demo):
        data, _ = demo
        entries = told(holdfast("verify", "--json", data=data, packs=None))["entries"]
        again = holdfast("demo", "--prepare", data=data, packs=None)
        assert again.returncode == 0
        assert "No files (PDF, EPUB, braille) are built yet: make formats" in again.stdout
        assert told(holdfast("verify", "--json", data=data, packs=None))["entries"] == entries

    def test_a_port_that_is_taken_is_said_before_anything_is_made(self, tmp_path):
        import socket

        with socket.create_server(("127.0.0.1", 0)) as taken:
            answer = holdfast("demo", "--port", str(taken.getsockname()[1]), data=tmp_path / "data")
        assert answer.returncode == 2
        assert "taken" in answer.stderr
        assert not (tmp_path / "data").exists()
