"""The public key of receipts: anybody gets it, and openssl checks a receipt with it."""

import subprocess
from datetime import UTC
from datetime import datetime
from uuid import uuid4

from django.test import Client

from holdfast.casefile.keys.chosen import ring
from holdfast.vault.receipt import Receipt
from holdfast.vault.receipt import write_receipt


def test_anybody_gets_it_and_it_checks_a_receipt(database, tmp_path):
    answer = Client(HTTP_HOST="127.0.0.1").get("/api/receipt-key")
    assert answer.status_code == 200
    assert not answer.cookies
    receipt = write_receipt(Receipt(uuid4(), datetime.now(UTC), 1, "ab" * 32), ring().checkpoint_seed)
    (tmp_path / "key.pem").write_bytes(answer.content)
    (tmp_path / "receipt.txt").write_text(receipt)
    line = (
        "sed '$d' receipt.txt > said; sed -n '$p' receipt.txt | base64 -d > signed; "
        "openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in said -sigfile signed"
    )
    told = subprocess.run(["/bin/sh", "-c", line], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr


def test_it_is_not_sent_to(database):
    assert Client(HTTP_HOST="127.0.0.1").post("/api/receipt-key").status_code == 405
