"""One open call as the board has it: plain values, in the order in which a life depends on them. Times are in UTC.

Whatever was not asked stays 'not_known': it is never shown as 'no', and never left out where a 'yes' would be shown.
"""

from datetime import datetime
from datetime import timedelta
from typing import NamedTuple

LEVELS = ("new", "dispatcher", "supervisor", "duty_officer")  # how loud, from the least
# The order of a board. A call that nobody has graded may be the worst of all.
GRADES = ("immediate", "", "priority", "scheduled", "by_telephone", "referred", "no_attendance")


class Alarm(NamedTuple):
    """Something that rings, or was answered and is still owed. `level` is one of LEVELS."""

    level: str
    duty: str  # '' where a new call rings that nobody has taken
    since: datetime
    number: int  # of the entry that rang last
    words: str = ""  # what is owed, as the pack says it to staff
    answered: datetime | None = None


class Spot(NamedTuple):
    """A place that was said or found. `uncertainty` in metres; None: nobody said how sure."""

    how: str
    at: datetime
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    uncertainty: float | None = None
    confirmed: str = "not_asked"

    @property
    def has_point(self) -> bool:
        """Whether it can be put on a map."""
        return self.latitude is not None and self.longitude is not None


class Sent(NamedTuple):
    """A unit that was sent."""

    unit: str
    at: datetime
    arrived: datetime | None = None
    diverted: datetime | None = None


class Mark(NamedTuple):
    """A warning: 'yes', 'no' (somebody was asked and said so) or 'not_known'."""

    name: str
    state: str
    more: str = ""


class Row(NamedTuple):
    """One open call."""

    code: str
    pack: str
    since: datetime  # when the newest call of it came
    way: str  # route of CallReceived, or '' where that is not known
    caller: str = "not_known"
    force: str = ""
    area: str = ""
    alarms: tuple[Alarm, ...] = ()
    grade: str = ""  # '' is not graded yet
    graded_at: datetime | None = None
    due: datetime | None = None  # when somebody has to be there; None: no minutes were recorded
    there: datetime | None = None  # since when officers are there
    silent: str = ""  # how a silent call was answered; 'not_known' where it was silent and that is all
    spots: tuple[Spot, ...] = ()
    second_place: str = ""
    second_confidential: str = "not_asked"
    sent: tuple[Sent, ...] = ()
    marks: tuple[Mark, ...] = ()
    calls: int = 1  # how often they rang
    cut_off: datetime | None = None
    call_taker: datetime | None = None  # since when a call taker's telephone is connected with the caller
    no_call_taker: datetime | None = None  # since when it is so no longer, while the caller's line was not lost
    call_back: datetime | None = None  # by when somebody promised to ring
    meeting: datetime | None = None
    meeting_where: str = ""
    meeting_officer: str = ""  # who was asked for: woman, man, no_preference; not_asked or '' where nobody asked
    came_from: str = ""  # the control room that handed it over
    handed_to: str = ""  # the one to which it was handed and that has not said that it took it
    not_arrived: tuple[tuple[str, tuple[str, ...]], ...] = ()  # who does not have which dangers that they were sent
    left: datetime | None = None  # officers were there and left, and nothing since asks for somebody again
    unreadable: bool = False  # what is stored of it does not add up

    @property
    def ringing(self) -> str:
        """The loudest level that rings, or ''."""
        loud = [alarm.level for alarm in self.alarms if alarm.answered is None]
        return max(loud, key=LEVELS.index, default="")

    @property
    def on_the_way(self) -> tuple[Sent, ...]:
        """Who was sent, is not there yet and was not sent elsewhere."""
        return tuple(each for each in self.sent if each.arrived is None and each.diverted is None)

    @property
    def order(self) -> tuple[int, int, int, str, str]:
        """Its place on the board: least first. What rings stands first, then who waits for somebody."""
        loud = -LEVELS.index(self.ringing) - 1 if self.ringing else 0
        waits = 1 if self.there or self.left else 0
        nobody = 1 if self.on_the_way else 0
        grade = GRADES.index(self.grade) if self.grade in GRADES else GRADES.index("")
        by = (self.due or self.since + timedelta(days=1)).isoformat()
        return (loud, waits, grade * 2 + nobody, by, self.code)

    @property
    def sort_key(self) -> str:
        """The same as one string, for a browser to order by."""
        loud, waits, grade, by, code = self.order
        return f"{9 + loud}{waits}{grade:02}{by}{code}"
