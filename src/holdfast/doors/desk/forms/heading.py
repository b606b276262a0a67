"""What every entry has beside its own fields: when it happened, what it is about, which report, what the writer had
seen.

- 'When' starts at the moment the form was opened, on the wall clock of the place. Left alone, it keeps its seconds, so
  that what was done just after something else does not seem to have come before it.
- `about` is chosen from the earlier entries, in words, newest first.
- `seen` is how many entries the writer had seen. If somebody recorded meanwhile, nothing is written and the page says
  what.
"""

from collections.abc import Mapping
from collections.abc import Sequence
from datetime import UTC
from datetime import datetime
from typing import Any

from django import forms

from holdfast.doors.desk.forms.fields import OneOfField
from holdfast.doors.desk.forms.fields import SomeOfField
from holdfast.doors.desk.forms.fields import WhenField
from holdfast.doors.desk.forms.kind_form import FormPlace
from holdfast.doors.desk.local_time import in_short
from holdfast.doors.desk.local_time import write_local
from holdfast.record.entry import ROLES
from holdfast.record.entry import Entry
from holdfast.record.kind import Kind
from holdfast.record.kind import label
from holdfast.record.kinds import KINDS
from holdfast.record.value import FIRST_YEAR


class Heading(forms.Form):
    """When, about what, in which report."""

    def __init__(
        self,
        kind: type[Kind],
        place: FormPlace,
        entries: Sequence[Entry],
        now: datetime,
        data: Mapping[str, Any] | None = None,
        about: tuple[int, ...] = (),
    ):
        self.kind = kind
        self.place = place
        self.entries = entries
        self.opened_at = opened_at(data, now)
        initial = {
            "happened_at": write_local(self.opened_at, place.zone)[:16],
            "about": [str(number) for number in about],
        }
        super().__init__(data=data, initial=initial, prefix="entry", use_required_attribute=False)
        self.fields["happened_at"] = WhenField(
            place.zone, label="When did it happen?", help_text="Now, unless you say otherwise.", required=False
        )
        if entries:
            values = [(str(entry.number), entry_in_words(entry, place)) for entry in reversed(entries)]
            self.fields["about"] = SomeOfField(
                values, label="What is it about?", help_text=self._hint(), required=False
            )
        reports = sorted({entry.occurrence for entry in entries if entry.occurrence})
        if len(reports) > 1:
            values = [(str(number), f"Report {number}") for number in reports]
            self.fields["occurrence"] = OneOfField(
                values, radios=True, label="Which report does it belong to?", required=False
            )

    @property
    def happened_at(self) -> datetime:
        """When it happened: as typed, or the moment the form was opened."""
        typed = self.cleaned_data.get("happened_at")
        if not typed:
            return self.opened_at
        moment = datetime.fromisoformat(typed)
        return self.opened_at if moment == self.opened_at.replace(second=0, microsecond=0) else moment

    @property
    def about(self) -> tuple[int, ...]:
        """The earlier entries chosen, by number."""
        return tuple(sorted(int(number) for number in self.cleaned_data.get("about") or ()))

    @property
    def occurrence(self) -> int | None:
        """The report it belongs to, where there is more than one and somebody chose."""
        chosen = self.cleaned_data.get("occurrence")
        return int(chosen) if chosen else None

    @property
    def when_field(self) -> Any:
        """When, as a bound field."""
        return self["happened_at"]

    @property
    def about_field(self) -> Any:
        """The chooser as a bound field, or None in a case without entries."""
        return self["about"] if "about" in self.fields else None

    @property
    def about_open(self) -> bool:
        """Whether the chooser stands open: it is needed, or something is chosen or wrong in it."""
        return self.kind.needs_about or bool(self["about"].value()) or bool(self["about"].errors)

    @property
    def occurrence_field(self) -> Any:
        """The question which report, where there is more than one."""
        return self["occurrence"] if "occurrence" in self.fields else None

    def clean_about(self) -> Any:
        chosen = self.cleaned_data.get("about") or []
        numbers = {str(entry.number) for entry in self.entries}
        if any(number not in numbers for number in chosen):
            raise forms.ValidationError("Choose from the entries of this case.")
        if self.kind.needs_about and not chosen:
            raise forms.ValidationError(
                "Choose the entry that this is about: without it, nothing is done by recording it."
            )
        return chosen

    def clean_occurrence(self) -> Any:
        chosen = self.cleaned_data.get("occurrence")
        if chosen and chosen not in dict(self.fields["occurrence"].values):  # type: ignore[attr-defined]
            raise forms.ValidationError("Choose one of this case's reports.")
        return chosen

    def _hint(self) -> str:
        return (
            "Needed: the entry means nothing without it."
            if self.kind.needs_about
            else "If it answers an earlier entry."
        )


def opened_at(data: Mapping[str, Any] | None, now: datetime) -> datetime:
    """The moment the form was first opened, carried by the page; never later than now, and now where it says none."""
    try:
        carried = datetime.fromisoformat(str((data or {}).get("opened_at") or ""))
        carried = carried.astimezone(UTC) if carried.tzinfo else now
    except (ValueError, OverflowError):
        return now
    return min(carried, now) if carried.year >= FIRST_YEAR else now


def entry_in_words(entry: Entry, place: FormPlace) -> str:
    """An earlier entry in one line: number, kind, when, by which role."""
    name = label(KINDS[entry.kind]) if entry.kind in KINDS else entry.kind
    role = ROLES.get(entry.by.role, entry.by.role).lower()
    return f"{entry.number}. {name}, {in_short(entry.happened_at, place.zone)}, {role}"


def seen_by(sent: Mapping[str, Any], default: int | None = None) -> Any:
    """How many entries the writer had seen when the form was made, or the default where the page did not say."""
    typed = str(sent.get("entry-seen", ""))
    return int(typed) if typed.isdecimal() and len(typed) < 9 else default
