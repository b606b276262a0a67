"""The shapes of a pack: what `docs/formats/pack.md` describes, as frozen types.

- Unknown keys are refused, so that a misspelt key is a fault and not a silence.
- `Pack` is what the rest of Holdfast reads. It holds only data; how it is applied is in `duties`.
"""

from __future__ import annotations

from typing import Any
from typing import Literal

from holdfast.law.alarm import AlarmRule
from holdfast.law.calendars import Calendar
from holdfast.law.calendars import Days
from holdfast.law.call_script import CallScript
from holdfast.law.data import Authority
from holdfast.law.data import Data
from holdfast.law.data import InForce
from holdfast.law.data import Source
from holdfast.law.declaration import Declaration
from holdfast.law.instrument import Instrument
from holdfast.law.plate import Plate
from holdfast.law.public import GuidePage
from holdfast.law.public import Notice
from holdfast.law.public import Route
from holdfast.law.public import Service
from holdfast.law.public import Term
from holdfast.law.public import Way
from holdfast.law.retention import Retention

Stage = Literal[
    "call", "attendance", "report", "asking", "risk", "safeguarding", "suspect", "prosecution", "contact", "case"
]


class Trigger(Data, frozen=True):
    """An entry that starts, ends or lapses a duty. `about` matters to endings and lapses only."""

    kind: str
    fields: dict[str, Any] = {}
    about: Literal["started", "any"] = "started"


class Alternative(Data, frozen=True):
    """One of several limits, with the condition under which it holds."""

    limit: str
    when: dict[str, Any] = {}


class Alarm(Data, frozen=True):
    """When staff are rung about a limit that the law puts in words. Always our own standard."""

    within: str


class Chase(Data, frozen=True):
    """Who chases a duty owed by somebody who does not sign in."""

    by: str
    staff: str
    within: str


class Pause(Data, frozen=True, rename={"from_": "from"}):
    """Between two kinds of entry the clock stands still."""

    from_: str
    until: str


class StartsAt(Data, frozen=True):
    """The clock waits for another entry about the starting one, such as service."""

    kind: str
    fields: dict[str, Any] = {}


class Duty(Data, frozen=True):
    """What somebody owes somebody by a time, because an entry happened and the pack says so."""

    id: str
    stage: Stage
    staff: str
    owed_by: str
    starts: tuple[Trigger, ...]
    within: tuple[Alternative, ...]
    ends: tuple[Trigger, ...]
    authority: Authority
    source: Source
    in_force: InForce
    says: str = ""  # may be left out only where the survivor never reads it
    why: str = ""
    owed_to: Literal["survivor", "child", "suspect", "agency"] = "survivor"
    survivor_sees: bool = True
    when: dict[str, Any] = {}
    limit_words: str = ""
    alarm: Alarm | None = None
    overdue_when: str = ""
    counts_from: str | StartsAt = "happened"
    repeats: str = ""
    lapses: tuple[Trigger, ...] = ()
    pauses: tuple[Pause, ...] = ()
    chase: Chase | None = None
    chases: str = ""  # made by loading for a chase: the duty that is chased
    only_in: tuple[str, ...] = ()
    pack: str = ""
    file: str = ""

    @property
    def shown_to_survivor(self) -> bool:
        """A promise: owed to or told to the survivor, and resting on a source that may be shown."""
        return self.survivor_sees and self.source.may_be_shown


class Limit(Data, frozen=True):
    """The last day on which the survivor may do something."""

    id: str
    stage: Stage
    says: str
    how: str
    starts: tuple[Trigger, ...]
    within: tuple[Alternative, ...]
    authority: Authority
    source: Source
    in_force: InForce
    when: dict[str, Any] = {}
    limit_words: str = ""
    counts_from: str | StartsAt = "happened"
    ends: tuple[Trigger, ...] = ()
    lapses: tuple[Trigger, ...] = ()
    pauses: tuple[Pause, ...] = ()
    only_in: tuple[str, ...] = ()
    pack: str = ""
    file: str = ""


