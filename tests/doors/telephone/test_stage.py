"""What is said and recorded on a silent call, under the packs' own rules, by a clock that the test holds."""

from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import example
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from holdfast.doors.telephone.point import rules_of
from holdfast.doors.telephone.pressed import Pressed
from holdfast.doors.telephone.stage import Hush
from holdfast.doors.telephone.stage import Say
from holdfast.doors.telephone.stage import Stage
from holdfast.doors.telephone.stage import Tell
from holdfast.law.answering import Answering
from holdfast.law.public import Route
from holdfast.law.reading import read_yaml
from holdfast.record.kind import read_fields
from holdfast.record.kinds import KINDS

PACKS = Path(__file__).parents[3] / "packs"


@cache
def rules(pack: str) -> dict[str, Answering]:
    """What a place says itself, read from its own file."""
    listed = read_yaml(PACKS / pack / "emergency.yaml", [])["emergency"]
    return rules_of(msgspec.convert(listed, tuple[Route, ...]))


class Played:
    """A stage with a caller on it."""

    def __init__(self, pack: str, line: str = "mobile"):
        self.stage = Stage(rules(pack).get(line))
        self.at, self.said, self.told = 0.0, [], []
        self.hushed = False
        self._take(self.stage.begin())

    def over(self, *, words: bool = True) -> None:
        """What was being said is over."""
        self.at += 5
        self.stage.said(self.at, words=words)

    def press(self, keys: str) -> None:
        for key in keys:
            self.at += 0.4
            self._take(self.stage.key(Pressed(key, "telephone_event", self.at)))

    def tap(self) -> None:
        self.at += 0.4
        self._take(self.stage.sound("short", self.at))

    def noise(self) -> None:
        self._take(self.stage.sound("long", self.at))

    def wait(self, seconds: float, *, on_record: bool = True) -> None:
        until = self.at + seconds
        while self.at < until:
            self.at += 0.5
            self._take(self.stage.tick(self.at, on_record=on_record))

    def speaks(self) -> None:
        """A person can speak with them."""
        self._take(self.stage.person(self.at))

    def leave(self) -> None:
        self._take(self.stage.end(self.at))

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [fields for name, fields in self.told if name == kind]

    def _take(self, acts: Any) -> None:
        for act in acts:
            if isinstance(act, Say):
                self.said.append(act.name)
            elif isinstance(act, Hush):
                self.hushed = True
            elif isinstance(act, Tell):
                read_fields(KINDS[act.kind], act.fields)  # it can be recorded
                self.told.append((act.kind, act.fields))


def test_55_is_told_at_once_also_while_the_prompt_is_said() -> None:
    played = Played("england-and-wales")
    played.press("55")
    assert played.told == [
        ("KeysPressed", {"keys": "55", "heard_as": "telephone_event", "means": "asks_for_police"}),
        ("SilentCallHandled", {"prompt_played": "yes", "answered_by": "pressed_55", "passed_to": "call_taker"}),
    ]


def test_55_says_no_place_and_promises_nobody() -> None:
    played = Played("england-and-wales")
    played.press("55")
    played.wait(200)
    assert {kind for kind, _ in played.told} <= {"KeysPressed", "SilentCallHandled", "QuestionPlayed"}
    words = " ".join(rules("england-and-wales")["mobile"].after.split())
    assert "may not know where you are" in words
    assert "nobody has said yet that officers will come" in words


def test_nothing_pressed_follows_the_pack_and_the_line_stays_open() -> None:
    played = Played("england-and-wales")
    played.over()
    played.wait(19)
    assert played.told == []
    played.wait(2)
    assert [fields["answered_by"] for fields in played.of("SilentCallHandled")] == ["nothing"]
    played.wait(1)
    assert played.said == ["prompt", "after"]
    played.over()
    played.wait(3_600)
    assert played.stage.state == "open"
    played.press("55")  # an hour later it still counts
    assert played.of("SilentCallHandled")[-1]["answered_by"] == "pressed_55"


def test_a_noise_is_said_to_be_one_and_no_answer() -> None:
    played = Played("england-and-wales")
    played.over()
    played.noise()
    played.wait(25)
    assert [fields["answered_by"] for fields in played.of("SilentCallHandled")] == ["noise_heard"]


def test_what_sounds_while_the_prompt_is_said_is_no_tap() -> None:
    played = Played("england-and-wales")
    played.tap()
    assert played.told == []
    played.over()
    played.tap()
    assert [fields["answered_by"] for fields in played.of("SilentCallHandled")] == ["tap_or_cough"]


def test_questions_are_answered_by_any_key_or_tap_and_silence_is_not_known() -> None:
    played = Played("england-and-wales")
    played.press("55")
    answers = []
    for act in (played.tap, lambda: played.press("1"), lambda: None, lambda: None):
        played.wait(3)
        played.over()
        act()
        played.wait(10)
        answers.append((played.of("QuestionPlayed")[-1]["answer"], played.of("QuestionPlayed")[-1]["heard"]))
    assert answers == [("yes", "tap_or_cough"), ("yes", "keys"), ("not_known", "nothing"), ("not_known", "nothing")]
    assert played.said == ["prompt", "0", "1", "2", "3", "after"]
    assert "no" not in [fields["answer"] for fields in played.of("QuestionPlayed")]


