"""Who takes part in the journeys: each person has a browser of their own, signed in as the demo signs them in."""

import json
from collections.abc import Callable
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import BrowserContext
from tests.journeys.staff import AnyStaff
from tests.journeys.staff import CallTaker
from tests.journeys.staff import CustodyOfficer
from tests.journeys.staff import Dispatcher
from tests.journeys.staff import Investigator
from tests.journeys.staff import Officer
from tests.journeys.staff import RecordsOfficer
from tests.journeys.staff import SafeguardingOfficer
from tests.journeys.staff import Staff
from tests.journeys.staff import Supervisor
from tests.journeys.staff import WitnessCare
from tests.journeys.survivor import Reader
from tests.journeys.survivor import Survivor
from tests.support.browser import context
from tests.support.served import Served

Opens = Callable[..., BrowserContext]


@pytest.fixture
def opens(chromium: Browser) -> Iterator[Opens]:
    """Opens a browser, and closes every one of them when the test is done."""
    opened: list[BrowserContext] = []

    def one(**more: object) -> BrowserContext:
        opened.append(context(chromium, **more))  # type: ignore[arg-type]
        return opened[-1]

    yield one
    for each in opened:
        each.close()


@pytest.fixture
def signs_in(served: Served, opens: Opens) -> Callable[[type[AnyStaff]], AnyStaff]:
    """A member of staff, signed in at a browser of their own."""

    def one(who: type[AnyStaff]) -> AnyStaff:
        return who(opens().new_page(), served)

    return one


@pytest.fixture
def call_taker(signs_in: Callable[[type[Staff]], Staff]) -> Staff:
    return signs_in(CallTaker)


@pytest.fixture
def dispatcher(signs_in: Callable[[type[Staff]], Staff]) -> Staff:
    return signs_in(Dispatcher)


@pytest.fixture
def officer(signs_in: Callable[[type[Staff]], Staff]) -> Staff:
    return signs_in(Officer)


@pytest.fixture
def supervisor(signs_in: Callable[[type[Staff]], Staff]) -> Staff:
    return signs_in(Supervisor)


@pytest.fixture
def investigator(signs_in: Callable[[type[Staff]], Staff]) -> Staff:
    return signs_in(Investigator)


@pytest.fixture
def custody_officer(signs_in: Callable[[type[Staff]], Staff]) -> Staff:
    return signs_in(CustodyOfficer)


@pytest.fixture
def records_officer(signs_in: Callable[[type[Staff]], Staff]) -> Staff:
    return signs_in(RecordsOfficer)


@pytest.fixture
def safeguarding_officer(signs_in: Callable[[type[Staff]], Staff]) -> Staff:
    return signs_in(SafeguardingOfficer)


@pytest.fixture
def witness_care(signs_in: Callable[[type[Staff]], Staff]) -> Staff:
    return signs_in(WitnessCare)


@pytest.fixture
def words_for(served: Served, signs_in: Callable[[type[Staff]], Staff]) -> Callable[[str], tuple[str, str]]:
    """New words for an example case, given by a supervisor: (code, words). Other tests may have ended the older."""

    def one(title: str) -> tuple[str, str]:
        code = served.cases[title]["code"]
        return code, signs_in(Supervisor).gives_words(code)

    return one


@pytest.fixture
def words_by_command(served: Served) -> Callable[[str], tuple[str, str]]:
    """The same without the desk, for a journey in which nobody at the desk takes part."""

    def one(title: str) -> tuple[str, str]:
        code = served.cases[title]["code"]
        said = served.command("words", code, "--staff", "demo.supervisor", "--known", "met_in_person", "--json")
        return code, json.loads(said)["words"]

    return one


@pytest.fixture
def survivor(served: Served, opens: Opens) -> Survivor:
    return Survivor(opens(width=375).new_page(), served)


@pytest.fixture
def reader(served: Served, opens: Opens) -> Reader:
    return Reader(opens(width=375).new_page(), served)
