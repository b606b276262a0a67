"""A small vault for tests: a case, its key, a folder for items and one for what comes in."""

import io
import os
import secrets
from pathlib import Path
from typing import NamedTuple
from uuid import UUID
from uuid import uuid4

from holdfast.vault.intake import Intake
from holdfast.vault.reading import Item
from holdfast.vault.sealed import NONCE
from holdfast.vault.sealed import Sealed
from holdfast.vault.store import FolderStore
from holdfast.vault.store import Store
from holdfast.vault.taking import Taken
from holdfast.vault.taking import take


class Vault(NamedTuple):
    """Where, and for which case."""

    folder: Path
    store: Store
    case: UUID
    key: bytes

    def intake(self, item: UUID) -> Intake:
        """An item on its way in."""
        return Intake(self.folder / "intake", self.store, case=self.case, item=item, case_key=self.key)

    def take(self, content: bytes, item: UUID | None = None) -> Taken:
        """Takes it in at once."""
        item = item or uuid4()
        return take(
            io.BytesIO(content), self.store, self.folder / "intake", case=self.case, item=item, case_key=self.key
        )

    def item(self, item: UUID) -> Item:
        """To be read."""
        return Item(self.store, self.case, item, self.key)

    def path(self, item: UUID) -> Path:
        """The sealed file."""
        return self.folder / "items" / item.hex[:2] / f"{item}.hfv"


def a_vault(folder: Path) -> Vault:
    """An empty one."""
    (folder / "intake").mkdir(parents=True)
    return Vault(folder, FolderStore(folder / "items"), uuid4(), secrets.token_bytes(32))


def fresh(vault: Vault, item: UUID) -> Sealed:
    """A key for an item."""
    return Sealed.new(vault.case, item, vault.key, key=secrets.token_bytes(32), nonce=secrets.token_bytes(NONCE))


def some(size: int) -> bytes:
    """So many bytes of chance."""
    return os.urandom(size)
