"""A command that acts as somebody leaves a line of whoever ran it as well: it is nobody's disguise."""

import pytest
from tests.doors.desk.conftest import Desk
from tests.doors.desk.conftest import a_case

from holdfast.access.looks import Look
from holdfast.site.operator import staff_may


@pytest.mark.usefixtures("database")
def test_both_stand_in_the_log():
    code = a_case()
    Desk("supervisor", "S1").signs_in()
    staff_may("S1", "issue_words", code)
    lines = Look.objects.filter(case=code, act="issue_words").order_by("number")
    assert [line.role for line in lines] == ["operator", "supervisor"]
    assert lines[0].reason == "as S1"
