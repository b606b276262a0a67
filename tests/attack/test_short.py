"""A short, seeded part of `make attack`: every door, every form field, what people and programs send by malice.

What holds: never a 500, and nothing that was sent comes back as markup. The whole, with wapiti, sqlmap and schemathesis
for twenty minutes, is `make attack` (docs/how-to/attack.md).
"""

import json
import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.test import Client
from django.urls import get_resolver
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import seed
from hypothesis import settings as tried
from ruamel.yaml import YAML
from tests.attack.fields import forms_in
from tests.doors.guide.conftest import reading
from tests.doors.survivor.conftest import Survivor
from tests.support.signing_in import signs_in

from holdfast.casefile.packs import pack_called

HERE = Path(__file__).parent
PACKS = HERE.parents[1] / "packs"
NAUGHTY: list[str] = json.loads((HERE.parent / "samples/naughty-strings/blns.json").read_text(encoding="utf-8"))
OURS = [
    "\x00",
    "a" * 6000,
    "\ud83d",
    "../../etc/passwd",
    "' OR 1=1 --",
    '<svg onload="x()">',
    "%00",
    "{{7*7}}",
    "\r\nX: y",
]
SEED = 20261121
ROLES = ("supervisor", "adviser", "auditor")
QUERIES = (
    "on",
    "next",
    "q",
    "place",
    "page",
    "from",
    "to",
    "kind",
    "about",
    "state",
    "near",
    "need",
    "code",
    "period",
    "role",
    "who",
)
ALIVE = re.compile(r"<svg onload|<script>alert|<img src=x", re.IGNORECASE)


def some(most: int) -> list[str]:
    """A few of the strings, the same each time; our own always."""
    return [*OURS, *random.Random(SEED).sample(NAUGHTY, most)]  # noqa: S311 it has to be the same each time


def sendable(string: str) -> str:
    """The same without halves of letters, which no browser can send either."""
    return string.encode(errors="replace").decode()


@pytest.fixture
def survivor(database: Any, settings: Any) -> Survivor:
    settings.HOLDFAST_UNSLOWED = True  # as in the attack itself: wrong words make nobody wait
    case = Survivor()
    case.record("CallReceived", route="voice")
    return case


def checked(answer: Any, what: str) -> Any:
    assert answer.status_code < 500, what
    if answer.get("Content-Type", "").startswith("text/html") and not answer.streaming:
        assert not ALIVE.search(answer.content.decode()), f"{what}: came back as markup"
    return answer


def spoil(browser: Client, addresses: list[str], strings: list[str]) -> int:
    """Every form of these pages, each field spoiled by some of the strings in turn; how many were sent."""
    sent = 0
    turn = random.Random(SEED)  # noqa: S311 it has to be the same each time
    for address in addresses:
        page = checked(browser.get(address), address)
        if page.status_code != 200 or page.streaming:
            continue
        for form in forms_in(page.content.decode(), address):
            if form.action.endswith(("/sign-out", "/leave", "/close")):
                continue
            to = browser.post if form.method == "post" else browser.get
            each_alone = [
                (string, fields) for string in map(sendable, turn.sample(strings, 2)) for fields in form.spoiled(string)
            ]
            all_at_once = [(each, list(form.spoiled(each))[-1]) for each in map(sendable, OURS)]
            for string, fields in each_alone + all_at_once:
                checked(to(form.action, fields), f"{form.action} {sorted(fields)} {string!r}")
                sent += 1
    return sent


def plain_addresses(door: str) -> Iterator[str]:
    """Every address of a door that takes nothing from the reader."""
    for pattern in get_resolver().url_patterns:
        if str(pattern.pattern) == door:
            yield from (f"/{door}{each.pattern}" for each in pattern.url_patterns if "<" not in str(each.pattern))


def browser() -> Client:
    return Client(HTTP_HOST="127.0.0.1", raise_request_exception=False)


def test_the_survivor_s_forms(survivor: Survivor) -> None:
    client = browser()
    assert survivor.enters(client).status_code == 302
    addresses = [each for each in plain_addresses("my/") if not each.endswith(("leave", "close"))]
    assert spoil(client, addresses, some(40)) > 20


