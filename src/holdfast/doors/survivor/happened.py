"""What has happened, from the record, in a survivor's words. A closed list of kinds: what is not on it is not shown.

- No name, address, place or free text of an entry is ever shown here: this page may be read over a shoulder, and what
  staff wrote may hold what only they may know. Of a condition only its type is said, never its place.
- A value that is not known is not guessed: the sentence is then the shorter one.
- An entry that was struck out is not shown; a corrected one is shown as corrected.
"""

from collections.abc import Callable
from collections.abc import Iterable
from datetime import date
from datetime import datetime
from typing import Any
from typing import NamedTuple
from zoneinfo import ZoneInfo

from holdfast.doors.survivor.days import on_day
from holdfast.law.pack import Pack
from holdfast.record.entry import Entry
from holdfast.record.facts import effective


class Happened(NamedTuple):
    """One thing that happened, newest first on the page."""

    number: int
    at: datetime
    on: str
    says: str


class _Around(NamedTuple):
    """What a sentence may need beside the entry."""

    pack: Pack
    zone: ZoneInfo
    year: int

    def day(self, moment: datetime | date) -> str:
        """A recorded day or moment, as a day."""
        return on_day(moment.astimezone(self.zone).date() if isinstance(moment, datetime) else moment, self.year)


def happened(entries: Iterable[Entry], pack: Pack, now: datetime) -> list[Happened]:
    """What the survivor may read of what has happened, newest first."""
    zone = ZoneInfo(pack.timezone)
    around = _Around(pack, zone, now.astimezone(zone).year)
    found = []
    for entry in effective([entry for entry in entries if entry.recorded_at <= now]):
        says = _SAYS.get(entry.kind)
        if says:
            words = says if isinstance(says, str) else says(entry.fields, around)
            if not words:  # it is about somebody else
                continue
            found.append(Happened(entry.number, entry.happened_at, around.day(entry.happened_at), words))
    return sorted(found, key=lambda each: (each.at, each.number), reverse=True)


def _bail(fields: Any, around: _Around) -> str:
    return f"They were let out of the police station on bail, until {around.day(fields.ends_at)}.{_rules(fields)}"


def _bail_changed(fields: Any, around: _Around) -> str:
    return f"The rules of their bail were changed.{_rules(fields)}"


def _bail_extended(fields: Any, around: _Around) -> str:
    return f"Their bail was made longer, until {around.day(fields.ends_at)}."


def _released(fields: Any, around: _Around) -> str:
    known = {
        "under_investigation": "They were let go while the police go on looking into it. This sets no rules for them.",
        "no_further_action": "They were let go, and the police do not mean to go on.",
        "after_voluntary_interview": "They left the police station after an interview.",
    }
    return known.get(fields.how, "They were let go from the police station.")


def _charged(fields: Any, around: _Around) -> str:
    return f"They were charged with a crime.{_rules(fields)}"


def _court_bail(fields: Any, around: _Around) -> str:
    known = {
        "granted": "A court gave them bail.",
        "changed": "A court changed their bail.",
        "refused": "A court did not give them bail.",
        "unconditional": "A court gave them bail without rules.",
    }
    return known.get(fields.decided, "A court decided about their bail.") + _rules(fields)


def _hearing(fields: Any, around: _Around) -> str:
    words = "in the week of" if fields.week_only == "yes" else "on"
    return f"A day in court was set, {words} {around.day(fields.at)}."


def _held(fields: Any, around: _Around) -> str:
    if fields.outcome == "adjourned" and fields.adjourned_to:
        return f"The day in court was put off, to {around.day(fields.adjourned_to)}."
    known = {"went_ahead": "The day in court went ahead.", "adjourned": "The day in court was put off.",
             "vacated": "The day in court was called off."}  # fmt: skip
    return known.get(fields.outcome, "There was a day in court.")


def _plea(fields: Any, around: _Around) -> str:
    known = {"guilty": "They said that they are guilty.", "not_guilty": "They said that they are not guilty.",
             "mixed": "They said that they are guilty of some of it."}  # fmt: skip
    return known.get(fields.plea, "They were asked in court whether they are guilty.")


def _verdict(fields: Any, around: _Around) -> str:
    known = {
        "guilty": "The court found them guilty.",
        "not_guilty": "The court found them not guilty. That does not mean that you were not believed.",
        "mixed": "The court found them guilty of some of it.",
        "no_verdict": "The court came to no verdict.",
        "found_to_have_done_it": "The court found that they did it.",
    }
    return known.get(fields.verdict, "The court gave its verdict.")


def _order(fields: Any, around: _Around) -> str:
    known = next((order.name for order in around.pack.orders if order.id == fields.order), "an order")
    until = f", until {around.day(fields.ends_at)}" if fields.ends_at else ""
    return f"A court made this order: {known}{until}.{_rules(fields)}"