class Test(Data, frozen=True):
    """One part of a power's test: answered by the record (`fact`) or affirmed by the officer."""

    says: str
    fact: dict[str, Any] = {}


class Power(Data, frozen=True):
    """What police may do, and the test that must be met first."""

    id: str
    says: str
    staff: str
    held_by: str
    tests: tuple[Test, ...]
    authority: Authority
    source: Source
    in_force: InForce
    used_by: str = ""
    only_in: tuple[str, ...] = ()
    pack: str = ""
    file: str = ""


class Lasts(Data, frozen=True):
    """How long an order lasts: clocks, or words where the law gives none."""

    at_least: str = ""
    at_most: str = ""
    words: str = ""
    counts_from: str = ""


class Breach(Data, frozen=True):
    """What a breach of an order means. Blank is not known, never 'no'."""

    offence: bool | None = None
    arrest: bool | None = None
    court_within: str = ""
    maximum: str = ""
    words: str = ""


class Order(Data, frozen=True):
    """What a court or officer may impose on the suspect."""

    id: str
    name: str
    kind: Literal["notice", "order", "bail", "warning"]
    made_by: str
    says: str
    staff: str
    authority: Authority
    source: Source
    in_force: InForce
    asked_for_by: tuple[str, ...] = ()
    lasts: Lasts = Lasts()
    hearing_within: str = ""
    extended: str = ""
    breach: Breach = Breach()
    only_in: tuple[str, ...] = ()
    pack: str = ""
    file: str = ""


class Prohibition(Data, frozen=True):
    """What staff must never do, shown at the acts where it matters."""

    id: str
    says: str
    staff: str
    at: tuple[str, ...]
    authority: Authority
    source: Source
    in_force: InForce
    pack: str = ""
    file: str = ""


class Policy(Data, frozen=True):
    """How a power of arrest or charge is to be used: kept apart from the power itself and its test."""

    id: str
    about: Literal[
        "arrest", "order-breach", "both-hurt", "charging", "dropping", "private-charge", "reporting", "asking"
    ]
    kind: Literal["mandatory", "preferred", "encouraged", "discretionary", "forbidden"]
    says: str
    staff: str
    authority: Authority
    source: Source
    in_force: InForce
    unless: str = ""
    only_in: tuple[str, ...] = ()
    pack: str = ""
    file: str = ""


class Area(Data, frozen=True):
    """A police force, or an area of one."""

    id: str
    name: str
    areas: dict[str, str] = {}
    grades: dict[str, int] = {}


class Pack(Data, frozen=True):
    """The law and practice of one place, with what it inherits already joined in."""

    id: str
    name: str
    language: str
    timezone: str
    hosts: tuple[str, ...]
    inherits: str = ""
    abstract: bool = False  # only inherited from: no case is opened under it, and it has no guide of its own
    everywhere: bool = False  # no place at all: our own standard, for every place to inherit
    country: str = ""  # made by loading: the id of the farthest pack that it inherits from and that is a place
    removes: tuple[str, ...] = ()  # ids of what its parents say and it does not: never statute or code
    licence: str = ""  # of the guide's words, for those who publish them again
    attribution: str = ""
    leave_to: str = ""
    online_reports: bool = False  # the police of this place take reports online here: the guide then leads to it
    forces: tuple[Area, ...] = ()
    calendars: dict[str, Calendar] = {}
    terms: dict[str, Term] = {}
    emergency: tuple[Route, ...] = ()
    services: tuple[Service, ...] = ()
    prohibitions: tuple[Prohibition, ...] = ()
    duties: tuple[Duty, ...] = ()
    limits: tuple[Limit, ...] = ()
    powers: tuple[Power, ...] = ()
    policies: tuple[Policy, ...] = ()
    orders: tuple[Order, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    guide: tuple[GuidePage, ...] = ()
    ways: tuple[Way, ...] = ()
    notices: tuple[Notice, ...] = ()
    retention: tuple[Retention, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    plates: tuple[Plate, ...] = ()
    alarms: tuple[AlarmRule, ...] = ()
    call: tuple[CallScript, ...] = ()
    days: Days | None = None  # the calendars ready for counting; made by loading
