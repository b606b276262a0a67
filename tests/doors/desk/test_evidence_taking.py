"""What is asked before something is taken in, and what is refused: no byte passes through these pages."""

import re
from datetime import UTC
from datetime import datetime

import pytest
from tests.doors.desk.conftest import OFFICER
from tests.doors.desk.conftest import Desk
from tests.doors.desk.conftest import a_case
from tests.doors.desk.conftest import entries
from tests.doors.desk.kept import keep

from holdfast.casefile.append import append
from holdfast.casefile.reading import case_by_code
from holdfast.doors.desk.evidence.asked import WAYS
from holdfast.doors.desk.evidence.body import AREAS
from holdfast.doors.desk.evidence.body import BACK
from holdfast.doors.desk.evidence.body import FRONT
from holdfast.doors.evidence.permit import WHERE
from holdfast.doors.evidence.permit import read_permit


@pytest.fixture
def code(desk):
    return a_case()


def at(code, further=""):
    return f"/desk/case/{code}/evidence/take{further}"


def permit_in(page):
    [address] = re.findall(rf'action="({WHERE}[^"]+)"', page)
    return read_permit(address.removeprefix(WHERE))


def consent(code, **said):
    given = {"what": "The visit of 3 March", "purpose": "To prove the injury", **said}
    return append(
        case_by_code(code), "MedicalConsentGiven", given, by=OFFICER, happened_at=datetime.now(UTC)
    ).number  # fmt: skip


@pytest.mark.parametrize("way", WAYS, ids=[way.what for way in WAYS])
def test_each_thing_is_offered_and_has_its_own_questions(desk, code, way):
    assert f"?what={way.what}" in desk.opens(at(code))
    page = desk.opens(at(code, f"?what={way.what}"))
    for name in way.asks:
        assert f'name="{name}"' in page or name == "consent"
    assert ("data-bodymap" in page) == (way.what == "injury_photograph")


def test_what_was_said_is_in_the_permit_and_nowhere_in_the_address(desk, code):
    said = {"what": "injury_photograph", "words": "Left arm", "light": "Torch", "scale": "yes", "present": "PC2",
            "body": ["front.left_forearm", "back.neck"], "made": "2026-03-02T21:00", "exhibit": "AB/1"}  # fmt: skip
    page = desk.sends(at(code), said)
    assert desk.page.status_code == 200
    permit = permit_in(page)
    assert (permit.door, permit.case, permit.staff) == ("desk", case_by_code(code), desk.staff)
    assert permit.said["body"] == ["front.left_forearm", "back.neck"]
    assert permit.said["made"] == "2026-03-02T21:00:00Z"
    assert {permit.said[name] for name in ("words", "light", "scale", "present", "source", "exhibit")} == {
        "Left arm", "Torch", "yes", "PC2", "officer", "AB/1",
    }  # fmt: skip
    assert permit.back == f"/desk/case/{code}/evidence?taken=injury_photograph"
    assert "Left arm" not in desk.page.request["PATH_INFO"]
    assert not [entry for entry in entries(code) if entry.kind == "ItemTaken"]


@pytest.mark.parametrize("wrong", [{"body": "front.tail"}, {"made": "yesterday"}, {"scale": "perhaps"}])
def test_what_the_record_would_refuse_is_refused_before_a_byte_is_sent(desk, code, wrong):
    page = desk.sends(at(code), {"what": "injury_photograph", **wrong})
    assert desk.page.status_code == 422
    assert WHERE not in page
    assert "There is a problem" in page


def test_more_words_than_an_address_holds_are_asked_for_more_shortly(desk, code):
    import secrets

    page = desk.sends(at(code), {"what": "document", "words": secrets.token_hex(6000)})
    assert desk.page.status_code == 422
    assert "more shortly" in page


def test_a_medical_record_needs_a_consent_that_stands(desk, code):
    page = desk.sends(at(code), {"what": "medical_record", "words": "x"})
    assert desk.page.status_code == 422
    assert "Record the survivor" in page
    past = consent(code, until="2026-03-05")
    desk.sends(at(code), {"what": "medical_record", "consent": str(past)})
    assert desk.page.status_code == 422
    number = consent(code)
    page = desk.sends(at(code), {"what": "medical_record", "consent": str(number)})
    assert permit_in(page).said["consent"] == number


def test_for_a_further_picture_light_and_place_stand_there_already(desk, code):
    keep(code, b"x", what="injury_photograph", light="Torch", exhibit="AB/1", body=["front.face"], words="Lip")
    page = desk.opens(at(code, "?what=injury_photograph&further=1"))
    assert 'value="Torch"' in page
    assert re.search(r'value="front.face" checked', page)
    assert "Lip" not in page  # another picture shows something else


def test_an_auditor_and_a_partner_take_nothing_in(desk, code):
    auditor = Desk("auditor").signs_in()
    auditor.client.post(f"/desk/case/{code}/purpose", {"purpose": "audit", "words": "The yearly look at all"})
    auditor.opens(at(code))
    assert auditor.page.status_code == 403


def test_signing_in_again_shows_the_form_once_more_and_gives_no_permit(desk, code, monkeypatch):
    from holdfast.doors.desk.views import evidence_take

    monkeypatch.setattr(evidence_take, "shown_again", lambda _request: True)
    page = desk.sends(at(code), {"what": "document", "words": "A letter"})
    assert WHERE not in page
    assert "A letter" in page


class TestBodyMap:
    def test_each_area_has_a_code_a_name_and_a_shape_of_its_own(self):
        for of in (lambda area: area.code, lambda area: area.name):
            assert len({of(area) for area in AREAS}) == len(AREAS)
        assert all(re.fullmatch(r"[a-z0-9_.-]{1,80}", area.code) for area in AREAS)
        assert len({area.shape for area in FRONT}) == len(FRONT)

    def test_left_is_the_persons_own(self):
        """On the front their left lies to the onlooker's right; on the back to the left."""

        def first_x(figure, code):
            [shape] = [area.shape for area in figure if area.code.endswith(code)]
            return float(re.match(r"M([\d.]+)", shape)[1])

        assert first_x(FRONT, ".left_hand") > 100 > first_x(FRONT, ".right_hand")
        assert first_x(BACK, ".left_hand") < 100 < first_x(BACK, ".right_hand")
