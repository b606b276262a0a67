"""A map without anybody's tiles: points with their uncertainty over a plain grid with distances. Pure.

A degree is taken as a sphere has it, and flat around the middle of what is shown: true within a few in a hundred over
the width of a country, which is far less than what a position is unsure of. North is up.

>>> plot([Point("A", 51.5, -0.12, 50.0), Point("B", 51.5, 0.0, None)], width=600, height=400).grid_says
'2 km'
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

METRES_A_DEGREE = 111_320.0
LEAST_SPAN = 400.0  # metres: one lone point is not shown nearer than that
_STEPS = tuple(base * 10**power for power in range(1, 7) for base in (1, 2, 5))


class Point(NamedTuple):
    """A place to be shown. `uncertainty` in metres; None: nobody said how sure."""

    label: str
    latitude: float
    longitude: float
    uncertainty: float | None
    kind: str = ""  # the style
    link: str = ""


class Plotted(NamedTuple):
    """A point in the units of the drawing."""

    label: str
    x: float
    y: float
    radius: float | None
    kind: str
    link: str


class Plot(NamedTuple):
    """What is drawn. `across` and `down` are the lines of the grid."""

    width: int
    height: int
    points: tuple[Plotted, ...]
    across: tuple[float, ...]
    down: tuple[float, ...]
    step: float  # between two lines, in units of the drawing
    grid_says: str  # the same as a distance
    metres_a_unit: float


def plot(points: Sequence[Point], *, width: int, height: int, span: float | None = None) -> Plot:
    """The drawing of all points, or of `span` metres around the middle of them."""
    if not points:
        return Plot(width, height, (), (), (), 0.0, "", 0.0)
    lats, lons = [point.latitude for point in points], [point.longitude for point in points]
    middle = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
    shrink = max(0.02, math.cos(math.radians(middle[0])))
    placed = [
        ((point.longitude - middle[1]) * METRES_A_DEGREE * shrink, (middle[0] - point.latitude) * METRES_A_DEGREE)
        for point in points
    ]
    if span is None:
        wide = max(abs(x) + (point.uncertainty or 0) for (x, _), point in zip(placed, points, strict=True)) * 2
        high = max(abs(y) + (point.uncertainty or 0) for (_, y), point in zip(placed, points, strict=True)) * 2
        unit = max(max(wide, LEAST_SPAN) / width, max(high, LEAST_SPAN) / height) * 1.25
    else:
        unit = max(span, LEAST_SPAN) / min(width, height)
    step = next((each for each in _STEPS if each / unit >= width / 8), _STEPS[-1])
    drawn = tuple(
        Plotted(
            point.label, round(width / 2 + x / unit, 1), round(height / 2 + y / unit, 1),
            None if point.uncertainty is None else round(max(point.uncertainty / unit, 3.0), 1), point.kind, point.link,
        )
        for (x, y), point in zip(placed, points, strict=True)
    )  # fmt: skip
    return Plot(
        width, height, drawn, _lines(width, step / unit), _lines(height, step / unit), step / unit, _far(step), unit
    )


def _lines(length: int, step: float) -> tuple[float, ...]:
    """Where the lines stand, counted from the middle."""
    most = int(length / 2 / step)
    return tuple(round(length / 2 + each * step, 1) for each in range(-most, most + 1))


def _far(metres: float) -> str:
    return f"{metres:.0f} m" if metres < 1000 else f"{metres / 1000:g} km"
