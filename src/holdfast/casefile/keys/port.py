"""What whoever keeps key-encryption keys can do: two questions, and no third.

- A key-encryption key never leaves its keeper's hands through this: a case's own key goes in and comes out.
- What is wrapped for one case opens for that case alone: its identifier is bound in.
"""

from typing import Protocol
from uuid import UUID


class KeyKeeper(Protocol):
    """A key ring file, or a key service elsewhere."""

    def wrap(self, case_id: UUID, key: bytes) -> tuple[str, bytes]:
        """The name of the key that wraps, and the case's key of 32 bytes wrapped by it; CannotKeep where it cannot."""
        ...

    def unwrap(self, case_id: UUID, name: str, wrapped: bytes) -> bytes:
        """The case's own key again, or CannotKeep, which says whether to wait or to put a key back."""
        ...
