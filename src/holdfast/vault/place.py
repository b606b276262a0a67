"""Where this installation's vault is, and with which key a case's items are sealed."""

from pathlib import Path
from uuid import UUID

from django.conf import settings

from holdfast.casefile.state import state_of
from holdfast.casefile.store import reading
from holdfast.vault.reading import Item
from holdfast.vault.store import FolderStore
from holdfast.vault.store import Store


def store() -> Store:
    """The store of sealed items that HOLDFAST_VAULT names; the folder `vault` beside the database where it is empty."""
    return FolderStore(_folder() / "items")


def intake_folder() -> Path:
    """Where items lie, sealed, while they come in: always on this machine."""
    folder = _folder() / "intake"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def key_of(case_id: UUID) -> bytes:
    """The case's own key, or NoSuchCase, CaseErased, CannotKeep. Whoever calls has asked `access` first."""
    with reading() as connection:
        return state_of(connection, case_id).key


def item_of(case_id: UUID, item: UUID) -> Item:
    """An item of a case, to be read; NoSuchItem, StoreFault or NotAnItem. Whoever calls has asked `access` first."""
    return Item(store(), case_id, item, key_of(case_id))


def _folder() -> Path:
    return Path(settings.HOLDFAST_DATA) / "vault"
