"""What the directory holds of one service: a small type of our own, whatever the file it came from.

- An address stands here only where its record says that it is public; standing.py decides.
- What nobody stated is empty, and empty is never read as 'no' or as 'always'.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Need = Literal[
    "emergency", "police", "refuge", "advice", "legal", "court", "counselling", "children", "young-people",
    "immigration", "money", "housing", "health", "men", "lgbt", "deaf-or-disabled", "older-people", "indigenous",
    "pets", "sexual-violence", "stalking", "the-other-person",
]  # fmt: skip
Channel = Literal["voice", "text", "short-code", "chat", "relay", "video", "e-mail", "web", "in-person"]
Standing = Literal["open", "confidential", "unknown"]
Kind = Literal["emergency", "police", "service"]

# Those of `law.public.NEEDS`, and help at once.
NEEDS: dict[Need, str] = {
    "emergency": "Help now",
    "police": "Police",
    "refuge": "A safe place to stay",
    "advice": "Somebody to talk it through with",
    "legal": "A lawyer, or advice on the law",
    "court": "Courts",
    "counselling": "Counselling",
    "children": "Children",
    "young-people": "Young people",
    "immigration": "Immigration status",
    "money": "Money",
    "housing": "Housing",
    "health": "Health",
    "men": "Men",
    "lgbt": "LGBT+ people",
    "deaf-or-disabled": "Deaf or disabled people",
    "older-people": "Older people",
    "indigenous": "Indigenous people",
    "pets": "Pets",
    "sexual-violence": "Sexual violence",
    "stalking": "Stalking",
    "the-other-person": "People who worry about what they themselves do",
}
CHANNELS: dict[Channel, str] = {
    "voice": "Telephone",
    "text": "Text message",
    "short-code": "Text to a short number",
    "chat": "Chat",
    "relay": "Textphone or relay",
    "video": "Video",
    "e-mail": "E-mail",
    "web": "Website",
    "in-person": "In person",
}


class Way(msgspec.Struct, frozen=True, omit_defaults=True):
    """One way to reach a service. `value` is a number, an e-mail address or a web address, as its source wrote it."""

    channel: Channel
    value: str
    extension: str = ""
    says: str = ""
    languages: tuple[str, ...] = ()  # BCP 47; empty where none is stated


class Opening(msgspec.Struct, frozen=True, omit_defaults=True):
    """One schedule, in the words of its source: hours.py reads it, and what it cannot read is 'not known'.

    - `opens_at` and `closes_at`: 'HH:MM', perhaps with seconds and with 'Z' or '+HH:MM'. Days are ISO.
    - `freq`, `interval`, `byday` ('MO', '-1FR'), the other `by...`, `until`, `count`, `wkst` and `dtstart`: as in
      iCalendar.
    - `offset`: hours from UTC, where the source states them; else the times are on the place's own clock.
    """

    opens_at: str = ""
    closes_at: str = ""
    byday: tuple[str, ...] = ()
    freq: str = ""
    interval: int = 1
    bymonthday: str = ""
    byweekno: str = ""
    byyearday: str = ""
    valid_from: str = ""
    valid_to: str = ""
    dtstart: str = ""
    until: str = ""
    count: int = 0
    wkst: str = ""
    offset: float | None = None


class Address(msgspec.Struct, frozen=True, omit_defaults=True):
    """A public place that may be visited. Never made for a refuge or where nobody said that it is public."""

    lines: tuple[str, ...] = ()
    town: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""
    name: str = ""
    getting_there: str = ""
    latitude: str = ""
    longitude: str = ""


class Listing(msgspec.Struct, frozen=True, omit_defaults=True):
    """One service. `id` is a UUID, or `pack:ID` for what a pack itself holds; `place` is a pack's id."""

    id: str
    name: str
    place: str
    source: str
    timezone: str
    kind: Kind = "service"
    organisation: str = ""
    says: str = ""
    for_whom: str = ""
    how: str = ""
    notice: str = ""
    needs: tuple[Need, ...] = ()
    serves: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    interpreting: str = ""
    ways: tuple[Way, ...] = ()
    hours: tuple[Opening, ...] = ()
    hours_said: str = ""
    cost: str = ""
    accessibility: str = ""
    last_checked: str = ""
    checked_how: Literal["", "checked", "changed"] = ""
    standing: Standing = "unknown"
    addresses: tuple[Address, ...] = ()

    @property
    def channels(self) -> tuple[Channel, ...]:
        """The channels there are, in the order of CHANNELS, each once."""
        there = {way.channel for way in self.ways}
        return tuple(channel for channel in CHANNELS if channel in there)

    @property
    def spoken(self) -> frozenset[str]:
        """Every language stated for the service or for one of its ways."""
        return frozenset(self.languages) | {code for way in self.ways for code in way.languages}
