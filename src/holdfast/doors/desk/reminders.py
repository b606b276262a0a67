"""What a person is reminded of at an act: what must never be done there, and what a risk count means."""

from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from holdfast.doors.desk.forms.kind_form import KindForm
from holdfast.law.pack import Pack
from holdfast.law.pack import Prohibition
from holdfast.record.kind import Kind
from holdfast.record.kind import stage


class RiskCount(NamedTuple):
    """A count of yes answers beside the criteria that the pack states."""

    name: str
    yes: int
    asked: int
    topics: int
    says: str
    counts: bool
    reached: tuple[str, ...]
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
    answers = [form[name].value() for name in form.fields if name.startswith("answers.")]
    yes = sum(1 for answer in answers if answer == "yes")
    return RiskCount(
        name=instrument.name,
        yes=yes,
        asked=sum(1 for answer in answers if answer not in (None, "", "not_asked")),
        topics=len(answers),
        says=instrument.says,
        counts=instrument.scoring.method == "count-yes",
        reached=tuple(
            band.flag.replace("-", " ")
            for band in instrument.scoring.bands
            if yes >= band.from_ and (band.to is None or yes <= band.to)
        ),
        criteria=tuple(
            _CRITERIA.get(name, name.replace("_", " ") + ": {}").format(value)
            for name, value in instrument.referral.items()
        ),
    )
