"""The forms made by hand, one small file each: the acts that are done most, and most often at night."""

from holdfast.doors.desk.forms.layout import Layout
from holdfast.doors.desk.forms.layouts import bail
from holdfast.doors.desk.forms.layouts import call_graded
from holdfast.doors.desk.forms.layouts import call_questions
from holdfast.doors.desk.forms.layouts import call_received
from holdfast.doors.desk.forms.layouts import child_seen
from holdfast.doors.desk.forms.layouts import hearing_and_order
from holdfast.doors.desk.forms.layouts import risk
from holdfast.doors.desk.forms.layouts import safety_plan
from holdfast.doors.desk.forms.layouts import statement
from holdfast.doors.desk.forms.layouts import survivor_told
from holdfast.doors.desk.forms.layouts import suspect_arrested

LAYOUTS: dict[str, Layout] = {
    layout.kind: layout
    for file in (
        call_received,
        call_questions,
        call_graded,
        risk,
        statement,
        child_seen,
        survivor_told,
        bail,
        safety_plan,
        suspect_arrested,
        hearing_and_order,
    )
    for layout in file.LAYOUTS
}