def _order_varied(fields: Any, around: _Around) -> str:
    until = f" It lasts until {around.day(fields.ends_at)}." if fields.ends_at else ""
    return f"A court changed the order.{until}{_rules(fields)}"


def _notice(fields: Any, around: _Around) -> str:
    known = next((order.name for order in around.pack.orders if order.id == fields.notice), "a notice")
    return f"The police issued this notice: {known}.{_rules(fields)}"


def _remanded(fields: Any, around: _Around) -> str:
    return f"They are kept in prison, until {around.day(fields.until)}." if fields.until else "They are kept in prison."


def _release(fields: Any, around: _Around) -> str:
    return f"Their release from prison is planned for {around.day(fields.on)}."


def _private_charge(fields: Any, around: _Around) -> str:
    known = {
        "process_issued": "The private charge goes on: they must come to court.",
        "refused": "The private charge was refused. You can ask why.",
        "taken_over": "The prosecutor took over the private charge.",
        "stopped": "The private charge was stopped. You can ask why.",
    }
    return known.get(fields.decided, "It was decided about the private charge.")


_ADD = "You can ask for a copy. You can add to it, or put something right, in a new one."


def _statement(fields: Any, around: _Around) -> str:
    """Theirs alone: that somebody else spoke to the police is never told here."""
    if fields.of != "survivor":
        return ""
    return f"Your statement was {'filmed' if fields.form == 'video' else 'written down'}. {_ADD}"


def _later_statement(fields: Any, around: _Around) -> str:
    return "A new statement of yours was taken. The first one stays." if fields.of == "survivor" else ""


def _signed(fields: Any, around: _Around) -> str:
    return f"You signed your statement. {_ADD}" if fields.signed_by == "survivor" else ""


_RULES = {
    "no_direct_contact": "contact you",
    "no_indirect_contact": "contact you through anybody else",
    "keep_from_place": "go to a place that is named in the rules",
    "keep_distance": "come nearer than a set distance",
}


def _rules(fields: Any) -> str:
    """What they must not do, by type alone."""
    said = [_RULES[each.type] for each in fields.conditions if each.type in _RULES]
    said = list(dict.fromkeys(said))
    if not said:
        return ""
    listed = said[0] if len(said) == 1 else f"{', '.join(said[:-1])}, or {said[-1]}"
    return f" They must not {listed}. Ask for the exact words."


_SAYS: dict[str, str | Callable[[Any, _Around], str]] = {
    "CallReceived": "The police were told.",
    "UnitSent": "Officers were sent.",
    "UnitArrived": "Officers came.",
    "CrimeRecorded": "The police recorded a crime.",
    "CrimeNotRecorded": "The police did not record a crime. You can ask why.",
    "InvestigationEnded": "The police stopped looking into it. You can ask why, and what you can do.",
    "StatementTaken": _statement,
    "LaterStatementTaken": _later_statement,
    "StatementSigned": _signed,
    "ImpactStatementMade": "You said how this has affected you. You can change it until the court has heard it.",
    "SuspectArrested": "They were arrested.",
    "SuspectReleased": _released,
    "BailGranted": _bail,
    "BailVaried": _bail_changed,
    "BailExtended": _bail_extended,
    "BailEnded": "Their police bail ended.",
    "NoticeIssued": _notice,
    "NoticeServed": "The notice was given to them.",
    "OrderMade": _order,
    "OrderServed": "The order was given to them.",
    "OrderVaried": _order_varied,
    "OrderEnded": "The order ended.",
    "OrderRefused": "The court did not make the order that was asked for.",
    "OrderRegistered": "The order was put where every officer can see it.",
    "SuspectPresentedInCourt": "They were brought before a judge.",
    "FirearmsSurrendered": "Guns, or papers for guns, were handed over.",
    "FirearmsLicenceRevoked": "Their licence for guns was taken away.",
    "SuspectCharged": _charged,
    "ChargeRefused": "It was decided not to charge them. You can ask why, and ask for it to be looked at again.",
    "ProsecutionStopped": "The case against them was stopped. You can ask why.",
    "SuspectRemanded": _remanded,
    "CourtBailDecided": _court_bail,
    "HearingListed": _hearing,
    "HearingHeld": _held,
    "PleaEntered": _plea,
    "PleaAgreed": "They and the prosecutor agreed on what they will say to the charges.",
    "VerdictGiven": _verdict,
    "SentencePassed": "The court passed sentence.",
    "AppealLodged": "An appeal was made.",
    "AppealDecided": "The appeal was decided.",
    "ReleasePlanned": _release,
    "PrisonerReleased": "They were released from prison.",
    "PrivateChargeFiled": "A private charge was laid.",
    "PrivateChargeDecided": _private_charge,
    "CaseClosed": "The case was closed. You can still ask questions here.",
}
