"""Checking a pack's call script: what could not be asked, kept or said."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from holdfast.law.call_script import ENDS
from holdfast.law.call_script import CallScript
from holdfast.law.fault import Fault
from holdfast.law.pack import Pack
from holdfast.record.kind import fields_of
from holdfast.record.kinds import KINDS

FIRST = "CallReceived.safe_now"
# The entries that the call screen writes as it is answered.
ASKED_OF = (
    "CallReceived", "LocationFound", "SilentCallHandled", "CallQuestionsAnswered", "WordsHeard", "SafeNumberGiven",
    "CallGraded",
)  # fmt: skip
PARTIES = ("survivor", "suspect")  # PersonNamed, of either of them


def check_call_script(pack: Pack) -> Iterable[Fault]:
    """Every fault in the script that a pack says itself or inherits; sources are checked with all others."""
    advice = next(field.choices for field in fields_of(KINDS["CallAdviceGiven"]) if field.name == "advice")
    for each in pack.call:
        yield from _words(each)
        if not _leads_somewhere(each.at):
            yield Fault(
                "law.E074", each.file, f"{each.id}: `at` names no field that the call screen asks.",
                f"Write Kind.field of {', '.join((*ASKED_OF, *PARTIES))}; or ends. and one of {', '.join(ENDS)}.",
            )  # fmt: skip
        for code in each.advice:
            if code not in advice:
                yield Fault(
                    "law.E074", each.file, f"{each.id}: '{code}' is no advice that can be recorded.",
                    f"Write one of {', '.join(advice)}.",
                )  # fmt: skip
    for one, other in combinations(pack.call, 2):
        if one.at == other.at and _meet(one, other):
            yield Fault(
                "law.E075", other.file, f"{other.id}: {one.id} is at the same place on the same day.",
                "Let one part of the script be at a field, or nobody knows which is said.",
            )  # fmt: skip
    asked = sorted((each for each in pack.call if not each.at.startswith("ends.")), key=lambda each: each.order)
    if asked and asked[0].at != FIRST:
        yield Fault(
            "law.E075", asked[0].file, f"{asked[0].id}: it is asked before whether the caller is safe.",
            f"Give the lowest `order` to the part at {FIRST}.",
        )  # fmt: skip


def _words(each: CallScript) -> Iterable[Fault]:
    if not (each.asks + each.script + each.staff).strip():
        yield Fault("law.E041", each.file, f"{each.id}: it says nothing.", "Write `asks:`, `script:` or `staff:`.")
    if each.advice and not each.script.strip():
        yield Fault(
            "law.E041", each.file, f"{each.id}: it counts as advice, and says none.", "Write `script:`, word for word."
        )


def _leads_somewhere(at: str) -> bool:
    kind, _, name = at.partition(".")
    if kind == "ends":
        return name in ENDS
    if kind in PARTIES:
        kind = "PersonNamed"
    elif kind not in ASKED_OF:
        return False
    return any(field.name == name for field in fields_of(KINDS[kind]))


def _meet(one: CallScript, other: CallScript) -> bool:
    starts = [each.in_force.from_ for each in (one, other) if each.in_force.from_ != "not stated"]
    ends = [each.in_force.until for each in (one, other) if each.in_force.until]
    return not starts or not ends or max(starts) <= min(ends)
