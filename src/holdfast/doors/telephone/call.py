"""One call, from its INVITE until its caller is gone: what the signalling, the sound, the stage and the record share.

It is never ended from here. It is over when the caller's end says so, or when nothing of it answers any more.
"""

import asyncio
import logging
import time
from collections.abc import Iterable
from concurrent.futures import Executor

import numpy as np

from holdfast.doors.telephone.dialog import Dialog
from holdfast.doors.telephone.g711 import RATE
from holdfast.doors.telephone.g711 import heard
from holdfast.doors.telephone.g711 import written
from holdfast.doors.telephone.hearing import HOP
from holdfast.doors.telephone.hearing import Ear
from holdfast.doors.telephone.hearing import Heard
from holdfast.doors.telephone.hearing import Unheard
from holdfast.doors.telephone.hearing import tone_of
from holdfast.doors.telephone.leg import Leg
from holdfast.doors.telephone.line import Line
from holdfast.doors.telephone.pressed import Pressed
from holdfast.doors.telephone.prompts import Prompts
from holdfast.doors.telephone.recording import Recording
from holdfast.doors.telephone.stage import Act
from holdfast.doors.telephone.stage import Hush
from holdfast.doors.telephone.stage import Stage
from holdfast.doors.telephone.stage import Tell
from holdfast.doors.telephone.telling import Telling
from holdfast.doors.telephone.through import Through
from holdfast.law.answering import Answering

SETTLED = 480  # samples: packets that change places within 60 ms are put right before the sound is listened to
RECORDED = 2_400  # samples: and within 300 ms before it is sealed
KEY_HEARD = 0.16  # seconds for which a call taker hears a key that came beside the sound
EVERY = 2.0  # seconds of sound that a stopped process may lose, and a little
_log = logging.getLogger("holdfast.telephone")


