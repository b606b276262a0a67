"""What a survivor can give from their own page, one address for each, and the words of its page.

- What is said here of pictures (the whole part and then close, something that shows the size, good light, again as
  bruises come out) and of originals is what the facts of this project hold; no other advice is given.
- The law on recording is told by no pack yet, so whoever helps is named instead of a rule.
"""

from typing import NamedTuple


class Field(NamedTuple):
    """One field of a form beside its files: its name in the record (doors/evidence/said.py), and its words."""

    name: str
    label: str
    kind: str = "text"  # text, time or words


class Gift(NamedTuple):
    """One thing that can be given."""

    word: str  # its address
    what: str  # ItemTaken.what
    title: str
    about: str  # one line, on the list
    first: tuple[str, ...]  # what stands above the form
    fields: tuple[Field, ...]
    camera: str = ""  # the label of the control that opens the camera; '' for none
    choose: str = "Choose files"
    accept: str = ""


_WORDS = Field("words", "What it shows, in your own words", "words")
_WHO = Field("source_name", "Who sent it, as you call them")
_NUMBER = Field("number", "From which number or account")
_RECORDING = (
    "Whether you may record a call or a talk without saying so differs from place to place. We have no checked rule "
    "for yours: ask whoever helps you before you record."
)

GIFTS = (
    Gift(
        "picture",
        "injury_photograph",
        "A picture of an injury",
        "Taken now, or taken before",
        (
            "First the whole part of the body, then close.",
            "Close again with something beside it that shows the size: a ruler, a coin.",
            "In good light.",
            "Again on the days that follow: bruises may show better after some days.",
        ),
        (
            Field("happened", "When were you hurt?", "time"),
            Field("made", "When was the picture taken, if not now?", "time"),
            Field("words", "Which part of the body, and what happened", "words"),
        ),
        camera="Take a picture now",
        choose="Or choose pictures that you have",
        accept="image/*",
    ),
    Gift(
        "screen",
        "screenshot",
        "Pictures of messages",
        "Screenshots, with who, when and which number",
        ("Let the picture show the number or the name at the top, and the date, if it can.",),
        (_WHO, _NUMBER, Field("happened", "When did they come?", "time"), _WORDS),
        choose="Choose pictures",
        accept="image/*",
    ),
    Gift(
        "talk",
        "messages",
        "Whole conversations",
        "What WhatsApp, Facebook or a backup of texts gives out as a file",
        (
            "The file of WhatsApp (.txt or .zip), of a backup of texts (.xml), or of Facebook (.json, .zip).",
            "It is kept as it is, all of it. Choose only conversations that you want to give.",
        ),
        (_WHO, _NUMBER, _WORDS),
    ),
    Gift(
        "sound",
        "voice_recording",
        "A voicemail or a recording",
        "Something that can be heard",
        (_RECORDING,),
        (_WHO, _NUMBER, Field("happened", "When was it?", "time"), _WORDS),
        accept="audio/*,video/*,.amr,.m4a,.opus",
    ),
    Gift(
        "paper",
        "document",
        "A paper or a document",
        "A letter, a bill, an order",
        ("A file, or a picture of each page.",),
        (Field("happened", "Of when is it?", "time"), _WORDS),
        camera="Take a picture of a page",
        choose="Or choose files",
    ),
    Gift(
        "thing",
        "photograph",
        "Another picture or film",
        "Damage, a place, something that happened",
        (),
        (Field("happened", "When was it?", "time"), _WORDS),
        camera="Take a picture now",
        choose="Or choose pictures or films",
        accept="image/*,video/*",
    ),
)  # fmt: skip
GIFT_AT = {gift.word: gift for gift in GIFTS}

POLICE = (
    ("now", "Yes, now"),
    ("later", "Not yet. I will say when"),
    ("no", "No. It is kept for me"),
)
STANDS = {
    "now": "The police may have it.",
    "later": "The police may not have it yet.",
    "no": "The police may not have it.",
}
NOT_CHOSEN = "You have not chosen, so the police may not have it."
TAKEN_OVER = "The police have taken it over. What they may do with it can no longer be changed here: ask them."

# What an item is called on a page that somebody may read over a shoulder. Never by its file's name.
CALLED = {
    "injury_photograph": "Picture",
    "photograph": "Picture or film",
    "screenshot": "Picture of messages",
    "messages": "Conversation",
    "voice_recording": "Recording",
    "document": "Paper",
    "diary_note": "Note",
}


def called(what: str) -> str:
    """A neutral word for an item."""
    return CALLED.get(what, "File")


def size_in_words(size: int) -> str:
    """A size as a person reads it.

    >>> [size_in_words(size) for size in (0, 999, 1500, 48_200_000, 3_210_000_000)]
    ['0 bytes', '999 bytes', '2 kB', '48.2 MB', '3.2 GB']
    """
    if size < 1000:
        return f"{size} bytes"
    if size < 1_000_000:
        return f"{size / 1000:,.0f} kB"
    return f"{size / 1_000_000:,.1f} MB" if size < 1_000_000_000 else f"{size / 1_000_000_000:,.1f} GB"
