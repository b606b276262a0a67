"""What looking into an item found: values alone. The door that asked writes them into entries of the same names."""

from datetime import datetime
from typing import Literal
from typing import NamedTuple

Why = Literal[
    "active_content", "disguised", "malware_found", "not_scanned", "archive", "too_large_to_open", "damaged"
]  # the reasons of ItemHeld, but for the ways of not knowing
Credentials = Literal["signed", "edited_since", "none", "not_looked_at"]


Scanned = Literal["nothing_found", "found", "no_scanner", "too_large", "not_answered"]  # nothing found is never 'safe'


class Metadata(NamedTuple):
    """What an item says of itself beside its content (nobody checked it), and what looking into it came to."""

    made: datetime | None = None  # None also where it names a time without a time zone: `found` has it
    made_with: str = ""  # at most 300 characters
    place: str = ""  # 'latitude, longitude' in degrees (WGS 84), with the height where it is told
    credentials: Credentials = "not_looked_at"
    found: str = ""  # JSON: a list of [name, value], both text; '' where there was nothing
    scanned: Scanned = "no_scanner"
    scanned_by: str = ""  # the scanner with its version, and what it answered
    told: str = ""  # what holds nothing up and a reader should know, a sentence a line: why there is no preview


class Made(NamedTuple):
    """A picture made from an item: pixels alone, upright, with nothing beside them."""

    how: Literal["preview", "thumbnail"]
    media: str
    content: bytes
    words: str  # its size in pixels
    metadata_left_out: Literal["yes"] = "yes"


class Found(NamedTuple):
    """What an item is by its content, why it must be held, what it carries, and the pictures made from it."""

    media: str  # a media type; '' where nothing recognised it
    held: tuple[tuple[Why, str], ...] = ()  # why, and what was found: at most 300 characters, no word of the content
    metadata: Metadata = Metadata()
    previews: tuple[Made, ...] = ()
