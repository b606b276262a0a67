"""`holdfast check --deploy`: clean where all is as it should be, and each thing that is not is named by its id."""

from pathlib import Path

import pytest

from holdfast.site import deploying
from holdfast.site.deploying import faults_of_deployment


@pytest.fixture
def as_it_should_be(database: Path, settings, monkeypatch, small_pack) -> None:
    settings.HOLDFAST_HTTP = settings.HOLDFAST_DEMO = settings.HOLDFAST_DRAFTS = False
    settings.HOLDFAST_PLACE = small_pack
    settings.ALLOWED_HOSTS = ["127.0.0.1", "police.example.org"]
    database.parent.chmod(0o700)
    monkeypatch.setattr(deploying, "_is_root", lambda: False)
    monkeypatch.setattr(deploying, "_disk_of", str)
    # The browser tests of this process set that variable.
    settings.SILENCED_SYSTEM_CHECKS = [*settings.SILENCED_SYSTEM_CHECKS, "async.E001"]


def ids() -> list[str]:
    return [fault.partition(":")[0] for fault in faults_of_deployment()]


def test_nothing_speaks_against_an_installation_as_it_should_be(as_it_should_be) -> None:
    assert faults_of_deployment() == []


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("HOLDFAST_HTTP", True, "holdfast.D001"),
        ("HOLDFAST_DEMO", True, "holdfast.D002"),
        ("ALLOWED_HOSTS", ["127.0.0.1"], "holdfast.D003"),
        ("ALLOWED_HOSTS", ["*"], "holdfast.D003"),
        ("HOLDFAST_DRAFTS", True, "holdfast.D007"),
        ("HOLDFAST_UNSLOWED", True, "holdfast.E017"),
        ("SESSION_COOKIE_SECURE", False, "security.W010"),
        ("SECURE_HSTS_SECONDS", 0, "security.W004"),
        ("DEBUG", True, "security.W018"),
    ],
)
def test_a_setting_that_is_not_for_real_people_is_named(as_it_should_be, settings, name, value, found) -> None:
    setattr(settings, name, value)
    assert found in ids()


def test_a_folder_that_others_open_and_a_copy_on_the_same_disk_are_named(
    as_it_should_be, database, monkeypatch
) -> None:
    database.parent.chmod(0o755)
    monkeypatch.setattr(deploying, "_disk_of", lambda path: "one disk")
    monkeypatch.setattr(deploying, "_is_root", lambda: True)
    assert {"holdfast.D004", "holdfast.D005", "holdfast.D006"} <= set(ids())
