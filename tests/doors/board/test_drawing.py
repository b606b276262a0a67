"""The map and the chart say what the list and the table say: places, distances, hours of the clock."""

from datetime import UTC
from datetime import datetime
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from holdfast.doors.board.counting import by_hour
from holdfast.doors.board.plotting import METRES_A_DEGREE
from holdfast.doors.board.plotting import Point
from holdfast.doors.board.plotting import plot

LONDON = ZoneInfo("Europe/London")
_points = st.builds(
    Point, st.text("123456789", min_size=1, max_size=2), st.floats(-89, 89), st.floats(-179, 179),
    st.none() | st.floats(0, 1e7),
)  # fmt: skip


def test_a_circle_is_as_wide_as_what_was_claimed():
    drawn = plot([Point("1", 51.5, -0.1, 1_000.0), Point("2", 51.6, -0.1, None)], width=1000, height=620)
    [first, second] = drawn.points
    assert first.radius == pytest.approx(1_000 / drawn.metres_a_unit, rel=0.01)
    assert second.radius is None
    assert (first.y - second.y) * drawn.metres_a_unit == pytest.approx(0.1 * METRES_A_DEGREE, rel=0.01)
    assert first.x == second.x


@settings(max_examples=50, deadline=None)
@given(st.lists(_points, min_size=1, max_size=8))
def test_all_that_is_shown_lies_within_the_drawing(points):
    drawn = plot(points, width=1000, height=620)
    assert len(drawn.points) == len(points)
    assert all(0 <= point.x <= 1000 and 0 <= point.y <= 620 for point in drawn.points)
    assert len(drawn.across) < 500


def test_nothing_to_show_is_an_empty_drawing():
    assert plot([], width=10, height=10).points == ()


def test_the_hour_that_came_twice_is_two_hours():
    until = datetime(2026, 10, 25, 3, 30, tzinfo=UTC)
    calls = [datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)]
    hours = by_hour(calls, until=until, zone=LONDON)
    assert [(hour.begins, hour.calls) for hour in hours if hour.begins == "01:00" and "25" in hour.day] == [
        ("01:00", 1), ("01:00", 1),
    ]  # fmt: skip
    assert len(hours) == 24


def test_the_same_hour_a_week_ago_stands_beside_it():
    now = datetime(2026, 3, 2, 21, 30, tzinfo=UTC)
    hours = by_hour([now, now - timedelta(days=7), now - timedelta(days=7)], until=now, zone=LONDON)
    assert (hours[-1].calls, hours[-1].before, hours[-1].share) == (1, 2, 50.0)
    assert by_hour([], until=now, zone=LONDON)[-1].share == 0
