"""The shapes of a pack: what `docs/formats/pack.md` describes, as frozen types.

- Unknown keys are refused, so that a misspelt key is a fault and not a silence.
- `Pack` is what the rest of Holdfast reads. It holds only data; how it is applied is in `duties`.
"""

from __future__ import annotations

from typing import Any
from typing import Literal

import msgspec

from holdfast.law.calendars import Calendar
from holdfast.law.calendars import Days

Authority = Literal["statute", "code", "policy", "local-practice", "our-standard"]
Confidence = Literal["verified", "secondary", "unverified", "stale"]
Status = Literal["in-force", "prospective", "never-commenced", "commencement-unknown"]
Stage = Literal[
    "call", "attendance", "report", "asking", "risk", "safeguarding", "suspect", "prosecution", "contact", "case"
]


class _Data(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    pass


class Source(_Data, frozen=True):
    """Where a rule or figure comes from. `link` is the publisher's own page; `seen_in` is never shown."""

    title: str
    article: str = ""
    link: str = ""
    seen_in: str = ""
    last_checked_on: str = ""
    confidence: Confidence = "unverified"

    @property
    def may_be_shown(self) -> bool:
        """Whether a survivor or the public may be shown what rests on this source."""
        return self.confidence in ("verified", "secondary")


class InForce(_Data, frozen=True, rename={"from_": "from"}):
    """From which day to which day the law is so. Days are local to the pack and both included."""

    from_: str
    until: str = ""
    status: Status = "in-force"
    then: Literal["", "unknown"] = ""


class Trigger(_Data, frozen=True):
    """An entry that starts, ends or lapses a duty. `about` matters to endings and lapses only."""

    kind: str
    fields: dict[str, Any] = {}
    about: Literal["started", "any"] = "started"


class Alternative(_Data, frozen=True):
    """One of several limits, with the condition under which it holds."""

    limit: str
    when: dict[str, Any] = {}


class Alarm(_Data, frozen=True):
    """When staff are rung about a limit that the law puts in words. Always our own standard."""

    within: str


class Chase(_Data, frozen=True):
    """Who chases a duty owed by somebody who does not sign in."""

    by: str
    staff: str
    within: str


class Pause(_Data, frozen=True, rename={"from_": "from"}):
    """Between two kinds of entry the clock stands still."""

    from_: str
    until: str


class StartsAt(_Data, frozen=True):
    """The clock waits for another entry about the starting one, such as service."""

    kind: str
    fields: dict[str, Any] = {}


class Duty(_Data, frozen=True):
    """What somebody owes somebody by a time, because an entry happened and the pack says so."""

    id: str
    stage: Stage
    says: str
    staff: str
    owed_by: str
    starts: tuple[Trigger, ...]
    within: tuple[Alternative, ...]
    ends: tuple[Trigger, ...]
    authority: Authority
    source: Source
    in_force: InForce
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


class Limit(_Data, frozen=True):
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


class Test(_Data, frozen=True):
    """One part of a power's test: answered by the record (`fact`) or affirmed by the officer."""

    says: str
    fact: dict[str, Any] = {}


class Power(_Data, frozen=True):
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


class Lasts(_Data, frozen=True):
    """How long an order lasts: clocks, or words where the law gives none."""

    at_least: str = ""
    at_most: str = ""
    words: str = ""
    counts_from: str = ""


class Breach(_Data, frozen=True):
    """What a breach of an order means. Blank is not known, never 'no'."""

    offence: bool | None = None
    arrest: bool | None = None
    court_within: str = ""
    maximum: str = ""
    words: str = ""


class Order(_Data, frozen=True):
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


class Prohibition(_Data, frozen=True):
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


class Term(_Data, frozen=True):
    """What this place calls something."""

    name: str
    short: str = ""
    says: str = ""


class Topic(_Data, frozen=True):
    """One question of a risk instrument, by topic and in our own words."""

    id: str
    topic: str
    asks: str = ""
    group: str = ""


class Band(_Data, frozen=True, rename={"from_": "from"}):
    """A count from which something follows."""

    from_: int
    flag: str
    to: int | None = None


class Scoring(_Data, frozen=True):
    """How answers add up. 'judgement' means that no sum decides."""

    method: Literal["count-yes", "judgement"]
    bands: tuple[Band, ...] = ()
    most_unanswered: int | None = None


class Instrument(_Data, frozen=True):
    """A risk instrument: it identifies factors, and never predicts."""

    id: str
    name: str
    publisher: str
    licence: str
    says: str
    topics: tuple[Topic, ...]
    scoring: Scoring
    source: Source
    in_force: InForce
    referral: dict[str, int] = {}
    grades: dict[str, str] = {}
    pack: str = ""
    file: str = ""


class Service(_Data, frozen=True):
    """A helpline or service. Its address is never held here when it is a refuge."""

    id: str
    name: str
    for_whom: str
    source: Source
    number: str = ""
    text: str = ""
    chat: str = ""
    web: str = ""
    hours: str = ""
    languages: str = ""
    places: str = ""
    cost: str = ""
    kind: str = "helpline"
    says: str = ""
    pack: str = ""
    file: str = ""


class Route(_Data, frozen=True):
    """An emergency number or a silent route to one."""

    id: str
    name: str
    says: str
    short: str
    source: Source
    number: str = ""
    line: str = "any"
    when: str = ""
    pack: str = ""
    file: str = ""


class GuidePage(_Data, frozen=True):
    """One public page: front matter and Markdown with placeholders."""

    id: str
    title: str
    answer: str
    order: int
    stage: str = ""
    body: str = ""
    pack: str = ""
    file: str = ""


class Area(_Data, frozen=True):
    """A police force, or an area of one."""

    id: str
    name: str
    areas: dict[str, str] = {}
    grades: dict[str, int] = {}


class Pack(_Data, frozen=True):
    """The law and practice of one place, with what it inherits already joined in."""

    id: str
    name: str
    language: str
    timezone: str
    hosts: tuple[str, ...]
    inherits: str = ""
    leave_to: str = ""
    place: str = ""
    forces: tuple[Area, ...] = ()
    calendars: dict[str, Calendar] = {}
    terms: dict[str, Term] = {}
    emergency: tuple[Route, ...] = ()
    services: tuple[Service, ...] = ()
    prohibitions: tuple[Prohibition, ...] = ()
    duties: tuple[Duty, ...] = ()
    limits: tuple[Limit, ...] = ()
    powers: tuple[Power, ...] = ()
    orders: tuple[Order, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    guide: tuple[GuidePage, ...] = ()
    days: Days | None = None  # the calendars ready for counting; made by loading
