"""What was added behind the survivor's words: ended together when new words are given and nobody asked to keep it.

Whoever had the old words could have added a passkey of their own, or named themselves.
"""

from datetime import datetime

from holdfast.access.ways_in.kept import PASSKEY
from holdfast.access.ways_in.kept import ways_of
from holdfast.access.ways_in.passkeys import end_passkey
from holdfast.access.ways_in.supporters import end_supporter
from holdfast.access.ways_in.supporters import supporters
from holdfast.casefile.reading import CaseFile
from holdfast.record.entry import By


def end_added(file: CaseFile, *, by: By, at: datetime) -> None:
    """Ends the passkeys and the supporters of a case, and records it."""
    for way in ways_of(file.id, PASSKEY, at):
        end_passkey(file, way.pk, by=by, at=at, reason="new_words")
    for each in supporters(file, at):
        end_supporter(file, each.entry.number, by=by, at=at, reason="not_safe")
