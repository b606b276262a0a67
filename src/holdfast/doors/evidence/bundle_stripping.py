"""The copy of an item without what it carries beside its content: made, kept in the vault, and recorded as its own."""

import importlib
from datetime import datetime
from uuid import UUID

from holdfast.doors.evidence.recording import HOLDFAST
from holdfast.doors.evidence.recording import derived
from holdfast.doors.evidence.recording import keep_content
from holdfast.vault.items import KnownItem
from holdfast.vault.place import item_of


def make_without_metadata(case_id: UUID, item: KnownItem, at: datetime) -> KnownItem | None:
    """The copy, or None where none can be made of its kind. StoreFault, NotAnItem, OSError."""
    strip = importlib.import_module("holdfast.vault.stripping").without_metadata
    made = strip(item_of(case_id, item.item), item.media)
    if made is None:
        return None
    kept = keep_content(case_id, made.content)
    said = {"media": made.media, "metadata_left_out": made.metadata_left_out, "words": made.words}
    return derived(case_id, kept, item.item, "without_metadata", said, HOLDFAST, at)
