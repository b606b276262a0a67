"""Checking a certificate of erasure, with nothing but the file and the public key: anybody can, anywhere."""

import argparse
import json
from base64 import b64decode
from pathlib import Path

from holdfast.record.erasure import Erasure
from holdfast.record.erasure import read_erasure
from holdfast.record.note import NoteRefused
from holdfast.record.note import public_line
from holdfast.record.outcome import MEANINGS
from holdfast.site.commands.refusing import NotDone
from holdfast.site.start import data_folder


def check_certificate(asked: argparse.Namespace) -> int:
    """0 where the certificate is true, 1 where it is not, 2 where it cannot be looked at."""
    file = Path(asked.public_key) if asked.public_key else data_folder() / "checkpoints" / "public-key.txt"
    origin, public = _public_key(file)
    try:
        found = read_erasure(Path(asked.certificate).read_bytes(), origin, public)
    except NoteRefused as refused:
        print(json.dumps({"true": False, "outcome": refused.outcome}) if asked.json
              else f"Not to be believed: {refused.outcome}. {MEANINGS[refused.outcome]}")  # fmt: skip
        return 1
    print(_as_json(found) if asked.json else _in_words(found))
    return 0


def _public_key(file: Path) -> tuple[str, bytes]:
    """The name and key in a line as checkpoints keep it, or NotDone."""
    try:
        line = file.read_text(encoding="utf-8").strip()
        name, _, key = line.split("+", 2)
        public = b64decode(key, validate=True)[1:]
        if public_line(name, public) != line:
            raise ValueError  # a line that does not fit itself is none
    except OSError as fault:
        raise NotDone(["The public key is not there. Name the file public-key.txt by --public-key."]) from fault
    except ValueError as fault:
        raise NotDone(
            ["The file that was named holds no public key. It is public-key.txt beside the checkpoints."]
        ) from (fault)
    return name, public


def _as_json(found: Erasure) -> str:
    said = {**found.said._asdict(), "head": found.said.head.hex()}
    return json.dumps(
        {"true": True, "number": found.number, "at": found.at.isoformat(), "origin": found.origin, **said}
    )


def _in_words(found: Erasure) -> str:
    said = found.said
    rule = f" (rule {said.rule})" if said.rule else ""
    lines = (
        f"True: signed by {found.origin}, number {found.number} of its erasures.",
        f"Case {said.case} was erased on {found.at:%Y-%m-%d %H:%M} UTC: {said.reason.replace('_', ' ')}{rule}.",
        f"Decided by {said.by}, agreed by {said.second}.",
        f"Its chain had {said.length} entries; the last one's hash is {said.head.hex()}.",
        f"Checkpoint {said.checkpoint} saw it so.",
    )
    return "\n".join(lines)
