"""The shapes of what a pack tells the public: numbers, services, guide pages, guided ways, notices."""

from __future__ import annotations

from typing import Literal

from holdfast.law.answering import Answering
from holdfast.law.data import Data
from holdfast.law.data import Source

# What somebody may need help with. One closed list, so that a search by need means the same in every place.
NEEDS = (
    "refuge", "advice", "legal", "counselling", "children", "immigration", "money", "housing", "health", "men", "lgbt",
    "deaf-or-disabled", "young-people", "older-people", "indigenous", "pets", "police", "court", "sexual-violence",
    "stalking", "the-other-person",
)  # fmt: skip


class Term(Data, frozen=True):
    """What this place calls something."""

    name: str
    short: str = ""
    says: str = ""


class Open(Data, frozen=True, rename={"from_": "from"}):
    """When somebody answers: days of the week and local times. 24:00 is the midnight that ends the day."""

    days: tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...]
    from_: str
    until: str


class Service(Data, frozen=True):
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
    open: tuple[Open, ...] = ()  # the hours as data; none means not known, never closed
    always: bool = False  # day and night, every day
    languages: str = ""
    speaks: tuple[str, ...] = ()  # language tags (BCP 47)
    needs: tuple[str, ...] = ()  # of NEEDS
    places: str = ""
    cost: str = ""
    kind: str = "helpline"
    says: str = ""
    pack: str = ""
    file: str = ""


class Route(Data, frozen=True):
    """An emergency number or a silent route to one."""

    id: str
    name: str
    says: str
    short: str
    source: Source
    number: str = ""
    line: str = "any"
    when: str = ""
    answering: Answering | None = None  # what an answering point does where nobody speaks
    pack: str = ""
    file: str = ""


class GuidePage(Data, frozen=True):
    """One public page: front matter and Markdown with placeholders. `easy` says it in short sentences, one a line."""

    id: str
    title: str
    answer: str
    order: int
    stage: str = ""
    easy: str = ""
    body: str = ""
    pack: str = ""
    file: str = ""


class Answer(Data, frozen=True):
    """One answer to a question of a guided way, and the number of the step to which it leads."""

    says: str
    to: int


class Step(Data, frozen=True):
    """One step of a guided way: a question with its answers, or an end with what to read and whom to ring."""

    number: int
    asks: str = ""
    answers: tuple[Answer, ...] = ()
    says: str = ""
    pages: tuple[str, ...] = ()  # guide pages, by id
    services: tuple[str, ...] = ()  # services and emergency routes, by id


class Way(Data, frozen=True):
    """A guided way ('what can I do now?'). Each answer is a link; nothing that is answered is kept."""

    id: str
    title: str
    order: int
    steps: tuple[Step, ...]
    says: str = ""
    pack: str = ""
    file: str = ""


class Notice(Data, frozen=True, rename={"from_": "from"}):
    """Something that is so for a while (a court closed, a line down). It ends by itself. Days are both included."""

    id: str
    says: str
    from_: str
    until: str
    source: Source
    pack: str = ""
    file: str = ""
