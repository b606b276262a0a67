"""`holdfast keys`, and what start-up refuses about keys, as whoever runs an installation meets them."""

import json
import os
import shutil

import pytest
from tests.site.running import begun
from tests.site.running import holdfast
from tests.site.running import told


@pytest.fixture
def made(tmp_path):
    data = tmp_path / "data"
    begun(data)
    return data


def refused(data, *words, **around) -> str:
    answer = holdfast(*(words or ("clock", "--once")), data=data, **around)
    assert answer.returncode == 2, answer.stdout + answer.stderr
    return answer.stderr


def test_a_key_is_added_everything_wrapped_by_it_and_the_old_one_taken_away(made):
    (old,) = told(holdfast("keys", "list", "--json", data=made))
    assert old["for_new"]
    added = told(holdfast("keys", "add", "--json", data=made))["added"]
    assert told(holdfast("keys", "rewrap", "--json", data=made)) == {"by": added, "done": 1, "failed": 0}, (
        "the key of the log's own reasons"
    )
    assert "taken away" in holdfast("keys", "retire", old["name"], data=made).stdout
    assert [one["name"] for one in told(holdfast("keys", "list", "--json", data=made))] == [added]
    assert "wraps new cases" in refused(made, "keys", "retire", added)
    assert holdfast("clock", "--once", data=made).returncode == 0


@pytest.mark.parametrize("words", [("retire",), ("add", "a-name"), ("burn",)])
def test_what_is_not_understood_is_said(made, words):
    assert holdfast("keys", *words, data=made).returncode == 2


def test_a_ring_of_another_installation_is_refused_by_every_command(made, tmp_path):
    other = tmp_path / "other"
    assert holdfast("init", data=other).returncode == 0
    shutil.copy(other / "keyring.json", made / "keyring.json")
    for words in (("serve",), ("clock", "--once"), ("take", "-"), ("keys", "add"), ("init",)):
        assert "does not belong to this database" in refused(made, *words)
    assert "holdfast.E011" in refused(made)


def test_no_new_ring_is_made_beside_a_database(made):
    (made / "keyring.json").unlink()
    assert "Put back your copy" in refused(made, "init")
    assert not (made / "keyring.json").exists()


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o1777])
def test_a_folder_in_which_others_may_write_is_refused(made, mode):
    made.chmod(mode)
    assert "holdfast.E013" in refused(made)


def test_a_ring_behind_a_link_is_held_to_the_same(made, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    (made / "keyring.json").rename(elsewhere / "keyring.json")
    (made / "keyring.json").symlink_to(elsewhere / "keyring.json")
    assert holdfast("clock", "--once", data=made).returncode == 0
    elsewhere.chmod(0o777)
    assert "holdfast.E013" in refused(made)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_ring_of_another_account_is_refused(made):
    os.chown(made / "keyring.json", 65534, 65534)
    assert "holdfast.E012" in refused(made)


def test_a_key_service_that_does_not_answer_or_is_not_understood_is_refused(made):
    assert "holdfast.E014" in refused(made, HOLDFAST_KEYS="somewhere")
    # A check must be there that only the service can open.
    said = refused(
        made, "keys", "rewrap", HOLDFAST_KEYS="kms:alias/none", AWS_ENDPOINT_URL_KMS="http://127.0.0.1:9",
        AWS_ACCESS_KEY_ID="test", AWS_SECRET_ACCESS_KEY="test", AWS_DEFAULT_REGION="eu-west-2",
    )  # fmt: skip
    assert "does not answer" in said


def test_a_damaged_ring_repeats_nothing_of_itself(made):
    ring = json.loads((made / "keyring.json").read_text())
    (made / "keyring.json").write_text((made / "keyring.json").read_text()[:-20])
    said = refused(made)
    assert "damaged" in said
    assert not any(secret in said for secret in (ring["session_secret"], *ring["keys"].values()))
