"""What of a file stays when what it carries beside its content goes: a value, and nothing is copied yet."""

from typing import NamedTuple

Segment = tuple[int, int] | bytes  # from one place of the file to another (not included), or bytes of ours


class Without(NamedTuple):
    """The segments that stay, one after another; what was left out and what could not be, in words."""

    segments: tuple[Segment, ...]
    left_out: tuple[str, ...]
    left: tuple[str, ...] = ()
