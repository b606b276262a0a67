"""A fault in a pack: a stable id, the file, what is wrong, and what to do. All faults are reported together."""

from __future__ import annotations

from typing import NamedTuple


class Fault(NamedTuple):
    """One fault. `id` begins with law.E (must be mended) or law.W (should be looked at)."""

    id: str
    file: str
    what: str
    hint: str


class PackRefused(Exception):
    """A pack has faults and is not used. Its keeper can put every one of them right."""

    def __init__(self, faults: list[Fault]):
        self.faults = faults
        listed = "\n".join(f"  {fault.id} {fault.file}: {fault.what} {fault.hint}" for fault in faults[:50])
        super().__init__(f"The pack has {len(faults)} fault(s) and is not used:\n{listed}")


# What each id means. An id is never used again for another fault.
IDS = {
    "law.E001": "a file cannot be read as YAML 1.2",
    "law.E002": "a key or value is not in the format",
    "law.E003": "a pack inherits in a circle, or from one that is not there",
    "law.E004": "a file is missing",
    "law.E005": "a file lies where no file of the format belongs",
    "law.E006": "an id differs from its file's name, or stands twice",
    "law.E010": "a kind of entry does not exist",
    "law.E011": "a field does not exist in its kind",
    "law.E012": "a value is not on a field's list",
    "law.E013": "a role does not exist",
    "law.E014": "a condition names a fact that does not exist",
    "law.E015": "a limit cannot be read",
    "law.E016": "a calendar is not declared",
    "law.E017": "a force or area is not declared",
    "law.E020": "a source is missing its title, link, date or confidence",
    "law.E021": "a source's host is not listed in pack.yaml",
    "law.E022": "statute or code without its start date",
    "law.E023": "two dated versions cover the same day, or a date cannot be read",
    "law.E024": "a child pack loosens a statute",
    "law.E025": "a pack removes what it does not inherit",
    "law.E026": "a source is said to have been checked on a day to come",
    "law.E027": "a source's link does not begin with https",
    "law.E028": "a pack for every place holds what is of one place",
    "law.E030": "a limit in words without an alarm",
    "law.E031": "somebody who does not sign in owes a duty and nobody chases it",
    "law.E032": "a duty can never fire",
    "law.E033": "a duty can never be kept",
    "law.E034": "a limit that names a field needs its own words",
    "law.E040": "a figure is typed into prose",
    "law.E041": "wording is missing",
    "law.E042": "a placeholder names what is not there",
    "law.E043": "markup that is not allowed",
    "law.E044": "a guided way leads nowhere, or to what is not there",
    "law.E045": "an easy-read edition is missing, or its sentences are long",
    "law.E046": "words of the kit are still to be filled in",
    "law.E050": "a worked case cannot be read",
    "law.E051": "a worked case does not come out as it says",
    "law.E052": "a duty has no worked case in which it fires and is kept",
    "law.E053": "a start date is not covered on both sides",
    "law.E060": "a calendar runs out soon",
    "law.E061": "an emergency route or service cannot be shown",
    "law.E062": "a risk instrument's figures do not agree",
    "law.E063": "a service needs something that is not on the list, or its hours cannot be read",
    "law.E064": "the line of an emergency route does not hold its number",
    "law.E065": "what is done with calls on which nobody speaks cannot be done as it is said",
    "law.E070": "a rule of retention names no outcome, or its time is no number of days or months",
    "law.E071": "two rules of retention say how long one outcome is kept",
    "law.E072": "a declaration is for no sort of statement, or two are for one on the same day",
    "law.E073": "the form of a number plate cannot be looked for",
    "law.E074": "a part of the call script is at no field of the call screen, or counts as no advice",
    "law.E075": "two parts of the call script are at one place, or another comes before whether the caller is safe",
    "law.E076": "an alarm is for no duty, or for one that is not there",
    "law.E077": "who is rung when does not add up",
    "law.E078": "two alarms say who is rung about one duty",
    "law.W001": "a source is unverified or stale, and is kept off the survivor's pages",
    "law.W002": "a calendar leaves out no public holiday",
    "law.W003": "a page or the end of a way shows none of its services",
}
