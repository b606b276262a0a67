"""What was found in the log goes to a supervisor, and never to the one whom it names."""

import pytest
from tests.doors.desk.conftest import Desk
from tests.doors.desk.conftest import a_case

from holdfast.access.log.finding import look_through
from holdfast.access.looks import log_look
from holdfast.access.may import Person
from holdfast.casefile.reading import case_by_code
from holdfast.casefile.reading import read_case

pytestmark = pytest.mark.usefixtures("database")
DUTY = "unusual opening"


@pytest.fixture
def code() -> str:
    """A case in which it was found that a supervisor opened cases in which they have no task."""
    codes = [a_case() for _ in range(3)]
    for code in codes:
        log_look(Person("supervisor", "SGT1"), code, "read_case", "no task in this case")
    assert look_through() == 1
    return codes[-1]


def everywhere(desk: Desk, code: str) -> str:
    pages = ["/desk/", "/desk/?whose=team", "/desk/?whose=overdue", "/desk/overview", f"/desk/case/{code}?all",
             f"/desk/case/{code}/report", f"/desk/case/{code}/looks"]  # fmt: skip
    return "".join(desk.opens(page).lower() for page in pages)


def test_another_supervisor_is_given_the_duty(code):
    page = everywhere(Desk("supervisor", "SGT2").signs_in(), code)
    assert DUTY in page
    assert "sgt1" in page


def test_the_supervisor_named_sees_neither_entry_nor_duty_on_any_page(code):
    page = everywhere(Desk("supervisor", "SGT1").signs_in(), code)
    assert DUTY not in page
    assert "no assignment" not in page


def test_the_one_named_cannot_answer_it(code):
    entry = read_case(case_by_code(code)).entries[-1]
    assert entry.kind == "UnusualOpeningFound"
    said = {"found": "part_of_the_work", "about": str(entry.number), "entry-seen": "1"}
    desk = Desk("supervisor", "SGT1").signs_in()
    page = desk.sends(f"/desk/case/{code}/record/UnusualOpeningLookedInto", said)
    assert desk.page.status_code in (403, 422)
    assert "no_assignment" not in page
    assert read_case(case_by_code(code)).entries[-1].kind == "UnusualOpeningFound"
