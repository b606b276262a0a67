"""The public key that receipts are checked with, and checking one: what is true in it, and whether these bytes are it.

`holdfast receipt key` prints the key, which is to be published where people can trust it. `holdfast receipt check
RECEIPT [FILE]` does what docs/how-to/check-a-receipt.md does with openssl. The answer is 1 where it proves nothing.
"""

import argparse
import hashlib
import json
from pathlib import Path

from holdfast.site.commands.refusing import NotDone
from holdfast.site.operator import operator_may
from holdfast.site.start import start_on_data


def arguments(parser: argparse.ArgumentParser) -> None:
    """What, and of which receipt and file."""
    parser.add_argument("do", choices=("key", "check"), help="print the public key; check a receipt")
    parser.add_argument("receipt", nargs="?", type=Path, help="the receipt")
    parser.add_argument("file", nargs="?", type=Path, help="the file that was given")


def run(asked: argparse.Namespace) -> int:
    """Prints or checks."""
    if (asked.do == "check") != (asked.receipt is not None):
        raise NotDone(["`check` needs a receipt, and `key` takes nothing."])
    start_on_data()
    operator_may("verify", reason=f"receipt {asked.do}")
    from holdfast.casefile.checkpoints import origin_and_key
    from holdfast.vault.receipt import key_name
    from holdfast.vault.receipt import key_pem

    public = origin_and_key()[1]
    if asked.do == "check":
        return _check(asked, public)
    if asked.json:
        print(json.dumps({"key": key_name(public), "pem": key_pem(public)}))
    else:
        print(key_pem(public), end="")
    return 0


def _check(asked: argparse.Namespace, public: bytes) -> int:
    from holdfast.vault.receipt import MOST
    from holdfast.vault.receipt import ReceiptRefused
    from holdfast.vault.receipt import read_receipt

    try:
        with asked.receipt.open("rb") as file:
            text = file.read(MOST + 1).decode("ascii", errors="replace")
        hashed = _hashed(asked.file) if asked.file else ""
    except OSError as fault:
        raise NotDone([f"The receipt or the file cannot be read ({fault.strerror}): nothing was checked."]) from fault
    try:
        said = read_receipt(text, public)
    except ReceiptRefused as fault:
        return _tell(asked, False, f"{fault} Do not rely on it.")
    given = f"{said.given:%Y-%m-%d %H:%M:%S} UTC"
    if not hashed:
        return _tell(asked, True, f"True: bytes with the SHA-256 {said.sha256} had been given by {given}.")
    if hashed != said.sha256:
        return _tell(asked, False, "The receipt is true, and it is not of this file: the bytes are others.")
    return _tell(asked, True, f"True: these very bytes had been given by {given}.")


def _hashed(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _tell(asked: argparse.Namespace, true: bool, words: str) -> int:
    print(json.dumps({"true": true, "said": words}) if asked.json else words)
    return 0 if true else 1
