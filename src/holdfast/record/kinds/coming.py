"""What came from machines beside a call: where a telephone says it is and how surely, texts, and what nobody could read.

`LocationFound` and `TextSessionOpened` (call.py) stay as they are.
"""

from typing import Annotated

from holdfast.record.field import Count
from holdfast.record.field import Document
from holdfast.record.field import Line
from holdfast.record.field import Metres
from holdfast.record.field import Reference
from holdfast.record.field import When
from holdfast.record.field import Words
from holdfast.record.field import ask
from holdfast.record.field import choice
from holdfast.record.kind import Kind


class PositionMeasured(Kind):
    """A telephone or its network said how it worked out where the caller is, and how surely."""

    came_by: Annotated[choice("aml_text", "aml_data", "aml_https", "pidf_lo"), ask("How did it come?")]
    method: Annotated[choice("satellites", "wireless_network", "mobile_cells", "several", "none"), ask("Found by")] = (
        "not_known"
    )
    confidence: Annotated[Count | None, ask("How sure, of 100", hint="Of the circle, not of the middle.")] = None
    uncertainty: Annotated[Metres | None, ask("Within how many metres")] = None
    altitude: Annotated[Line, ask("Height in metres, and within how many")] = ""
    measured_at: Annotated[When | None, ask("When the telephone measured it, by its own clock")] = None
    clocks: Annotated[choice("agree", "telephone_behind", "telephone_ahead"), ask("Do its clock and ours agree?")] = (
        "not_known"
    )
    kept: Annotated[Document, ask("The message, as it came")] = ""


class TextMessageReceived(Kind):
    """A text came from the caller, or through somebody who relays for them."""

    words: Annotated[Words, ask("The text, as it came")]
    sent_by: Annotated[choice("caller", "relay", "interpreter", "control_room"), ask("Who wrote it?")] = "not_known"
    reference: Annotated[Reference, ask("Number of the message")] = ""


class UnreadMessageKept(Kind):
    """Something came that no machine could read, and a person put it to this case."""

    sender: Annotated[Line, ask("Who sent it?")]
    why: Annotated[Line, ask("Why could it not be read?")] = ""
    came_at: Annotated[When | None, ask("When did it come?")] = None
    times: Annotated[Count | None, ask("How often did the same come?")] = None
    kept: Annotated[Document, ask("What came; bytes that are no text are written in base64")] = ""
    words: Annotated[Words, ask("What it means")] = ""