class Call:
    """`began` is the time since 1970 at which it came."""

    def __init__(
        self, dialog: Dialog, law: str, rule: Answering | None, prompts: Prompts, recording: Recording,
        telling: Telling, began: float,
    ):  # fmt: skip
        self.dialog, self.telling, self.began = dialog, telling, began
        self._zero = time.monotonic() - max(0.0, time.time() - began)
        self.line = Line(law, self.now, self._pressed)
        self.invite = ""  # the transaction that its ACK ends
        self.acknowledged = False
        self.came_from = ("", 0)  # the proxy
        self.asked_at = 0.0  # when it was last asked whether anybody is there
        self.over = ""
        self.version = 1  # of our description of the sound
        self.number = ""  # where it comes from, as the proxy says
        self.pressed_at = 0.0  # when the newest key was pressed
        self.leg: Leg | None = None  # the call taker who is connected
        self._rule, self._stage, self._prompts = rule, Stage(rule), prompts
        self._ear = Ear()
        self._recording, self._recorded, self._kept_at = recording, 0, 0.0
        self._keeping: asyncio.Future[int] | None = None
        self._words = False

    def now(self) -> float:
        """Seconds since the call came, by a clock that nobody sets."""
        return time.monotonic() - self._zero

    def begin(self) -> None:
        """The line is open: says what is to be said."""
        self._act(self._stage.begin())

    def speak(self) -> None:
        """Each 20 ms: sends what is due, and lets time pass for the stage."""
        now, saying = self.now(), self.line.saying
        self.line.speak(now)
        if saying and not self.line.saying:
            self._stage.said(now, words=self._words)
        self._act(self._stage.tick(now, on_record=self.telling.on_record))
        if self.leg:
            self.leg.speak()

    @property
    def for_a_person(self) -> bool:
        """Whether somebody is to speak with the caller as soon as one can."""
        return self._stage.for_a_person

    def connect(self, leg: Leg, said: dict[str, int]) -> None:
        """A call taker's telephone was answered: sound goes both ways, and what we say gives way to it."""
        now = self.now()
        self._act(self._stage.person(now))
        self.leg = leg
        self.line.through = Through(leg.line.theirs, self.line.law)
        leg.line.through = Through(self.line.theirs, self.line.law)
        self.telling.tell("CallTakerConnected", said, now)

    def disconnect(self, why: str) -> bool:
        """The call taker is gone. The caller is not. False where none was there."""
        if self.leg is None:
            return False
        self.leg = self.line.through = None
        self._stage.alone()
        self.telling.tell("CallTakerDisconnected", {"why": why}, self.now())
        return True

    def unheard(self) -> Unheard | None:
        """The sound that has settled and was not listened to yet, None where there is none."""
        hops = (self.line.theirs.settled(int(self.now() * RATE), SETTLED, RATE) - self._ear.at) // HOP
        if hops <= 0:
            return None
        begin = max(self._ear.at, self.line.theirs.start)
        sound, there = self.line.theirs.read(begin, begin + hops * HOP)
        whole = len(sound) // HOP * HOP
        self._ear.at = begin
        if not whole:
            return None
        return self._ear, heard(sound[:whole], self.line.law), np.frombuffer(there[:whole], np.uint8)

    def listened(self, found: Iterable[Heard]) -> None:
        """What was heard in it."""
        for each in found:
            if each.what in ("short", "long"):
                self._act(self._stage.sound(each.what, each.at))
            elif pressed := self.line.keys.tone(each.what, each.at):
                self._pressed(pressed)

    def message(self, key: str) -> None:
        """A key in a message beside the call."""
        self._pressed(self.line.keys.message(key, self.now()))

    def record(self, threads: Executor) -> None:
        """Takes the sound that has settled; each two seconds it is sealed, by a thread."""
        self._take(self.line.theirs.settled(int(self.now() * RATE), RECORDED, 2 * RATE))
        busy = self._keeping is not None and not self._keeping.done()
        if self.telling.case is None or busy or self.now() - self._kept_at < EVERY:
            return
        self._kept_at = self.now()
        asked = asyncio.get_running_loop().run_in_executor(
            threads, self._recording.keep, self.telling.case, self.line.lost
        )
        asked.add_done_callback(_tell_of_failing)
        self._keeping = asked

    def gone(self, why: str, how: str) -> bool:
        """The caller has gone, or nothing answers any more. False where that was known."""
        if self.over:
            return False
        self.over = why
        self.disconnect(why)
        now = self.now()
        self._act(self._stage.end(now))
        self.telling.tell("CallCutOff", {"how": how}, now)
        self.telling.end()
        self._take(int(now * RATE))
        self.line.close()
        return True

    async def finish(self, threads: Executor) -> bool:
        """After the end, once all is written: makes the recording an item. Whether nothing is left to do."""
        if self._keeping is not None:
            await asyncio.wait([self._keeping])
        case = self.telling.case
        if case is None:
            return False
        try:
            return await asyncio.get_running_loop().run_in_executor(
                threads, self._recording.end, case, self.line.lost, self.over
            )
        except Exception as fault:  # noqa: BLE001 it stays sealed where it is, and is tried again
            _log.error("a recording was not finished and will be tried again (%s)", type(fault).__name__)
            return False

    def _take(self, until: int) -> None:
        line = self.line
        if until <= self._recorded:
            return
        begin = max(self._recorded, line.theirs.start)
        theirs, _ = line.theirs.read(begin, until)
        ours, _ = line.ours.read(max(begin, line.ours.start), until)
        count = min(len(theirs), len(ours))
        both = np.empty((count, 2), np.uint8)
        both[:, 0], both[:, 1] = np.frombuffer(theirs[:count], np.uint8), np.frombuffer(ours[:count], np.uint8)
        self._recording.add(both.tobytes())
        self._recorded = begin + count
        line.theirs.let_go(min(self._recorded, self._ear.at))
        line.ours.let_go(self._recorded)

    def _pressed(self, pressed: Pressed) -> None:
        self.pressed_at = pressed.at
        if self.leg and pressed.heard_as != "tone_in_the_sound":  # else nobody would hear it
            sound = (tone_of(pressed.key, KEY_HEARD) * 32_767).astype(np.int16)
            self.leg.line.say(written(sound, self.line.law))
        self._act(self._stage.key(pressed))

    def _act(self, acts: Iterable[Act]) -> None:
        for act in acts:
            if isinstance(act, Tell):
                self.telling.tell(act.kind, act.fields, act.at)
            elif isinstance(act, Hush):
                self.line.say(b"")
            elif self._rule:
                named = {"prompt": self._rule.says, "after": self._rule.after}
                words = named[act.name] if act.name in named else self._rule.questions[int(act.name)].says
                sound, self._words = self._prompts.sound(words, self.line.law)
                self.line.say(sound)


def _tell_of_failing(asked: "asyncio.Future[int]") -> None:
    if asked.cancelled():
        return
    fault = asked.exception()
    if fault is not None:
        _log.error("sound could not be sealed and is tried again (%s)", type(fault).__name__)
