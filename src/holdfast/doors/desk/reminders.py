"""What a person is reminded of at an act: what must never be done there, and what a risk count means."""

from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from holdfast.doors.desk.forms.kind_form import KindForm
from holdfast.law.pack import Pack
from holdfast.law.pack import Prohibition
from holdfast.law.risk import Score
from holdfast.law.risk import score
from holdfast.record.kind import Kind
from holdfast.record.kind import stage


class RiskCount(NamedTuple):
    """What the answers come to, beside the criteria that the pack states."""

    name: str
    yes: int
    asked: int
    topics: int
    says: str
    for_whom: str
    method: str
    score: Score
    reached: tuple[str, ...]
    possible: tuple[str, ...]
    criteria: tuple[str, ...]


_CRITERIA = {
    "visible_high_risk_at": "{} or more yes: refer to the conference as visible high risk",
    "escalation_events": "{} or more reports within the months stated: refer for escalation",
    "escalation_months": "reports are counted over {} months",
    "repeat_months": "heard at a conference within {} months: refer as a repeat",
}


def prohibitions_at(pack: Pack, kind: type[Kind], now: datetime, zone: ZoneInfo) -> list[Prohibition]:
    """What staff must never do at this act, in force today."""
    day = now.astimezone(zone).date().isoformat()
    return [
        each
        for each in pack.prohibitions
        if (kind.__name__ in each.at or stage(kind) in each.at)
        and (each.in_force.from_ == "not stated" or each.in_force.from_ <= day)
        and (not each.in_force.until or day <= each.in_force.until)
    ]


def risk_count(form: KindForm) -> RiskCount:
    """The count as the form stands now. It identifies factors and never predicts."""
    instrument = form.instrument
    if instrument is None:
        raise LookupError("This form asks no risk questions.")
    answers = {
        name.removeprefix("answers."): form[name].value() or "" for name in form.fields if name.startswith("answers.")
    }
    found = score(instrument, answers)
    return RiskCount(
        name=instrument.name,
        yes=found.yes,
        asked=sum(1 for answer in answers.values() if answer not in ("", "not_asked")),
        topics=len(answers),
        says=instrument.says,
        for_whom=instrument.for_whom,
        method=instrument.scoring.method,
        score=found,
        reached=tuple(flag.replace("-", " ") for flag in found.reached),
        possible=tuple(flag.replace("-", " ") for flag in found.possible),
        criteria=tuple(
            _CRITERIA.get(name, name.replace("_", " ") + ": {}").format(value)
            for name, value in instrument.referral.items()
        ),
    )
