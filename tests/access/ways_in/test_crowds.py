"""Crowds are counted by wide networks, fade, and are bounded; a wrong try is a line of the log once a while."""

from hypothesis import given
from hypothesis import strategies as st

from holdfast.access.ways_in import wrong_lines
from holdfast.access.ways_in.crowds import FEW
from holdfast.access.ways_in.crowds import HALF
from holdfast.access.ways_in.crowds import Crowds
from holdfast.access.ways_in.crowds import level
from holdfast.access.ways_in.crowds import wide_network_of
from holdfast.access.ways_in.tries import FREE
from holdfast.access.ways_in.trying import rank


def test_a_crowd_grows_fades_and_is_its_own_network_s_alone():
    crowds = Crowds()
    found = [crowds.one_more("a", 0.0) for _ in range(int(4 * FEW))]
    assert found[0] == 0
    assert found[-1] == 3
    assert crowds.level("b", 0.0) == 0
    assert crowds.level("a", 3 * HALF) == 0


def test_however_many_networks_the_memory_is_bounded():
    crowds = Crowds(most=100)
    for number in range(1000):
        crowds.one_more(str(number), 0.0)
    assert len(crowds.known) == 100


def test_a_wide_network_is_a_provider_s_and_keeps_no_address():
    assert wide_network_of("203.0.113.7") == wide_network_of("203.0.1.1") != wide_network_of("203.1.113.7")
    assert wide_network_of("2001:db8:1::1") == wide_network_of("2001:db8:ffff::1") != wide_network_of("2001:db9::1")
    assert wide_network_of("::ffff:203.0.113.7") == wide_network_of("203.0.113.7")
    assert wide_network_of("nonsense") == wide_network_of("")


@given(st.integers(0, 500), st.integers(0, 500), st.floats(0, 1e12), st.floats(0, 1e12))
def test_wrong_tries_weigh_more_than_any_crowd_and_mistyping_weighs_nothing(wrong, other, crowd, elsewhere):
    if max(wrong, FREE - 1) < max(other, FREE - 1):
        assert rank(wrong, level(crowd)) < rank(other, level(elsewhere))
    if max(wrong, other) < FREE:
        assert (rank(wrong, level(crowd)) < rank(other, level(elsewhere))) == (level(crowd) < level(elsewhere))


def test_the_first_wrong_try_on_a_code_is_a_line_and_then_one_a_while_that_counts_the_others():
    wrong_lines.forget()
    assert wrong_lines.line_for("234CFGHJ", 0.0) == "wrong-words"
    assert [wrong_lines.line_for("234CFGHJ", at) for at in (1.0, 300.0, 599.0)] == ["", "", ""]
    assert wrong_lines.line_for("567KMNPQ", 2.0) == "wrong-words"
    assert wrong_lines.line_for("234 cfgh-j", 600.0) == "wrong-words 3 before"
    assert wrong_lines.line_for("234CFGHJ", 601.0) == ""
    wrong_lines.forget()
