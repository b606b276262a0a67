"""A call handed to another control room: what was written out, and what of it the other side took.

`CallTransferredOut` and `TransferAccepted` (call.py) say that the call went and that somebody answered, and stay as
they are. What is compared is the document as it was sent, kept in `HandoverDocumentMade`.
"""

from typing import Annotated
from typing import ClassVar

from holdfast.record.field import Count
from holdfast.record.field import Digest
from holdfast.record.field import Document
from holdfast.record.field import Line
from holdfast.record.field import Reference
from holdfast.record.field import Words
from holdfast.record.field import YesNo
from holdfast.record.field import ask
from holdfast.record.field import choice
from holdfast.record.kind import Kind

# What nobody who drives there may be without.
Danger = choice(
    "threat_to_kill",
    "weapons",
    "order_in_force",
    "children",
    "strangled",
    "hurt",
    "suspect_there",
    "firearms",
    "code_word",
    "interpreter",
    "caution_on_contact",
    "place",
    "second_place",
)


class HandoverDocumentMade(Kind):
    """The call was written out as a document for another control room."""

    to_whom: Annotated[Line, ask("For which control room or force?")]
    document: Annotated[Reference, ask("Number of the document")]
    digest: Annotated[Digest, ask("Its hash")]
    kept: Annotated[Document, ask("The document, as it was written")]
    dangers: Annotated[tuple[Danger, ...], ask("Which dangers it tells of")] = ()


class TransferCompared(Kind):
    """What was sent was held against what the other control room took."""

    needs_about: ClassVar[bool] = True
    by_what: Annotated[
        choice("their_answer", "their_document", "read_back_by_telephone"), ask("What was it held against?")
    ]
    same: Annotated[Count | None, ask("How many parts arrived as they were sent?")] = None
    lost: Annotated[tuple[Line, ...], ask("Parts that did not arrive")] = ()
    weaker: Annotated[tuple[Line, ...], ask("Parts that arrived weaker than they were sent")] = ()
    changed: Annotated[tuple[Line, ...], ask("Parts that arrived changed")] = ()
    dangers_lost: Annotated[tuple[Danger, ...], ask("Dangers that did not arrive")] = ()
    kept: Annotated[Document, ask("What the other side sent, as it came")] = ""


class TransferLossFound(Kind):
    """A danger that was told did not arrive at the other control room."""

    needs_about: ClassVar[bool] = True
    dangers: Annotated[tuple[Danger, ...], ask("Which dangers?")]


class TransferLossAnswered(Kind):
    """Somebody told the other control room what had not arrived, and they said that they have it."""

    needs_about: ClassVar[bool] = True
    how: Annotated[choice("by_telephone", "by_radio", "new_document", "in_person"), ask("How were they told?")]
    they_have_it: Annotated[YesNo, ask("Did they read it back?")]
    accepted_by: Annotated[Line, ask("Who said so?")] = ""
    words: Annotated[Words, ask("What else was said")] = ""
