"""Every address of the doors, and who may open it: written from the rules, to be read by a lawyer. The sweep tries all.

- `opens` are the roles to whom the page is for in a case of their own work (and at all, where it belongs to no case).
- A page of a case (`case=True`) opens to nobody in another's case, behind a wall, or in a separate unit's case.
- `answers_all=True`: the page has one answer for every code, its own work or not, so that it tells nothing.
- 'nobody' is whoever has not signed in; 'survivor' is a survivor on their own page; 'supporter' was given only the next
  steps; 'feed' is a control room with a key. None of these four opens the desk, and no member of staff opens a
  survivor's page.
"""

from typing import NamedTuple

POLICE = frozenset(
    {"call_taker", "dispatcher", "officer", "supervisor", "investigator", "custody_officer", "records_officer",
     "safeguarding_officer", "disclosure_coordinator", "conference_coordinator", "witness_care", "victim_liaison"}
)  # fmt: skip
PARTNERS = frozenset({"adviser", "outreach_worker"})
AUDITOR = frozenset({"auditor"})
SUPERVISOR = frozenset({"supervisor"})
STAFF = POLICE | PARTNERS | AUDITOR
WORKERS = POLICE | PARTNERS
LEADS = frozenset({"supervisor", "safeguarding_officer"})
DETECTS = frozenset(
    {"officer", "supervisor", "investigator", "custody_officer", "records_officer", "safeguarding_officer",
     "disclosure_coordinator"}
)  # fmt: skip
TAKES_IN = (DETECTS - {"disclosure_coordinator"}) | {"call_taker", "dispatcher"}
DISCLOSES = frozenset({"investigator", "supervisor", "disclosure_coordinator"})
COUNTS_EVIDENCE = DETECTS | {"call_taker", "dispatcher"} | AUDITOR
LIFTS_HOLDS = frozenset({"supervisor", "investigator", "disclosure_coordinator"})
ITEM = {"item": "0e5c1c34-6d6f-4a0e-9b7b-3f6f3c0f5a11"}  # sweeping.py takes it into each case
SURVIVOR = frozenset({"survivor"})
SUPPORTER = frozenset({"supporter"})
FEED = frozenset({"feed"})
NOBODY = frozenset({"nobody"})
NO_ONE: frozenset[str] = frozenset()
ANYBODY = STAFF | SURVIVOR | SUPPORTER | FEED | NOBODY
STATES_A_PURPOSE = frozenset(
    {"call_taker", "dispatcher", "custody_officer", "records_officer", "safeguarding_officer",
     "disclosure_coordinator", "conference_coordinator", "witness_care", "victim_liaison", "auditor"}
)  # fmt: skip
TAKES_STATEMENTS = frozenset(
    {"officer", "supervisor", "investigator", "safeguarding_officer", "witness_care", "victim_liaison"}
)
STARTED = 3  # the entry of every case of the sweep that starts a statement
CONTROL_ROOM = frozenset({"call_taker", "dispatcher", "supervisor"})
TAKES_CALLS = frozenset({"call_taker", "dispatcher", "officer", "supervisor", "investigator", "safeguarding_officer"})


class Row(NamedTuple):
    """One address."""

    opens: frozenset[str]
    case: bool = False
    more: dict[str, object] = {}  # what else stands in the address
    sends: bool = False  # it is for sending only
    answers_all: bool = False


