"""A number is one that can be tapped, and no script turns its figures round."""

import pytest

from holdfast.doors.look.dial import dial
from holdfast.doors.look.dial import numbers_in_order

HELD = '<bdi dir="ltr">0808 2000 247</bdi>'


@pytest.mark.parametrize(
    ("page", "held"),
    [
        ("<p>اتصل 0808 2000 247 الآن</p>", f"<p>اتصل {HELD} الآن</p>"),
        ("<p>1-800-799-7233</p>", '<p><bdi dir="ltr">1-800-799-7233</bdi></p>'),
        ("<p>999, 55</p>", "<p>999, 55</p>"),
        ("<title>0808 2000 247</title>", "<title>0808 2000 247</title>"),
        ("<select><option>0808 2000 247</option></select>", "<select><option>0808 2000 247</option></select>"),
        ('<input value="0808 2000 247">', '<input value="0808 2000 247">'),
        (str(dial("0808 2000 247")), str(dial("0808 2000 247"))),
    ],
)
def test_a_number_of_several_groups_is_held_in_order(page: str, held: str) -> None:
    assert numbers_in_order(page) == held
