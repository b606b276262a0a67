"""Signed checkpoints of every chain, written from time to time and copied to a second place."""

from datetime import datetime


def checkpoint_when_due(at: datetime) -> None:
    """Writes a checkpoint when enough was recorded or enough time went by."""
