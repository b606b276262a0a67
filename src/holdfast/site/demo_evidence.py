"""Small items for one invented case of the demo: drawn pictures and notes, taken in as any other. For the demo alone.

No picture shows anybody: each is a plate of colour with a scale and the word 'invented' on it.
"""

import io
from collections.abc import Iterator
from datetime import datetime
from datetime import timedelta
from typing import Any
from typing import NamedTuple
from uuid import UUID
from uuid import uuid4

from holdfast.record.entry import By

CASE = "Running now"
_OFFICER, _SURVIVOR, _CONTROL = By("officer", "pc-4471"), By("survivor"), By("call_taker", "ct-214")
_NOTE = (
    "INVENTED. Note of what was said at the door.\n\n"
    "22:41  Neighbour at number 4: heard shouting and glass, then a child calling.\n"
    "22:44  The same neighbour will make a statement. Prefers to be rung after six.\n"
)
_MESSAGES = (
    "INVENTED. Three messages, copied by hand.\n\n19:02  Where are you\n19:03  Answer me\n19:11  You will be sorry\n"
)


class _Given(NamedTuple):
    content: bytes
    by: By
    minutes_ago: int
    said: dict[str, Any]


def take_in_evidence(case_id: UUID, now: datetime) -> int:
    """Takes the items into a case that has none; how many."""
    from holdfast.casefile.reading import read_case
    from holdfast.doors.evidence.recording import took
    from holdfast.vault.items import items_of
    from holdfast.vault.place import intake_folder
    from holdfast.vault.place import key_of
    from holdfast.vault.place import store
    from holdfast.vault.taking import take

    if items_of(read_case(case_id).entries):
        return 0
    key, count = key_of(case_id), 0
    for given in _items(now):
        taken = take(
            io.BytesIO(given.content), store(), intake_folder(), case=case_id, item=uuid4(), case_key=key,
            durable=False,
        )  # fmt: skip
        took(case_id, taken, given.said, by=given.by, at=now - timedelta(minutes=given.minutes_ago))
        count += 1
    return count


def _items(now: datetime) -> Iterator[_Given]:
    made = (now - timedelta(minutes=1530)).isoformat()
    injury = {"what": "injury_photograph", "source": "officer", "made": made, "light": "Ceiling lamp and flash",
              "present": "pc-4471, pc-5120", "named": "IMG_0001.JPG"}  # fmt: skip
    lip = {**injury, "exhibit": "EX/4471/1", "words": "Cut to the lower lip", "body": ["front.face"], "scale": "yes"}
    arm = {**injury, "exhibit": "EX/4471/2", "words": "Red marks on the left upper arm",
           "body": ["front.left_upper_arm", "back.left_upper_arm"], "scale": "yes"}  # fmt: skip
    yield _Given(_picture("A lip (invented)", "#7d5a5a"), _OFFICER, 1525, lip)
    yield _Given(_picture("A left upper arm (invented)", "#8a6f63"), _OFFICER, 1524, arm)
    scene = {"what": "scene_photograph", "source": "officer", "exhibit": "EX/4471/3", "made": made,
             "words": "The telephone in pieces, kitchen floor", "named": "IMG_0003.JPG"}  # fmt: skip
    yield _Given(_picture("A kitchen floor (invented)", "#5b6a72"), _OFFICER, 1520, scene)
    note = {"what": "document", "source": "officer", "words": "Note of what the neighbour said", "named": "note.txt"}
    yield _Given(_NOTE.encode(), _OFFICER, 1500, note)
    letter = {"what": "document", "source": "relative_or_friend", "words": "A page saved from a site",
              "named": "page.html"}  # fmt: skip
    yield _Given(b"<!doctype html><title>Invented</title><script>1</script><p>Invented.", _OFFICER, 1400, letter)
    messages = {"what": "messages", "source": "survivor", "words": "Messages of that evening", "named": "messages.txt",
                "police_may_have": "now"}  # fmt: skip
    yield _Given(_MESSAGES.encode(), _SURVIVOR, 900, messages)


def _picture(words: str, colour: str) -> bytes:
    from PIL import Image
    from PIL import ImageDraw

    picture = Image.new("RGB", (800, 600), colour)
    pen = ImageDraw.Draw(picture)
    pen.text((40, 40), words.upper(), fill="white", font_size=36)
    for mark in range(11):  # a scale, as it would lie beside an injury
        pen.line([(60 + mark * 60, 520), (60 + mark * 60, 560 if mark % 5 else 580)], fill="white", width=3)
    pen.line([(60, 520), (660, 520)], fill="white", width=3)
    pen.text((60, 470), "cm", fill="white", font_size=24)
    made = io.BytesIO()
    picture.save(made, "JPEG", quality=80)
    return made.getvalue()
