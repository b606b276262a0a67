"""Items of a real vault in a folder of the test, from bytes."""

import io
import os
import uuid
from pathlib import Path

from holdfast.vault.reading import Item
from holdfast.vault.store import FolderStore
from holdfast.vault.taking import take


def item_with(folder: Path, content: bytes) -> Item:
    """An item that holds this content, sealed in a store in the folder."""
    store, intake = FolderStore(folder / "items"), folder / "intake"
    intake.mkdir(exist_ok=True)
    case, number, key = uuid.uuid4(), uuid.uuid4(), os.urandom(32)
    take(io.BytesIO(content), store, intake, case=case, item=number, case_key=key, durable=False)  # type: ignore[arg-type]
    return Item(store, case, number, key)
