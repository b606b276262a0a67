"""A link between two reports is an entry in both, and the chains stay apart.

- Whoever links has to be allowed to record in the other case too; otherwise the link stands here alone, and the
  page says so in the same words as for a code that nobody has.
- A case is not linked to itself, and the same link is not written twice.
"""

from holdfast.access.looks import log_look
from holdfast.access.staff import StaffMember
from holdfast.casefile.append import append
from holdfast.casefile.codes import plain
from holdfast.casefile.refused import Refused
from holdfast.doors.desk.gate import Opened
from holdfast.doors.desk.gate import open_case_file
from holdfast.doors.desk.history.links import kept_apart
from holdfast.record.entry import Entry

ALONE = (
    "The link stands in this case alone: no case that you may write in has that code. Check the code; if it is right, "
    "ask a supervisor to record the link there."
)


def link_back(opened: Opened, member: StaffMember, link: Entry) -> str:
    """Writes the same link in the other case. What to tell the person, '' where all is well."""
    fields = link.fields
    try:
        other = open_case_file(plain(fields.to_case), opened.person)
    except Refused:  # not there, erased or damaged: whoever links is told the same
        return ALONE
    if other.file.id == opened.file.id:
        return "That is this very case. Correct the link."
    answer = other.may("record", "ReportLinked")
    why = "" if answer.allowed else answer.why
    log_look(member.person, other.file.code, "link", why, allowed=answer.allowed, rule=answer.rule)
    if not answer.allowed:
        return ALONE
    own = opened.file.code.lower()
    if any(each.kind == "ReportLinked" and each.fields.to_case == own for each in other.file.entries):
        return ""
    if other.file.code in kept_apart(opened.file.code, other.file.code):
        return "The link stands in this case alone: a separate unit's case is named in no other."
    back = {"to_case": own, "why": fields.why, "in_12_months": fields.in_12_months}
    append(other.file.id, "ReportLinked", back, by=member.by, happened_at=link.happened_at)
    return ""
