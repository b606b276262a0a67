"""A desk with staff and cases in a database of its own, and a navigator that works it as a person would."""

import re
from collections.abc import Iterator
from datetime import UTC
from datetime import datetime
from html import unescape

import pytest
from django.test import Client
from tests.conftest import _database_at
from tests.doors.desk.sensible import LONDON
from tests.support.signing_in import signs_in

from holdfast.access.staff import StaffMember
from holdfast.access.staff import add_staff_member
from holdfast.casefile.append import Draft
from holdfast.casefile.append import open_case
from holdfast.casefile.reading import case_by_code
from holdfast.casefile.reading import read_case
from holdfast.record.entry import By

PASSWORD = "a long and plain password"
MARCH = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
OFFICER = By("officer", "PC1")


class Desk:
    """Somebody at the desk."""

    def __init__(self, role: str = "supervisor", staff: str = ""):
        self.role = role
        self.staff = staff or f"{role}-1"
        self.client = Client(HTTP_HOST="127.0.0.1")
        self.page = None

    def signs_in(self) -> "Desk":
        if not _known(self.staff):
            add_staff_member(self.staff, PASSWORD, role=self.role, staff=self.staff)
        signs_in(self.client, StaffMember.objects.select_related("user").get(staff=self.staff))
        return self

    def opens(self, address: str, **query: str) -> str:
        self.page = self.client.get(address, query or None)
        return self.page.content.decode()

    def sends(self, address: str, pairs: dict) -> str:
        self.page = self.client.post(address, pairs)
        return self.page.content.decode()

    def follows(self) -> str:
        assert self.page.status_code == 302, unescape(re.sub(r"<[^>]+>", " ", self.page.content.decode()))
        return self.opens(self.page.headers["Location"])


def _known(staff: str) -> bool:
    from holdfast.access.staff import StaffMember

    return StaffMember.objects.filter(staff=staff).exists()


def hidden(page: str) -> dict[str, str]:
    """What the form of a page carries along."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    return {name: unescape(value) for name, value in found}


def entries(code: str):
    """The entries of a case as the record holds them."""
    return read_case(case_by_code(code)).entries


def a_case(*drafts: Draft, pack: str = "england-and-wales") -> str:
    """A case with these entries after its first, and its code."""
    return open_case(pack, by=OFFICER, happened_at=MARCH, drafts=drafts).code


def local(moment: datetime) -> str:
    """A moment as a time field sends it."""
    return f"{moment.astimezone(LONDON):%Y-%m-%dT%H:%M}"


@pytest.fixture
def desk(database) -> Desk:
    """A supervisor at a desk without cases."""
    return Desk().signs_in()


@pytest.fixture(scope="module")
def shared_desk(migrated, data_folder, tmp_path_factory, django_db_blocker) -> Iterator[Desk]:
    """One supervisor for all tests of a file, each with a case of its own."""
    import shutil

    path = shutil.copy(migrated, tmp_path_factory.mktemp("shared") / "holdfast.sqlite3")
    with django_db_blocker.unblock(), _database_at(path):
        yield Desk().signs_in()