def test_5_is_no_in_massachusetts_and_55_means_nothing_there() -> None:
    played = Played("us-massachusetts", "landline")
    played.press("55")
    played.wait(4)
    assert played.of("KeysPressed") == [{"keys": "55", "heard_as": "telephone_event", "means": "not_known"}]
    assert "pressed_55" not in [fields["answered_by"] for fields in played.of("SilentCallHandled")]
    played.press("1")
    assert played.of("KeysPressed")[-1]["means"] == "asks_for_police"
    played.wait(3)
    played.over()
    played.press("5")
    assert played.of("QuestionPlayed")[-1]["answer"] == "no"
    played.wait(3)
    played.over()
    played.press("4")
    assert played.of("QuestionPlayed")[-1]["answer"] == "yes"


def test_nothing_pressed_in_massachusetts_leaves_the_federal_duty_open() -> None:
    played = Played("us-massachusetts")
    played.over()
    played.noise()
    played.wait(60)
    assert played.told == []


def test_new_zealand_says_it_twice_and_a_landline_takes_any_key() -> None:
    mobile, landline = Played("new-zealand"), Played("new-zealand", "landline")
    for played in (mobile, landline):
        played.over()
        played.wait(11)
        assert played.said == ["prompt", "prompt"]
        played.over()
        played.press("7")
    assert mobile.of("KeysPressed") == []
    assert landline.of("SilentCallHandled")[0]["answered_by"] == "other_keys"
    mobile.wait(4)
    assert mobile.of("SilentCallHandled")[0]["answered_by"] == "other_keys"


@pytest.mark.parametrize(
    ("pack", "line"), [("ontario", "mobile"), ("united-states", "mobile"), ("england-and-wales", "landline")]
)
def test_where_there_is_no_stage_nothing_is_said_and_nothing_is_taken_as_handled(pack: str, line: str) -> None:
    played = Played(pack, line)
    played.tap()
    played.wait(120)
    played.press("55")
    played.wait(5)
    assert played.said == []
    assert played.told == [("KeysPressed", {"keys": "55", "heard_as": "telephone_event", "means": "not_known"})]


def test_that_the_call_is_with_somebody_is_said_only_once_it_is_on_the_record() -> None:
    played = Played("new-zealand")
    played.press("55")
    played.wait(60, on_record=False)
    assert played.said == ["prompt"]
    played.wait(2)
    assert played.said == ["prompt", "after"]


def test_keys_that_were_pressed_before_the_line_was_lost_are_told() -> None:
    played = Played("england-and-wales")
    played.press("5")
    played.leave()
    assert played.of("KeysPressed")[0]["keys"] == "5"


def test_a_call_is_a_persons_from_its_first_answer_or_when_nothing_was_answered() -> None:
    pressed, silent = Played("england-and-wales"), Played("us-massachusetts")
    assert not pressed.stage.for_a_person
    pressed.press("55")
    assert pressed.stage.for_a_person
    silent.over()
    silent.wait(2)
    assert not silent.stage.for_a_person  # it is listened to still
    silent.wait(60)
    assert silent.stage.for_a_person
    assert Played("ontario").stage.for_a_person  # no stage: at once


def test_while_a_person_speaks_nothing_is_said_and_keys_are_told_and_a_sound_is_no_tap() -> None:
    played = Played("england-and-wales")
    played.press("55")
    played.wait(3)
    played.over()
    played.press("5")  # an answer to the first question
    played.wait(3)
    before = list(played.said)
    played.speaks()
    assert played.hushed
    for _ in range(3):
        played.tap()
        played.press("1")
        played.wait(30)
    assert played.said == before
    assert "".join(fields["keys"] for fields in played.of("KeysPressed")).count("1") == 3
    assert [fields["answered_by"] for fields in played.of("SilentCallHandled")] == ["pressed_55"]
    played.stage.alone()
    played.wait(60)
    assert (played.said, played.stage.state) == (before, "open")
    assert played.stage.for_a_person


def test_an_answer_that_was_heard_as_a_person_came_is_told() -> None:
    played = Played("us-massachusetts")
    played.press("1")
    played.wait(3)
    played.over()
    played.press("9")  # neither yes nor no, and told with the question
    played.speaks()
    assert played.of("QuestionPlayed")[-1]["keys"] == "9"


@settings(max_examples=150, deadline=None)
@given(
    pack=st.sampled_from(["england-and-wales", "new-zealand", "us-massachusetts", "ontario"]),
    line=st.sampled_from(["mobile", "landline", "not_known"]),
    acts=st.lists(
        st.sampled_from(["over", "tap", "noise", "speaks", "alone", "wait", "long", "5", "55", "4", "1", "#"]),
        max_size=40,
    ),
)
@example(pack="england-and-wales", line="mobile", acts=["55", "over", "wait", "5", "over", "tap"])  # during a question
@example(pack="england-and-wales", line="mobile", acts=["over", "tap", "long", "4", "over", "55"])  # and before 55
def test_whatever_comes_no_key_is_lost_and_no_silence_is_a_no(pack: str, line: str, acts: list[str]) -> None:
    played, pressed = Played(pack, line), ""
    for act in acts:
        if act in ("over", "tap", "noise", "speaks"):
            getattr(played, act)()
        elif act == "alone":
            played.stage.alone()
        elif act in ("wait", "long"):
            played.wait(1 if act == "wait" else 30)
        else:
            played.press(act)
            pressed += act
    played.leave()
    told = "".join(fields["keys"] for kind, fields in played.told if kind in ("KeysPressed", "QuestionPlayed"))
    assert all(told.count(key) >= pressed.count(key) for key in set(pressed))
    for fields in played.of("QuestionPlayed"):
        assert fields["answer"] != "no" or fields["keys"].endswith("5")
    ways = [fields["answered_by"] for fields in played.of("SilentCallHandled")]
    assert len(ways) == len(set(ways))
