"""Items put into the vault of a case, with the entries that looking into them would have written."""

import io
from datetime import UTC
from datetime import datetime
from typing import Any
from uuid import UUID
from uuid import uuid4

from PIL import Image
from tests.doors.desk.conftest import entries
from tests.support.apart import run_apart

from holdfast.casefile.append import append
from holdfast.casefile.reading import case_by_code
from holdfast.record.entry import By
from holdfast.vault.place import intake_folder
from holdfast.vault.place import key_of
from holdfast.vault.place import store
from holdfast.vault.taking import take

HOLDFAST = By("feed", "holdfast")
OFFICER = By("officer", "PC1")
SURVIVOR = By("survivor")
FOR = {"purpose": "investigation"}


def picture(colour: str = "purple", size: tuple[int, int] = (32, 24)) -> bytes:
    """A small JPEG."""
    made = io.BytesIO()
    Image.new("RGB", size, colour).save(made, "JPEG")
    return made.getvalue()


def put(code: str, content: bytes) -> tuple[UUID, dict[str, Any]]:
    """Bytes in the vault, and the fields that name them."""
    case_id = case_by_code(code)
    taken = take(
        io.BytesIO(content), store(), intake_folder(), case=case_id, item=uuid4(), case_key=key_of(case_id),
        durable=False,
    )  # fmt: skip
    return taken.item, {"item": str(taken.item), "size": taken.size, "sha256": taken.sha256.hex()}


def keep(
    code: str, content: bytes = b"words", media: str = "text/plain", *, by: By = OFFICER, held: str = "",
    examined: bool = True, preview: bytes = b"", **said: Any,
) -> UUID:  # fmt: skip
    """An item of a case, taken and examined."""
    case_id, now = case_by_code(code), datetime.now(UTC)
    item, fields = put(code, content)
    append(case_id, "ItemTaken", {"what": "document", "media": media, **said, **fields}, by=by, happened_at=now)
    if examined:
        read = {"item": str(item), "media": media}
        append(case_id, "ItemMetadataRead", read, by=HOLDFAST, happened_at=now)
    if held:
        why = {"item": str(item), "why": held, "found": "A script in it"}
        append(case_id, "ItemHeld", why, by=HOLDFAST, happened_at=now)
    if preview:
        _, made = put(code, preview)
        derived = {**made, "of": str(item), "how": "preview", "media": "image/jpeg"}
        append(case_id, "ItemDerived", derived, by=HOLDFAST, happened_at=now)
    return item


def at(code: str, item: object = "", act: str = "") -> str:
    """The address of a page of evidence."""
    return f"/desk/case/{code}/evidence" + (f"/{item}" if item else "") + (f"/{act}" if act else "")


def of_kind(code: str, kind: str) -> list[Any]:
    """The entries of a kind, as the record holds them."""
    return [entry for entry in entries(code) if entry.kind == kind]


def looks(desk: Any, code: str, item: object) -> str:
    """Says for what and opens the content's page."""
    desk.sends(at(code, item, "look"), FOR)
    return str(desk.follows())


def body_of(answer: Any) -> bytes:
    """All of an answer that is sent in pieces."""

    async def gathered() -> bytes:
        return b"".join([piece async for piece in answer.streaming_content])

    return run_apart(gathered())
