"""A receipt is checked by a stranger with the very commands of its page; forged and altered ones fail."""

import re
import subprocess
from datetime import UTC
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as some

from holdfast.vault.receipt import Receipt
from holdfast.vault.receipt import ReceiptRefused
from holdfast.vault.receipt import file_name
from holdfast.vault.receipt import key_pem
from holdfast.vault.receipt import read_receipt
from holdfast.vault.receipt import write_receipt

DOCS = Path(__file__).resolve().parents[2] / "docs"
PRIVATE, OTHER = bytes(range(32)), bytes(range(1, 33))
PUBLIC = Ed25519PrivateKey.from_private_bytes(PRIVATE).public_key().public_bytes_raw()
BYTES = b"what was photographed" * 1000
SAID = Receipt(
    UUID("0b6f6a52-3d8e-4c0f-9a57-1d2f3c4b5a69"), datetime(2026, 11, 20, 22, 35, 4, tzinfo=UTC), len(BYTES),
    sha256(BYTES).hexdigest(),
)  # fmt: skip
GOOD = write_receipt(SAID, PRIVATE)


def commands(page: str) -> list[str]:
    """The commands a page tells, as they stand in it."""
    blocks = re.findall(r"^```\n(.*?)^```", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    return [line for block in blocks for line in block.splitlines() if line.startswith(("sha256sum", "sed", "tr"))]


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["/bin/sh", "-c", command], cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "photograph.jpg").write_bytes(BYTES)
    (tmp_path / "key.pem").write_text(key_pem(PUBLIC))
    (tmp_path / "receipt.txt").write_text(GOOD)
    return tmp_path


@pytest.mark.parametrize("page", ["formats/receipt.md", "how-to/check-a-receipt.md"])
def test_a_stranger_checks_it_with_the_commands_of_the_page(folder, page):
    hashed, signed = commands(page)[:2]
    assert run(hashed, folder).stdout.split()[0] == re.search(r"sha256 (\w+)", GOOD)[1]
    told = run(signed, folder)
    assert (told.returncode, told.stdout.strip()) == (0, "Signature Verified Successfully")


def test_a_receipt_that_went_through_mail_is_put_right_as_the_page_says(folder):
    (folder / "receipt.txt").write_bytes(GOOD.replace("\n", "\r\n").encode())
    _, signed, mended = commands("how-to/check-a-receipt.md")
    assert run(signed, folder).returncode != 0
    assert run(mended + " && mv receipt-as-written.txt receipt.txt", folder).returncode == 0
    assert run(signed, folder).returncode == 0


FORGED = {
    "another-hash": GOOD.replace(SAID.sha256, sha256(b"else").hexdigest()),
    "an-earlier-time": GOOD.replace("2026-11-20", "2026-11-19"),
    "another-size": GOOD.replace(f"bytes {len(BYTES)}", "bytes 7"),
    "another-number": GOOD.replace("0b6f", "0b6e"),
    "a-line-more": GOOD.replace("\nkey ", "\nshows nothing\nkey "),
    "a-line-before-the-signature": "".join([*GOOD.splitlines(True)[:6], "and more\n", GOOD.splitlines(True)[6]]),
    "a-line-at-the-end": GOOD + "and more\n",
    "a-line-less": GOOD.replace(f"bytes {len(BYTES)}\n", ""),
    "signed-by-another": write_receipt(SAID, OTHER),
    "signed-by-another-in-this-key's-name": re.sub(
        "key .*", re.search("key .*", GOOD)[0], write_receipt(SAID, OTHER)
    ),
    "no-signature": GOOD.rpartition("\n")[0].rpartition("\n")[0] + "\n",
    "another-receipt's-signature": GOOD.rpartition("\n")[0].rpartition("\n")[0]
    + "\n" + write_receipt(SAID._replace(size=1), PRIVATE).splitlines()[-1] + "\n",
    "nothing": "",
}  # fmt: skip


@pytest.mark.parametrize("why", FORGED)
def test_a_forged_or_altered_receipt_fails_here_and_under_openssl(folder, why):
    with pytest.raises(ReceiptRefused):
        read_receipt(FORGED[why], PUBLIC)
    (folder / "receipt.txt").write_text(FORGED[why])
    assert run(commands("formats/receipt.md")[1], folder).returncode != 0


@given(some.binary(max_size=100), some.integers(0, len(GOOD) - 2))
def test_no_changed_byte_passes(new, at):
    changed = GOOD[:at] + new.decode("latin-1") + GOOD[at + len(new) :]
    if changed.replace("\r\n", "\n").removesuffix("\n") == GOOD.removesuffix("\n"):
        return
    with pytest.raises(ReceiptRefused):
        read_receipt(changed, PUBLIC)


@given(some.datetimes(datetime(2000, 1, 1), datetime(2199, 1, 1)), some.integers(0, 1 << 50), some.binary(max_size=9))  # noqa: DTZ001
def test_what_is_written_is_read_and_always_the_same(at, size, content):
    said = Receipt(SAID.number, at.replace(tzinfo=UTC, microsecond=0), size, sha256(content).hexdigest())
    assert read_receipt(write_receipt(said, PRIVATE), PUBLIC) == said
    assert write_receipt(said, PRIVATE) == write_receipt(said, PRIVATE)


def test_it_has_no_word_of_a_case_nor_of_whom_it_was_given_to():
    words = GOOD.lower() + file_name(SAID.number)
    for telling in ("police", "case", "holdfast", "evidence", "abuse", "victim", "survivor", "crime", "photo"):
        assert telling not in words
    assert file_name(SAID.number) == "receipt-0b6f6a52.txt"
