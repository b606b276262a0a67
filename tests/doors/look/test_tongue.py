"""The strip above each page is said in checked words or in English, whatever a catalogue holds under other ids."""

from django.template import Context
from django.template import Template

from holdfast.doors.look.languages import DANGER
from holdfast.doors.look.languages import FRAME
from holdfast.doors.look.languages import STRIP
from holdfast.law.language import Row
from holdfast.law.language import Tongue


def strip(rows: dict[tuple[str, str], Row]) -> str:
    given = Template(f'{{% load tongue %}}{{% say_plain "{DANGER}" %}}')
    return given.render(Context({"tongue": Tongue("pl", rows, drafts=True)}))


def test_a_draft_of_the_frame_never_stands_in_for_the_strip() -> None:
    draft = Row(("Teraz w niebezpieczeństwie",), "draft")
    assert strip({(FRAME, DANGER): draft}) == DANGER
    assert strip({(STRIP, DANGER): draft}) == DANGER
    assert strip({(STRIP, DANGER): draft._replace(state="reviewed")}) == draft.texts[0]
