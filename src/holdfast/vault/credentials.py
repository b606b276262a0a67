"""Content credentials (C2PA): whether a camera signed a picture and whether it was edited since. Never required.

The reader is a library that Holdfast does not bring (`c2pa-python`). Without it the answer is 'not_looked_at', whatever
the file says; that it carries something of the kind is told beside. With it the answer is what the library verified.
"""

import io
import json
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from holdfast.vault.found import Credentials

_MARKS = (b"c2pa", b"jumb")
_UNTOUCHED = {"c2pa.created", "c2pa.opened", "c2pa.published", "c2pa.converted"}


def carries_credentials(head: bytes) -> bool:
    """Whether the beginning of a file holds what looks like credentials. Nobody verified them."""
    return all(mark in head for mark in _MARKS)


def load_library() -> None:
    """Loads the library where somebody installed it: later no file can be opened."""
    if find_spec("c2pa") is not None:
        import_module("c2pa")


def credentials_of(content: bytes, media: str) -> Credentials:
    """What the library verified; 'not_looked_at' without it, and wherever it could not say."""
    if find_spec("c2pa") is None:
        return "not_looked_at"
    try:
        library: Any = import_module("c2pa")
        library.load_settings(json.dumps({"verify": {"remote_manifest_fetch": False, "ocsp_fetch": False}}))
        told = json.loads(library.Reader(media, io.BytesIO(content)).json())
        return judged(told)
    except Exception as fault:  # noqa: BLE001 a library of others: whatever it says no to was not looked at
        return "none" if "ManifestNotFound" in f"{type(fault).__name__} {fault}" else "not_looked_at"


def judged(told: dict[str, Any]) -> Credentials:
    """From the library's report: signed, edited since, or (where it does not verify) not looked at.

    'signed' says that nothing was changed since somebody signed it, and not who that is.
    """
    if told.get("validation_state") not in ("Valid", "Trusted"):
        return "not_looked_at"
    manifest = told.get("manifests", {}).get(told.get("active_manifest"), {})
    actions = {
        action.get("action")
        for each in manifest.get("assertions", [])
        if str(each.get("label", "")).startswith("c2pa.actions")
        for action in each.get("data", {}).get("actions", [])
    }
    return "edited_since" if manifest.get("ingredients") or actions - _UNTOUCHED else "signed"
