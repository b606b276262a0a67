"""One case on one page: how it stands, what is owed, what happened, who is in it, what may be done."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.http import HttpResponse

from holdfast.casefile.codes import shown
from holdfast.doors.desk.acts import ways_to_end
from holdfast.doors.desk.gate import Opened
from holdfast.doors.desk.gate import in_case
from holdfast.doors.desk.local_time import in_short
from holdfast.doors.desk.owed_words import DutyShown
from holdfast.doors.desk.owed_words import show_duty
from holdfast.doors.desk.page import show
from holdfast.doors.desk.standing import standing
from holdfast.doors.desk.timeline import OF_CUSTODY
from holdfast.doors.desk.timeline import timeline
from holdfast.duties.owed import Owed
from holdfast.duties.owed import owed
from holdfast.duties.owed import still_owed
from holdfast.duties.owed import working
from holdfast.duties.powers import powers
from holdfast.record.kinds import STAGES

_LIVE = ("open", "overdue", "undated")
SOONEST = 12  # duties that stand open, and however many are overdue
NEWEST = 25  # entries that stand open; a case of two years has hundreds


@in_case("read_case")
def case(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The case."""
    everything = "all" in request.GET
    found = owed(opened.file.entries, opened.pack, opened.now)
    found = [each for each in found if opened.may("read_case", each.entry.kind)]
    live = duties_shown(still_owed(found), opened)
    live.sort(key=lambda item: (item.due_at == "", item.due_at))
    overdue = sum(1 for item in live if item.state == "overdue")
    told = opened.seen if everything else [each for each in opened.seen if each.kind not in OF_CUSTODY]
    lines = timeline(told, opened.pack, opened.zone, None if everything else NEWEST)
    # Whether the survivor can be reached safely is judged by everything, also by what a partner is not shown.
    safely = standing(opened.file.entries, opened.pack, opened.zone, opened.now).contact
    stands = standing(opened.seen, opened.pack, opened.zone, opened.now)._replace(contact=safely)
    usable = powers(opened.file.entries, opened.pack, opened.now) if opened.may("print_report") else ()
    context = {
        "opened": opened,
        "code": shown(opened.file.code),
        "plain_code": opened.file.code,
        "standing": stands,
        "in_part": len(opened.seen) < len(opened.file.entries),
        "live": live[: max(SOONEST, overdue)],
        "later": live[max(SOONEST, overdue) :],
        "overdue": overdue,
        "everything": everything,
        "done_count": len(found) - len(live),
        "done": duties_shown([each for each in found if each.state not in _LIVE], opened) if everything else [],
        "lines": lines,
        "open_numbers": {line.number for line in lines},
        "earlier": len(opened.seen) - len(lines),
        "powers_now": [each for each in usable if each.stands in ("met", "if affirmed")],
        "powers_later": [each for each in usable if each.stands not in ("met", "if affirmed")],
        "stages": [module.__name__.rsplit(".", 1)[-1] for module in STAGES],
        "may_record": opened.may("record").allowed,
        "may_report": opened.may("print_report").allowed,
        "may_history": opened.may("look_history").allowed,
        "may_scene": opened.may("check_scene").allowed,
        "may_hand_over": opened.may("hand_call_over").allowed,
        "may_live": opened.may("offer_live").allowed,
        "may_chase": opened.may("chase_call").allowed,
        "may_words": opened.may("issue_words").allowed,
        "may_wall": opened.may("set_wall").allowed,
        "may_looks": opened.may("see_looks").allowed,
        "may_keep": opened.may("see_keeping").allowed,
        "may_evidence": opened.may("see_custody").allowed,
        "may_statement": opened.may("take_statement").allowed,
        "may_copy": opened.may("give_copy").allowed,
        "may_waive": opened.may("waive_duty").allowed,
    }
    return show(request, "desk/case.html", context)


def duties_shown(items: Sequence[Owed], opened: Opened) -> list[DutyShown]:
    """Duties with their working, in the order in which they began; with the ways to end those that are still owed."""
    found = []
    for item in items:
        ended = f"{in_short(item.ended_at, opened.zone)}, entry {item.ended_by}" if item.ended_at else ""
        found.append(
            show_duty(
                item.duty,
                state=item.state,
                started_by=item.started_by,
                instance=item.instance,
                due_by=item.due_by,
                in_words=bool(item.in_words),
                now=opened.now,
                zone=opened.zone,
                ways=ways_to_end(item) if item.state in _LIVE else (),
                working=working(item, opened.pack),
                reason=item.reason,
                ended=ended,
            )
        )
    return found
