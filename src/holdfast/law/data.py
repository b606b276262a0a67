"""What every part of a pack is made of: strict data, its source, and the days on which it is law."""

from __future__ import annotations

from typing import Literal

import msgspec

Authority = Literal["statute", "code", "policy", "local-practice", "our-standard"]
Confidence = Literal["verified", "secondary", "unverified", "stale"]
Status = Literal["in-force", "prospective", "never-commenced", "commencement-unknown"]


class Data(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Plain data. Unknown keys are refused, so that a misspelt key is a fault and not a silence."""


class Source(Data, frozen=True):
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


class InForce(Data, frozen=True, rename={"from_": "from"}):
    """From which day to which day the law is so. Days are local to the pack and both included."""

    from_: str
    until: str = ""
    status: Status = "in-force"
    then: Literal["", "unknown"] = ""
