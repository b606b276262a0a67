"""The key ring: made once, read by its owner only, and without it no word is had."""

import json
import stat
from uuid import uuid4

import pytest

from holdfast.casefile.keyring import make_ring
from holdfast.casefile.keyring import open_to_others
from holdfast.casefile.keyring import ring_in
from holdfast.casefile.refused import CannotKeep


def test_a_new_ring_is_readable_by_its_owner_only(tmp_path):
    make_ring(tmp_path / "data")
    mode = (tmp_path / "data" / "keyring.json").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600
    assert not open_to_others(tmp_path / "data")


def test_a_ring_that_others_may_read_is_noticed(tmp_path):
    make_ring(tmp_path)
    (tmp_path / "keyring.json").chmod(0o640)
    assert open_to_others(tmp_path)


def test_a_ring_is_never_replaced(tmp_path):
    make_ring(tmp_path)
    before = (tmp_path / "keyring.json").read_bytes()
    with pytest.raises(FileExistsError):
        make_ring(tmp_path)
    assert (tmp_path / "keyring.json").read_bytes() == before


def test_where_there_is_none_there_is_none(tmp_path):
    assert ring_in(tmp_path) is None


def test_two_rings_share_nothing(tmp_path):
    one, other = make_ring(tmp_path / "one"), make_ring(tmp_path / "other")
    assert one.session_secret != other.session_secret
    assert set(one.keys.values()).isdisjoint(other.keys.values())
    assert one.checkpoint_seed != other.checkpoint_seed


def test_a_case_key_opens_for_its_own_case_only(tmp_path):
    ring, case, key = make_ring(tmp_path), uuid4(), b"k" * 32
    name, wrapped = ring.wrap(case, key)
    assert key not in wrapped
    assert ring.unwrap(case, name, wrapped) == key
    with pytest.raises(CannotKeep, match="does not open"):
        ring.unwrap(uuid4(), name, wrapped)
    with pytest.raises(CannotKeep, match="does not open"):
        ring.unwrap(case, name, wrapped[:-1] + bytes([wrapped[-1] ^ 1]))
    with pytest.raises(CannotKeep, match="has no key called"):
        ring.unwrap(case, "ring-lost", wrapped)


@pytest.mark.parametrize(
    "change",
    [
        lambda ring: "",
        lambda ring: "[]",
        lambda ring: json.dumps({**ring, "format": "holdfast-keyring/9"}),
        lambda ring: json.dumps({**ring, "keys": {"a": "c2hvcnQ="}}),
        lambda ring: json.dumps({**ring, "keys": {"a": "not base64!"}}),
        lambda ring: json.dumps({name: value for name, value in ring.items() if name != "checkpoint"}),
    ],
    ids=["empty", "a list", "another format", "short key", "not base64", "no checkpoint key"],
)
def test_a_damaged_ring_is_refused_and_not_made_anew(tmp_path, change):
    make_ring(tmp_path)
    file = tmp_path / "keyring.json"
    file.write_text(change(json.loads(file.read_text())))
    with pytest.raises(CannotKeep, match="damaged"):
        ring_in(tmp_path)
