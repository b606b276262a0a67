"""`holdfast log`: what it prints, what it keeps to itself, and that it writes down its own running."""

from pathlib import Path

import pytest
from tests.doors.api.handed import body
from tests.site.running import begun
from tests.site.running import holdfast
from tests.site.running import told


@pytest.fixture
def made(tmp_path: Path) -> Path:
    begun(tmp_path)
    return tmp_path


def test_commands_leave_lines_and_reading_them_leaves_one_too(made):
    holdfast("take", "-", data=made, given=body().decode())
    first = told(holdfast("log", "--json", data=made))
    assert "hand_over_call" in {row["act"] for row in first}
    again = told(holdfast("log", "--act", "export_log", "--json", data=made))
    assert [row["words_given"] for row in again] == [True, True]
    assert {row["role"] for row in again} == {"operator"}
    answer = holdfast("log", data=made)
    assert "export_log" in answer.stdout
    assert told(holdfast("verify", "--json", data=made))["sound"] is True


@pytest.mark.parametrize(
    "asked", [("--case", "Marigold"), ("--staff", "a b"), ("--from", "never"), ("--most", "0"), ("--act", "é")]
)
def test_what_is_not_understood_is_refused_without_repeating_it(made, asked):
    answer = holdfast("log", *asked, data=made)
    assert answer.returncode == 2
    assert asked[0] in answer.stderr
    assert "Marigold" not in answer.stderr
