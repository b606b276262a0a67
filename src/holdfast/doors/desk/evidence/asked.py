"""What is asked of an item before it is taken in, by what it is: no question that does not belong to it."""

from collections.abc import Mapping
from typing import NamedTuple


class Way(NamedTuple):
    """One thing to take in: what it is called, what is asked of it, and which files a device offers for it."""

    what: str
    name: str
    hint: str
    asks: tuple[str, ...]
    files: str = ""
    names: Mapping[str, str] = {}  # the questions, where they need other words here

    @property
    def camera(self) -> bool:
        """Whether an officer may make it with the device in their hand."""
        return self.what in ("injury_photograph", "scene_photograph")


WAYS = (
    Way("injury_photograph", "Photograph of an injury",
        "Of each: one from further away, one nearer, one close with a scale in it.",
        ("body", "words", "made", "light", "scale", "present"), "image/*",
        {"words": "Which injury, as it looks", "made": "Taken at"}),
    Way("scene_photograph", "Picture of the scene", "Rooms, doors, what was broken, before anything is moved.",
        ("words", "made", "light", "scale", "present"), "image/*,video/*",
        {"words": "What it shows, and where it was taken from", "made": "Taken at"}),
    Way("body_worn_video", "Body-worn video", "As a file. Kept in another system? Record its reference instead.",
        ("words", "made", "present"), "video/*", {"words": "Which part matters, and from which minute",
                                                  "made": "Recording began at"}),
    Way("statement_video", "Filmed statement", "Then record it under Statements, so that its times start.",
        ("words", "made", "present"), "video/*", {"words": "Whose, and about what", "made": "Recording began at"}),
    Way("call_recording", "Recording of the call", "Take it in before the control room deletes it.",
        ("words", "made", "source"), "audio/*", {"words": "What can be heard", "made": "Call began at"}),
    Way("medical_record", "Medical record", "Only with the survivor's consent, and only what the consent names.",
        ("consent", "words", "made", "source", "source_name"), "", {"words": "Which record"}),
    Way("screenshot", "Screenshots, messages, voicemail", "As they are on the device: nothing cut off.",
        ("words", "happened", "source", "source_name"), "",
        {"words": "From which number or account, to whom", "happened": "Sent at"}),
    Way("document", "Document", "A letter, an order, a note, a statement from elsewhere.",
        ("words", "made", "source", "source_name"), ""),
    Way("video", "Film or recording from somebody else", "A doorbell, a shop, a neighbour's telephone.",
        ("words", "happened", "made", "source", "source_name"), "video/*,audio/*"),
    Way("other", "Something else, as a file", "", ("words", "happened", "made", "source", "source_name"), ""),
)  # fmt: skip
BY_WHAT = {way.what: way for way in WAYS}