@pytest.mark.parametrize("role", ROLES)
def test_the_desk_s_forms(role: str, survivor: Survivor) -> None:
    from holdfast.access.staff import add_staff_member

    member = add_staff_member(f"{role}.x", "a long and plain password", role=role, staff=f"{role}-x")
    client = browser()
    signs_in(client, member)
    ours = [each for each in plain_addresses("desk/") if "sign-out" not in each]
    of_the_case = [
        f"/desk/case/{survivor.code}{rest}" for rest in ("", "/record", "/words", "/wall", "/looks", "/report")
    ]
    spoil(client, [*ours, *of_the_case], some(40))


@pytest.fixture(scope="module", autouse=True)
def in_english(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One place and what it inherits, in English alone: reading every catalogue of every place takes a minute."""
    folder = tmp_path_factory.mktemp("in-english")
    for name in ("every-place", "england-and-wales"):
        shutil.copytree(PACKS / name, folder / "packs" / name, ignore=shutil.ignore_patterns("*.po", "worked"))
    (folder / "frame").mkdir()
    pack_called.cache_clear()
    with reading(folder / "packs", folder / "frame", drafts=False):
        yield
    pack_called.cache_clear()


@pytest.mark.parametrize("door", ["", "my/", "desk/"])
def test_what_stands_in_an_address(door: str, survivor: Survivor) -> None:
    client = browser()
    if door == "my/":
        survivor.enters(client)
    turn = random.Random(SEED)  # noqa: S311 it has to be the same each time
    guide = [
        "/",
        "/guide/england-and-wales/",
        "/guide/england-and-wales/services",
        "/start/england-and-wales",
        "/traces",
    ]
    for address in list(plain_addresses(door)) if door else guide:
        if address.endswith(("leave", "close")):
            continue
        for name in QUERIES:
            value = turn.choice(some(60)).encode(errors="replace").decode()
            checked(client.get(address, {name: value}), f"{address}?{name}={value!r}")
    for string in some(25):
        told = string.encode(errors="replace").decode().strip("/") or "x"
        checked(client.get(f"/{door}{told}"), f"/{door}{told!r}")


@pytest.mark.parametrize("header", ["HTTP_HOST", "HTTP_COOKIE", "HTTP_REFERER", "HTTP_ACCEPT_LANGUAGE", "HTTP_ORIGIN"])
def test_what_stands_in_a_header(header: str, database: Any) -> None:
    for string in some(30):
        value = string.encode("latin-1", errors="replace").decode("latin-1")[:2000]
        for address in ("/my/in", "/desk/sign-in", "/"):
            checked(browser().get(address, **{header: value}), f"{header} {value!r}")


def test_what_the_public_writes_in_a_report(database: Any, settings: Any, small_pack: str) -> None:
    settings.HOLDFAST_ONLINE_REPORTS = True
    settings.HOLDFAST_PLACE = small_pack
    client = browser()
    page = re.search(r'name="page" value="([^"]+)"', client.get("/note/on").content.decode())[1]
    for string in some(30):
        words = string.encode(errors="replace").decode()
        typed = dict.fromkeys(("happened", "place", "number", "name", "reach", "language"), words)
        for token in (page, words):
            sent = {**typed, "safe_now": "yes", "who": "neighbour", "page": token}
            checked(client.post("/note/on", sent), f"a report {string!r}")


class TestTheMachinesDoor:
    """Documents made from its description, and the description held against the door."""

    def test_the_description_names_every_address_of_the_door(self) -> None:
        described = YAML(typ="safe").load((HERE / "openapi.yaml").read_text(encoding="utf-8"))["paths"]
        assert set(described) == set(plain_addresses("api/"))

    def test_every_answer_is_one_that_is_described(self, database: Any, small_pack: str) -> None:
        from holdfast.doors.api.models import add_agency

        key = add_agency("attack.example.org", pack=small_pack, force="", area="")
        schema = schemathesis.openapi.from_path(HERE / "openapi.yaml")
        [operation] = [each.ok() for each in schema.get_all_operations() if each.ok().path == "/api/calls"]
        described = set(operation.definition.raw["responses"])
        client = browser()

        @seed(SEED)
        @tried(max_examples=40, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def each(case: Any) -> None:
            body = case.body if isinstance(case.body, dict | list | str | int | float | bool | None) else {}
            answer = client.post(
                "/api/calls", json.dumps(body), content_type="application/json", HTTP_AUTHORIZATION=f"Bearer {key}"
            )
            assert str(answer.status_code) in described
            assert answer.json().keys() in ({"faults"}, {"case", "entries", "opened", "repeated"})

        each()
