"""The copy of an item without what it carries beside its content: made, kept in the vault, and recorded as its own."""

from datetime import datetime
from uuid import UUID
from uuid import uuid4

from holdfast.doors.evidence.recording import HOLDFAST
from holdfast.doors.evidence.recording import derived
from holdfast.vault.bundle_pipe import Flowing
from holdfast.vault.bundle_pipe import Way
from holdfast.vault.items import KnownItem
from holdfast.vault.place import intake_folder
from holdfast.vault.place import item_of
from holdfast.vault.place import key_of
from holdfast.vault.place import store
from holdfast.vault.stripping import without_metadata
from holdfast.vault.taking import take


def make_without_metadata(case_id: UUID, item: KnownItem, at: datetime) -> KnownItem | None:
    """The copy; the item where it carries nothing; None where none can be made. StoreFault, NotAnItem, OSError."""
    stripped = without_metadata(item_of(case_id, item.item))
    if stripped is None:
        return None
    if not stripped.left_out and not stripped.left:
        return item

    def fill(out: Way) -> None:
        for piece in stripped.pieces():
            out.write(piece)

    with Flowing(fill) as source:
        made = take(source, store(), intake_folder(), case=case_id, item=uuid4(), case_key=key_of(case_id))
    words = "; ".join(stripped.left_out)
    if stripped.left:
        words += ". Could not be left out: " + "; ".join(stripped.left)
    said = {
        "media": stripped.media, "metadata_left_out": "no" if stripped.left else "yes", "words": words,
    }  # fmt: skip
    return derived(case_id, made, item.item, "without_metadata", said, HOLDFAST, at)
