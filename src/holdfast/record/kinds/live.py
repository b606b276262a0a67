"""Live from the scene: the link that was read out, the telephone that opened it, who watched, and how it ended.

`LiveLinkOffered` (call.py) says what came of the offer and stays as it is. One stream may become several items of the
vault: a broken line begins a new one. Each is an ItemTaken of its own.
"""

from typing import Annotated

from holdfast.record.field import Count
from holdfast.record.field import Item
from holdfast.record.field import When
from holdfast.record.field import YesNo
from holdfast.record.field import ask
from holdfast.record.field import choice
from holdfast.record.kind import Kind

Stream = Annotated[Item, ask("Number of the stream")]


class LiveLinkMade(Kind):
    """A one-time link was made to be read out, after asking whether it is safe to hold up the telephone."""

    stream: Stream
    safe: Annotated[YesNo, ask("Did they say that it is safe to hold up the telephone?")]
    until: Annotated[When, ask("When the link dies if nobody opens it")]


class LiveStarted(Kind):
    """A telephone opened the link and began to send what is around it."""

    stream: Stream
    picture: Annotated[YesNo, ask("Is there a picture?")] = "not_known"


class LiveWatched(Kind):
    """Somebody watched what was sent from the scene."""

    stream: Stream


class LiveEnded(Kind):
    """The link died, and with it what was sent."""

    stream: Stream
    why: Annotated[
        choice("stopped_on_the_telephone", "page_left", "stopped_by_control_room", "line_silent", "never_opened",
               "longest_time"),
        ask("Why?"),
    ]  # fmt: skip
    items: Annotated[tuple[Item, ...], ask("Items of the vault")] = ()
    began: Annotated[When | None, ask("First picture or sound")] = None
    ended: Annotated[When | None, ask("Last picture or sound")] = None
    missing: Annotated[Count | None, ask("Seconds in between that never arrived")] = None