ROUTES = {
    # The desk: pages of no case.
    "desk:queue": Row(STAFF),
    "desk:sign-in": Row(ANYBODY),
    "desk:sign-in-code": Row(ANYBODY),
    "desk:sign-in-set-up": Row(ANYBODY),
    "desk:sign-in-recover": Row(ANYBODY),
    "desk:single": Row(NO_ONE),  # there is no such page until a single sign-on is set up
    "desk:single-back": Row(NO_ONE),
    "desk:sign-out": Row(ANYBODY, sends=True),
    "desk:account": Row(STAFF),
    "desk:account-end": Row(STAFF, sends=True),
    "desk:account-password": Row(STAFF),
    "desk:account-add": Row(STAFF),
    "desk:account-take-away": Row(STAFF, sends=True),
    "desk:colleagues": Row(SUPERVISOR),
    "desk:colleague-recover": Row(SUPERVISOR, more={"staff": "spare-1"}),
    "desk:colleague-end": Row(SUPERVISOR, more={"staff": "spare-1"}, sends=True),
    "desk:keys": Row(STAFF),
    "desk:find": Row(STAFF),
    "desk:board": Row(CONTROL_ROOM),
    "desk:board-stream": Row(CONTROL_ROOM),
    "desk:board-map": Row(CONTROL_ROOM),
    "desk:board-handover": Row(CONTROL_ROOM),
    "desk:board-load": Row(CONTROL_ROOM),
    "desk:board-older": Row(CONTROL_ROOM),
    "desk:take-call": Row(TAKES_CALLS),
    "desk:call": Row(TAKES_CALLS, case=True),
    "desk:call-again": Row(TAKES_CALLS, case=True),
    "desk:unread": Row(TAKES_CALLS),
    "desk:unread-one": Row(NO_ONE, more={"number": 1}),  # nothing that could not be read has come
    "desk:overview": Row(LEADS | AUDITOR),
    "desk:figures": Row(LEADS | AUDITOR),
    "desk:log": Row(SUPERVISOR | AUDITOR),
    "desk:connections": Row(WORKERS),
    # The desk: pages of one case.
    "desk:case": Row(STAFF, case=True),
    "desk:choose": Row(WORKERS, case=True),
    "desk:record": Row(WORKERS, case=True, more={"kind": "DutyUnsafe"}),
    "desk:correct": Row(POLICE, case=True, more={"number": 4}),
    "desk:report": Row(POLICE | AUDITOR, case=True),
    "desk:words": Row(POLICE, case=True),
    "desk:second-words": Row(POLICE, case=True),
    "desk:supporters": Row(POLICE, case=True),
    "desk:keeping": Row(SUPERVISOR | {"records_officer"}, case=True),
    "desk:erase": Row(SUPERVISOR, case=True, sends=True),
    "desk:copy": Row(SUPERVISOR | {"disclosure_coordinator"}, case=True),
    "desk:evidence": Row(COUNTS_EVIDENCE, case=True),
    "desk:evidence-item": Row(COUNTS_EVIDENCE, case=True, more=ITEM),
    "desk:evidence-look": Row(DETECTS, case=True, more=ITEM, sends=True),
    "desk:evidence-view": Row(DETECTS, case=True, more=ITEM),
    "desk:evidence-content": Row(DETECTS, case=True, more=ITEM),
    "desk:evidence-messages": Row(DETECTS, case=True, more=ITEM),
    "desk:evidence-copy": Row(DETECTS, case=True, more=ITEM, sends=True),
    "desk:evidence-lift": Row(LIFTS_HOLDS, case=True, more=ITEM, sends=True),
    "desk:evidence-take-over": Row(TAKES_IN, case=True, more=ITEM, sends=True),
    "desk:evidence-describe": Row(TAKES_IN, case=True, more=ITEM, sends=True),
    "desk:evidence-move": Row(TAKES_IN, case=True, more=ITEM, sends=True),
    "desk:evidence-take": Row(TAKES_IN, case=True),
    "desk:evidence-exhibit": Row(TAKES_IN, case=True),
    "desk:evidence-photographed": Row(TAKES_IN, case=True, sends=True),
    "desk:custody": Row(COUNTS_EVIDENCE, case=True),
    "desk:custody-item": Row(COUNTS_EVIDENCE, case=True, more=ITEM),
    "desk:custody-paper": Row(DISCLOSES, case=True),
    "desk:custody-item-paper": Row(DISCLOSES, case=True, more=ITEM),
    "desk:custody-take-out": Row(DISCLOSES, case=True, sends=True),
    "desk:bundle": Row(DISCLOSES, case=True),
    "desk:bundle-choose": Row(DISCLOSES, case=True),
    "desk:bundle-one": Row(DISCLOSES, case=True, more={"bundle": "00000000-0000-4000-8000-000000000001"}),
    "desk:looks": Row(SUPERVISOR | AUDITOR, case=True),
    "desk:walls": Row(SUPERVISOR, case=True),
    "desk:clear-wall": Row(SUPERVISOR, case=True, sends=True),
    "desk:connection-answer": Row(SUPERVISOR, case=True, sends=True),
    "desk:history-look": Row(TAKES_CALLS | {"custody_officer"}),
    "desk:history": Row(TAKES_CALLS | {"custody_officer"}, case=True),
    "desk:history-propose": Row(TAKES_CALLS, case=True, sends=True),
    "desk:history-answer": Row(TAKES_CALLS | {"records_officer"}, case=True, sends=True),
    "desk:who-is-there": Row(TAKES_CALLS, case=True),
    "desk:hand-over": Row(TAKES_CALLS, case=True),
    # No document was written in the case of the sweep.
    "desk:hand-over-document": Row(NO_ONE, case=True, more={"number": STARTED}),
    "desk:hand-over-compare": Row(NO_ONE, case=True, more={"number": STARTED}, sends=True),
    "desk:hand-over-answered": Row(NO_ONE, case=True, more={"number": STARTED}, sends=True),
    "desk:chase": Row(TAKES_CALLS, case=True),
    "desk:live": Row(TAKES_CALLS, case=True),
    "desk:live-offer": Row(TAKES_CALLS, case=True, sends=True),
    "desk:live-stream": Row(TAKES_CALLS, case=True),
    "desk:live-end": Row(TAKES_CALLS, case=True, sends=True),
    # Statements. The case of the sweep has one, not signed: entry STARTED.
    "desk:statement": Row(TAKES_STATEMENTS, case=True),
    "desk:statement-begin": Row(TAKES_STATEMENTS, case=True),
    "desk:statement-film": Row(TAKES_STATEMENTS, case=True),
    "desk:statement-withdraw": Row(TAKES_STATEMENTS, case=True),
    "desk:statement-one": Row(TAKES_STATEMENTS, case=True, more={"number": STARTED}),
    "desk:statement-draft": Row(TAKES_STATEMENTS, case=True, more={"number": STARTED}),
    "desk:statement-read": Row(TAKES_STATEMENTS, case=True, more={"number": STARTED}),
    "desk:statement-certificate": Row(TAKES_STATEMENTS, case=True, more={"number": STARTED}),
    "desk:statement-sign": Row(TAKES_STATEMENTS, case=True, more={"number": STARTED}),
    "desk:statement-paper": Row(TAKES_STATEMENTS, case=True, more={"number": STARTED}),
    "desk:statement-document": Row(NO_ONE, case=True, more={"number": STARTED}),  # not signed
    # The desk: what is answered alike for every code.
    "desk:wall": Row(WORKERS, sends=True, answers_all=True),
    "desk:emergency": Row(POLICE, sends=True, answers_all=True),
    "desk:purpose": Row(STATES_A_PURPOSE, sends=True, answers_all=True),
    # The survivor's page.
    "survivor:enter": Row(ANYBODY),
    "survivor:enter-key": Row(ANYBODY, sends=True),
    "survivor:close": Row(ANYBODY),
    "survivor:leave": Row(ANYBODY),
    "survivor:look": Row(ANYBODY),
    "survivor:now": Row(SURVIVOR | SUPPORTER),
    "survivor:list": Row(SURVIVOR | SUPPORTER),
    "survivor:until": Row(SURVIVOR | SUPPORTER),
    "survivor:people": Row(SURVIVOR),
    "survivor:reach": Row(SURVIVOR),
    "survivor:plan": Row(SURVIVOR),
    "survivor:looks": Row(SURVIVOR),
    "survivor:why": Row(SURVIVOR),
    "survivor:ask": Row(SURVIVOR),
    "survivor:choices": Row(SURVIVOR),
    "survivor:note": Row(SURVIVOR),
    "survivor:give": Row(SURVIVOR),
    "survivor:picture": Row(SURVIVOR),
    "survivor:screen": Row(SURVIVOR),
    "survivor:talk": Row(SURVIVOR),
    "survivor:sound": Row(SURVIVOR),
    "survivor:paper": Row(SURVIVOR),
    "survivor:thing": Row(SURVIVOR),
    "survivor:diary": Row(SURVIVOR),
    "survivor:given": Row(SURVIVOR),
    "survivor:on": Row(SURVIVOR),
    "survivor:receipt": Row(SURVIVOR),
    "survivor:ways": Row(SURVIVOR),
    "survivor:share": Row(SURVIVOR),
    "survivor:key": Row(SURVIVOR),
    "survivor:key-made": Row(SURVIVOR, sends=True),
    # The scene: whoever has the link can send, and is shown nothing of a case.
    "report:first": Row(NO_ONE),  # off, unless a place offers it
    "report:write": Row(NO_ONE),
    "report:ring": Row(NO_ONE),
    "report:leave": Row(ANYBODY),
    "live:begin": Row(ANYBODY),
    "live:link": Row(NO_ONE, more={"signs": "234-CFG-HJM"}),  # a link that nobody made
    "live:open": Row(NO_ONE, sends=True),
    "live:over": Row(ANYBODY),
    "live:leave": Row(ANYBODY),
    # Machines.
    "api:calls": Row(FEED, sends=True),
    "api:aml": Row(FEED, sends=True),
    "api:locations": Row(FEED, sends=True),
    "api:texts": Row(FEED, sends=True),
    "api:twilio": Row(NO_ONE, sends=True),  # by its signature alone
    "api:telnyx": Row(NO_ONE, sends=True),
    "api:receipt-key": Row(ANYBODY),
}
# The guide is public, has no case and no sign-in, and cannot reach one (tests/house holds its imports).
PUBLIC = ("guide",)
