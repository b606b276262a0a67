"""`holdfast receipt`: the key that is published, and checking a receipt with and without its file."""

import subprocess
from datetime import UTC
from datetime import datetime
from hashlib import sha256
from uuid import uuid4

import pytest
from tests.site.running import begun
from tests.site.running import holdfast
from tests.site.running import told

from holdfast.casefile.keyring import ring_in
from holdfast.vault.receipt import Receipt
from holdfast.vault.receipt import write_receipt

BYTES = b"what was given"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    data = tmp_path_factory.mktemp("receipts") / "data"
    begun(data)
    said = Receipt(uuid4(), datetime(2026, 11, 20, 9, 0, tzinfo=UTC), len(BYTES), sha256(BYTES).hexdigest())
    (data / "receipt.txt").write_text(write_receipt(said, ring_in(data).checkpoint_seed))
    (data / "given").write_bytes(BYTES)
    (data / "other").write_bytes(BYTES + b".")
    (data / "altered.txt").write_text((data / "receipt.txt").read_text().replace("2026-11-20", "2026-11-19"))
    return data


def test_the_key_is_the_one_that_openssl_checks_with(made, tmp_path):
    (tmp_path / "key.pem").write_text(holdfast("receipt", "key", data=made).stdout)
    line = (
        f"sed '$d' {made}/receipt.txt > said; sed -n '$p' {made}/receipt.txt | base64 -d > signed; "
        "openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in said -sigfile signed"
    )
    answer = subprocess.run(["/bin/sh", "-c", line], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr


@pytest.mark.parametrize(
    ("files", "code", "words"),
    [
        (("receipt.txt",), 0, "had been given by 2026-11-20 09:00:00 UTC"),
        (("receipt.txt", "given"), 0, "these very bytes"),
        (("receipt.txt", "other"), 1, "the bytes are others"),
        (("altered.txt", "given"), 1, "Do not rely on it"),
        (("given",), 1, "Do not rely on it"),
        (("missing",), 2, ""),
        ((), 2, ""),
    ],
)
def test_checking_one(made, files, code, words):
    answer = holdfast("receipt", "check", *(str(made / each) for each in files), data=made)
    assert answer.returncode == code, answer.stdout + answer.stderr
    assert words in answer.stdout


def test_as_json(made):
    assert told(holdfast("receipt", "key", "--json", data=made))["pem"].startswith("-----BEGIN PUBLIC KEY-----")
    assert told(holdfast("receipt", "check", str(made / "receipt.txt"), "--json", data=made))["true"] is True
