"""The main job: one case, from a silent call that somebody typed to the sentence, through the desk's own forms.

After each stage the survivor's page, the public guide and the desk are held against the record, promise for promise.
"""

from datetime import UTC
from datetime import datetime

import pytest
from tests.journeys.agreeing import assert_desk_owes_the_same
from tests.journeys.agreeing import assert_guide_promises_the_same
from tests.journeys.agreeing import assert_survivor_reads_the_record
from tests.journeys.staff import CallTaker
from tests.journeys.staff import Staff
from tests.journeys.staff import from_now
from tests.journeys.survivor import Reader
from tests.journeys.survivor import Survivor
from tests.support.served import Served

from holdfast.duties.owed import owed
from holdfast.law.pack import Pack

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ANSWERS = {f"answers.q{number:02}": "yes" for number in (1, 2, 3, 6, 14, 17, 18)}


@pytest.fixture
def pack(served: Served) -> Pack:
    return served.pack


def test_a_case_goes_from_a_silent_call_to_sentence_and_every_page_agrees(
    call_taker: CallTaker, dispatcher: Staff, officer: Staff, supervisor: Staff, investigator: Staff,
    custody_officer: Staff, records_officer: Staff, safeguarding_officer: Staff, witness_care: Staff,
    survivor: Survivor, reader: Reader, pack: Pack,
) -> None:  # fmt: skip
    guide = reader.reads_every_promise()

    def agrees(staff: Staff) -> None:
        promises = assert_survivor_reads_the_record(code, survivor, pack)
        assert_guide_promises_the_same(promises, guide)
        assert_desk_owes_the_same(code, staff, pack)

    # Given a call in which nobody speaks
    code = call_taker.takes_a_silent_call()
    _control_room_acts(code, call_taker, dispatcher)
    assert_desk_owes_the_same(code, call_taker, pack)

    # When officers come
    officer.does(code, "attend-in-time", unit="ex-41", suspect_there="yes", children_there="yes")
    words = officer.gives_words(code)
    survivor.opens_their_page(code, words)
    assert survivor.is_in
    _officers_act(code, officer)
    agrees(officer)

    # And what happened is recorded, and looked at by those who keep people safe
    _is_recorded(code, records_officer, supervisor, investigator)
    _is_kept_safe(code, safeguarding_officer, call_taker)
    agrees(safeguarding_officer)

    # And he is bailed, breaks it, and is charged
    _is_bailed(code, custody_officer, investigator, safeguarding_officer)
    _is_charged(code, officer, custody_officer, investigator, safeguarding_officer)
    agrees(investigator)

    # And a court hears it
    _is_heard(code, witness_care, investigator)
    agrees(witness_care)

    # Then he is sentenced, she is told, and nothing that was told about it is still owed
    _is_sentenced(code, witness_care, investigator)
    agrees(witness_care)
    now = survivor.reads_what_happens_now()
    entries = survivor.served.entries(code)
    assert len(entries) >= 60
    told = {item.id: item.state for item in owed(entries, pack, datetime.now(UTC))}
    assert {told[duty] for duty in ("tell-charge", "tell-verdict", "tell-sentence", "tell-order")} == {"kept"}
    assert "Late" not in now
    for person in (call_taker, officer, investigator, witness_care, survivor, reader):
        assert person.complaints == []


def _control_room_acts(code: str, call_taker: CallTaker, dispatcher: Staff) -> None:
    dispatcher.does_from_queue(code, "send-unit", unit="ex-41")
    call_taker.does(
        code, "check-history", earlier_reports="yes", earlier_report_count="2", order_in_force="no",
        high_risk_before="no", conference_in_12_months="no", firearms_certificate="no",
    )  # fmt: skip
    call_taker.does(code, "give-safety-advice", advice=["stay_on_the_line", "do_not_hang_up_after_55"])
    call_taker.does(code, "keep-recording", reference="EX-REC-1")
    call_taker.does(code, "record-incident", reference="EX-INC-1", domestic_abuse="yes")
    dispatcher.does(code, "brief-officers", told=["first_words", "injuries", "children", "history", "orders_in_force"])


def _officers_act(code: str, officer: Staff) -> None:
    does = officer.does
    does(code, "record-on-video", recorded="yes", reference="EX-BWV-1")
    does(code, "separate-parties", apart="yes", could_be_heard="no")
    does(code, "record-why-not-arrested", for_what="offence", necessity=["prevent_injury"], station="Example")
    does(code, "give-first-aid", accepted="yes")
    does(code, "see-each-child", seen="yes", spoken_to="yes", age="7", school="Example Primary")
    does(code, "take-first-account", of="survivor", account="He put his hands round my neck.", on_video="yes")
    does(code, "check-firearms", certificate="no")
    does(code, "advise-doctor-after-strangling", after_strangulation="yes", answer="will_go")
    officer.records(code, "CrimeReported", offence="Strangulation", offence_on=from_now(minutes=-60))
    does(code, "assess-needs", enhanced="yes", vulnerable="yes", under_18="no")
    does(
        code, "ask-risk-questions", instrument="dash", how="in_person", where="home", could_hear="nobody", grade="high",
        reason="Strangled; believes that he will kill her.", **ANSWERS,
    )  # fmt: skip
    does(code, "photograph-injuries", done="yes", which="Neck")
    does(code, "make-first-safety-plan", covers=["safe_contact", "children"], plan="Her sister stays.")
    does(
        code, "agree-contact", channel="telephone", number="07700 900617", times="Mornings", never=["text", "letter"],
        say_who="no", leave_message="no",
    )  # fmt: skip
    does(code, "seek-bail-views", asked="yes", views="Not near the school.", passed_on="yes")
    does(code, "name-officers", officers="pc-4471\npc-5120", in_writing="yes", safe_to_keep="yes")
    does(code, "give-report-number", reference="EX-INC-1", how="on_paper", safe="yes")
    does(code, "ask-safe-when-we-go", safe_when_we_go="yes", plan="He is held.")
    officer.records(code, "OfficersLeft", suspect_where="arrested", survivor_where="at_home")
    does(code, "send-risk-form", to="both")


