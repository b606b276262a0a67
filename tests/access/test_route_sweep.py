"""Every address, for every role, in one's own case and in another's: the doors against the table of routes.py.

Each rule is broken once on purpose, and the sweep has to see it.
"""

from collections.abc import Iterator

import pytest
from tests.access import routes
from tests.access.routes import ROUTES
from tests.access.sweeping import OTHERS
from tests.access.sweeping import ROLES
from tests.access.sweeping import Force
from tests.access.sweeping import differences
from tests.access.sweeping import routes_there
from tests.conftest import _database_at
from tests.support.entering import calm  # noqa: F401 a fixture

from holdfast.access import may as may_module
from holdfast.access import partners
from holdfast.access import ties
from holdfast.access.person import Answer
from holdfast.doors.desk import not_open

OF_A_CASE = [name for name, row in ROUTES.items() if row.case]
ANSWERS_ALL = [name for name, row in ROUTES.items() if row.answers_all]
YES = Answer(True, "Broken on purpose.", "broken")


@pytest.fixture(scope="module")
def force(migrated, data_folder, tmp_path_factory, django_db_blocker) -> Iterator[Force]:
    import shutil

    path = shutil.copy(migrated, tmp_path_factory.mktemp("sweep") / "holdfast.sqlite3")
    with django_db_blocker.unblock(), _database_at(path):
        yield Force()


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr(not_open, "SETTLE", 0.0)


def test_every_route_has_a_row_and_every_row_a_route():
    assert sorted(routes_there()) == sorted(ROUTES)


def test_a_route_without_a_row_is_seen(monkeypatch):
    monkeypatch.delitem(routes.ROUTES, "desk:report")
    assert "desk:report" in set(routes_there()) - set(ROUTES)


@pytest.mark.parametrize("name", ROUTES)
def test_each_address_opens_to_whom_the_table_says_and_to_nobody_else(force, name):
    assert differences(force, [name]) == []


@pytest.mark.parametrize("name", OF_A_CASE)
def test_a_partner_is_out_once_the_consent_is_withdrawn(force, name):
    opened = [role for role in routes.PARTNERS if force.opens(name, ROUTES[name], role, "withdrawn")]
    assert opened == []


@pytest.mark.parametrize("name", ANSWERS_ALL)
@pytest.mark.parametrize("role", sorted(routes.STAFF))
def test_what_is_answered_for_every_code_is_answered_alike(force, name, role):
    """Sent with nothing in it: the same answer for one's own, another's, a walled case, and a code nobody has."""
    if name == "desk:wall":
        pytest.skip("it keeps out whoever sends it: TestWalls in tests/doors/desk/test_need_to_know.py")
    answers = {
        force.browsers[role].post(f"/desk/case/{code}/{name.split(':')[1]}").status_code
        for code in [*(force.cases[standing].code for standing in ("own", *OTHERS[:-1])), "22222222"]
    }
    assert answers == ({404} if role in ROUTES[name].opens else {403})


@pytest.mark.parametrize("role", ["survivor", "supporter", "nobody", "feed"])
@pytest.mark.parametrize("name", [name for name in ROUTES if name.startswith("desk:")])
def test_nobody_from_outside_opens_a_page_of_the_desk(force, name, role):
    if ROUTES[name].opens is not routes.ANYBODY:
        assert not force.opens(name, ROUTES[name], role, "own")


class TestARuleBrokenOnPurposeIsSeen:
    """A sweep that cannot fail would be worth nothing."""

    def test_a_role_that_the_table_does_not_name(self, force, monkeypatch):
        roles, why = may_module.ACTS["see_looks"]
        monkeypatch.setitem(may_module.ACTS, "see_looks", (roles | {"officer"}, why))
        assert differences(force, ["desk:looks"], ["officer"]) == ["desk:looks officer own: opens"]

    def test_a_role_that_lost_its_page(self, force, monkeypatch):
        roles, why = may_module.ACTS["print_report"]
        monkeypatch.setitem(may_module.ACTS, "print_report", (roles - {"officer"}, why))
        assert differences(force, ["desk:report"], ["officer"]) == ["desk:report officer own: shut"]

    def test_an_act_that_nobody_was_given(self, force, monkeypatch):
        monkeypatch.delitem(may_module.ACTS, "search")
        assert "desk:find officer own: shut" in differences(force, ["desk:find"], ["officer"])

    def test_no_tie_is_asked(self, force, monkeypatch):
        monkeypatch.setattr(may_module, "tie", lambda *_: YES)
        found = differences(force, ["desk:case"], ["officer", "adviser"])
        assert "desk:case officer another: opens" in found
        assert "desk:case adviser another: opens" in found

    def test_every_force_is_ones_own(self, force, monkeypatch):
        monkeypatch.setattr(ties, "_BY_NAME", frozenset({"force"}))
        assert differences(force, ["desk:case"], ["supervisor"]) == ["desk:case supervisor another: opens"]

    def test_no_wall_stands(self, force, monkeypatch):
        monkeypatch.setattr("holdfast.access.known.walled_off", lambda _code: frozenset())
        assert "desk:case investigator walled: opens" in differences(force, ["desk:case"], ["investigator"])

    def test_a_separate_unit_is_everybodys(self, force, monkeypatch):
        monkeypatch.setattr(ties, "_is_apart", lambda *_: False)
        assert "desk:case investigator unit: opens" in differences(force, ["desk:case"], ["investigator"])

    def test_a_consent_stands_for_good(self, force, monkeypatch):
        monkeypatch.setattr(partners, "_stands", lambda *_: True)
        assert force.opens("desk:case", ROUTES["desk:case"], "adviser", "withdrawn")

    def test_an_auditor_needs_no_purpose(self, force, monkeypatch):
        monkeypatch.setitem(ties.MAY_STATE, "auditor", frozenset({""}))
        assert "desk:case auditor another: opens" in differences(force, ["desk:case"], ["auditor"])

    def test_a_supporter_has_all_of_the_page(self, force, monkeypatch):
        monkeypatch.setattr(ties, "_tie_outside", lambda *_: YES)
        roles, why = may_module.ACTS["own_page"]
        monkeypatch.setitem(may_module.ACTS, "own_page", (roles | {"supporter"}, why))
        assert "survivor:plan supporter own: opens" in differences(force, ["survivor:plan"], ["supporter"])

    def test_a_feed_that_may_not_hand_over(self, force, monkeypatch):
        roles, why = may_module.ACTS["hand_over_call"]
        monkeypatch.setitem(may_module.ACTS, "hand_over_call", (roles - {"feed"}, why))
        assert differences(force, ["api:calls"], ["feed"]) == ["api:calls feed own: shut"]


def test_the_sweep_has_every_role():
    from holdfast.record.entry import STAFF_ROLES

    assert set(ROLES) == set(STAFF_ROLES) | {"survivor", "supporter", "feed", "nobody"}
