"""How reading a chain or its checkpoints may end: one closed list, each with what it means for the case.

A name here is part of the format: test vectors are named by it, other programs read it, and it never changes.
"""

from enum import StrEnum


class Outcome(StrEnum):
    """The one way in which reading ended. Only SOUND is good."""

    SOUND = "sound"

    # One entry, or its place in the chain
    ALTERED_ENTRY = "altered_entry"
    UNREADABLE_HEADER = "unreadable_header"
    UNKNOWN_FORMAT = "unknown_format"
    NON_CANONICAL_HEADER = "non_canonical_header"
    WRONG_CASE = "wrong_case"
    MISSING_ENTRY = "missing_entry"
    REPEATED_ENTRY = "repeated_entry"
    OUT_OF_ORDER = "out_of_order"
    BROKEN_LINK = "broken_link"
    REPEATED_NONCE = "repeated_nonce"
    UNKNOWN_KIND = "unknown_kind"
    UNKNOWN_ROLE = "unknown_role"

    # The words of an entry
    DOES_NOT_OPEN = "does_not_open"
    UNREADABLE_BODY = "unreadable_body"
    ERASED = "erased"

    # The chains against the checkpoints
    SHORTER_THAN_CHECKPOINT = "shorter_than_checkpoint"
    DIFFERS_FROM_CHECKPOINT = "differs_from_checkpoint"
    CASE_MISSING = "case_missing"

    # The checkpoints themselves
    UNREADABLE_CHECKPOINT = "unreadable_checkpoint"
    NOT_SIGNED = "not_signed"
    BAD_SIGNATURE = "bad_signature"
    WRONG_ORIGIN = "wrong_origin"
    CHECKPOINT_MISSING = "checkpoint_missing"
    CHECKPOINT_REPEATED = "checkpoint_repeated"
    CHECKPOINT_ALTERED = "checkpoint_altered"
    CHECKPOINT_ROLLED_BACK = "checkpoint_rolled_back"


MEANINGS: dict[Outcome, str] = {
    Outcome.SOUND: "Nothing was changed, taken out, put in or moved.",
    Outcome.ALTERED_ENTRY: "The stored bytes of an entry are not those that were recorded.",
    Outcome.UNREADABLE_HEADER: "The header of an entry cannot be read.",
    Outcome.UNKNOWN_FORMAT: "An entry is in a format that this version does not know.",
    Outcome.NON_CANONICAL_HEADER: "The header of an entry is written in a way that Holdfast never writes.",
    Outcome.WRONG_CASE: "An entry belongs to another case.",
    Outcome.MISSING_ENTRY: "An entry was taken out, or the case has no entry at all.",
    Outcome.REPEATED_ENTRY: "An entry's number stands twice.",
    Outcome.OUT_OF_ORDER: "The entries are all there, but not in their order.",
    Outcome.BROKEN_LINK: "An entry does not follow from the entry before it: one of the two was replaced.",
    Outcome.REPEATED_NONCE: "Two entries were sealed with one nonce: their words are no longer well sealed.",
    Outcome.UNKNOWN_KIND: "An entry is of a kind that this version does not know.",
    Outcome.UNKNOWN_ROLE: "An entry was recorded in a role that this version does not know.",
    Outcome.DOES_NOT_OPEN: "The words of an entry do not open with the case's key.",
    Outcome.UNREADABLE_BODY: "The words of an entry opened, and are not an entry of its kind.",
    Outcome.ERASED: "The case's key was destroyed: its words are erased, and cannot be had back.",
    Outcome.SHORTER_THAN_CHECKPOINT: "A signed checkpoint saw more entries in the case: its end was taken off.",
    Outcome.DIFFERS_FROM_CHECKPOINT: "A signed checkpoint saw another entry in this place: the case was written anew.",
    Outcome.CASE_MISSING: "A signed checkpoint saw a case that is no longer there.",
    Outcome.UNREADABLE_CHECKPOINT: "A checkpoint cannot be read.",
    Outcome.NOT_SIGNED: "A checkpoint is not signed with the key that was given.",
    Outcome.BAD_SIGNATURE: "A checkpoint's signature is false: its text was changed, or somebody else signed it.",
    Outcome.WRONG_ORIGIN: "A checkpoint is of another record.",
    Outcome.CHECKPOINT_MISSING: "A checkpoint was taken out.",
    Outcome.CHECKPOINT_REPEATED: "A checkpoint's number stands twice, or the checkpoints are not in their order.",
    Outcome.CHECKPOINT_ALTERED: "A checkpoint does not follow from the one before it: one of the two was replaced.",
    Outcome.CHECKPOINT_ROLLED_BACK: "A checkpoint says less of a case than one before it said.",
}