def _is_recorded(code: str, records_officer: Staff, supervisor: Staff, investigator: Staff) -> None:
    records_officer.does_from_queue(
        code, "record-crime", reference="EX/1/26", offence="Intentional strangulation", offence_kind="strangulation",
        offence_on=from_now(minutes=-60),
    )  # fmt: skip
    supervisor.does_from_queue(code, "name-owner", owner="demo.investigator", number="01632 960231")
    supervisor.does_from_queue(code, "supervise-attendance")
    investigator.does_from_queue(code, "tell-arrest", channel="telephone", confirmed="yes")
    investigator.does(code, "confirm-in-writing", how="by_hand", safe="yes")


def _is_kept_safe(code: str, safeguarding_officer: Staff, call_taker: Staff) -> None:
    does = safeguarding_officer.does_from_queue
    does(code, "name-specialist", officer="demo.safeguarding_officer", number="01632 960245")
    does(code, "specialist-first-contact", reached="yes", safe_to_talk="yes")
    does(code, "explain-sharing", words="Who may be told what.")
    does(code, "refer-to-adviser", service="independent_adviser", consent="yes", named="Example service")
    does(code, "refer-to-conference", criterion="visible_high_risk", consent="yes", survivor_told="yes")
    does(code, "review-risk", grade="high", reason="Agreed.")
    does(code, "tell-risk-outcome", channel="telephone", confirmed="yes")
    does(code, "tell-childrens-services", urgent="no", answer="Received.")
    does(code, "tell-school", told="school", child_voice="yes")
    call_taker.does(code, "place-marker", on="all")


def _is_bailed(code: str, custody_officer: Staff, investigator: Staff, safeguarding_officer: Staff) -> None:
    custody_officer.says_why_they_need(code, "He is in our cells.")  # nothing in the case names them yet
    custody_officer.records(
        code, "BailGranted", ends_at=from_now(days=80), authorised_by="custody_officer",
        **{"conditions.0.type": "no_direct_contact", "conditions.1.type": "keep_from_place",
           "conditions.1.place": "Example Primary"},
    )  # fmt: skip
    investigator.does(code, "tell-bail", channel="in_person", confirmed="yes")
    investigator.does(code, "pass-terms-to-control-room", on="all")
    safeguarding_officer.does(code, "review-risk-after-release", grade="high", why_now="release", reason="Out.")


def _is_charged(
    code: str, officer: Staff, custody_officer: Staff, investigator: Staff, safeguarding_officer: Staff
) -> None:
    investigator.records(code, "BailBreached", how="no_indirect_contact", words="His brother rang.")
    officer.does(code, "act-on-bail-breach", for_what="breach_of_bail", station="Example")
    investigator.does(code, "tell-breach-outcome", channel="telephone", confirmed="yes")
    safeguarding_officer.does(code, "review-risk-after-breach", grade="high", why_now="breach", reason="As before.")
    investigator.does(code, "send-file-before-bail-ends", for_what="charging_decision")
    investigator.does(
        code, "decide-charge", charges="Intentional strangulation", decided_by="prosecutor", held="in_custody"
    )
    investigator.does(code, "tell-charge", channel="in_person", confirmed="yes")
    investigator.does(code, "discuss-special-measures", wanted=["screens"])


def _is_heard(code: str, witness_care: Staff, investigator: Staff) -> None:
    witness_care.says_why_they_need(code, "The court has listed his first hearing.")
    witness_care.records(
        code, "HearingListed", at=from_now(days=1), type="first_hearing", court="Example Magistrates' Court"
    )
    witness_care.does(code, "tell-hearing", channel="telephone", confirmed="yes")
    witness_care.records(code, "PleaEntered", plea="not_guilty")
    witness_care.does(code, "tell-plea", channel="telephone", confirmed="yes")
    witness_care.records(code, "WitnessCalled", at=from_now(days=60))
    witness_care.does(code, "tell-witness-needed", channel="telephone", confirmed="yes")
    witness_care.does(code, "offer-witness-support", accepted="yes")
    witness_care.records(code, "VerdictGiven", verdict="guilty")
    witness_care.does(code, "tell-verdict", channel="telephone", confirmed="yes")


def _is_sentenced(code: str, witness_care: Staff, investigator: Staff) -> None:
    witness_care.records(
        code, "SentencePassed", sentence="custody", months="12", violent_or_sexual="yes", restraining_order="yes"
    )
    witness_care.does_from_queue(code, "tell-sentence", channel="telephone", confirmed="yes")
    investigator.records(
        code, "OrderMade", order="restraining", ends_at=from_now(days=1800), until_further_order="no",
        **{"conditions.0.type": "no_direct_contact"},
    )  # fmt: skip
    investigator.does(code, "serve-order", how="in_court")
    investigator.does(code, "tell-order", channel="telephone", confirmed="yes")
    investigator.does(code, "tell-order-served", channel="telephone", confirmed="yes")
    witness_care.does(code, "tell-support-services", channel="telephone", confirmed="yes")
