"""The raw way in for evidence: resumable, bounded, and asked each time whether the giver still may."""

import asyncio
import errno
import hashlib
import json
import os
import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from tests.support.taking_in import Giving
from tests.support.taking_in import form

from holdfast.access.staff import add_staff_member
from holdfast.access.walls import wall_off
from holdfast.access.ways_in.kept import WORDS
from holdfast.access.ways_in.kept import end as end_ways
from holdfast.casefile.append import append
from holdfast.doors.evidence.coming import coming_in
from holdfast.doors.evidence.permit import make_permit
from holdfast.doors.evidence.permit import read_permit
from holdfast.record.entry import By
from holdfast.site import intakes as intakes_module
from holdfast.site.limits import Limits
from holdfast.vault.place import item_of

CONTENT = secrets.token_bytes(3_000_000)


@pytest.fixture
def giving(database: Any) -> Iterator[Giving]:
    opened = Giving()
    yield opened
    opened.close()


def end(giving: Giving, path: str, **said: Any) -> Any:
    return giving.ask("POST", f"{path}/end", json.dumps(said).encode())


def test_what_is_given_is_kept_as_it_came_and_the_giver_is_told_its_hash(giving: Giving) -> None:
    path = giving.permit()
    assert giving.ask("HEAD", path).offset == 0
    assert giving.patch(path, 0, CONTENT[:1_000_001]).offset == 1_000_001
    assert giving.ask("HEAD", path).offset == 1_000_001
    assert giving.patch(path, 1_000_001, CONTENT[1_000_001:]).offset == len(CONTENT)
    assert giving.items() == (), "nothing half-taken is an item"
    told = end(giving, path, size=len(CONTENT), sha256=hashlib.sha256(CONTENT).hexdigest())
    assert told.status == 200
    [item] = giving.items()
    assert (told.said["size"], told.said["sha256"]) == (len(CONTENT), hashlib.sha256(CONTENT).hexdigest())
    assert told.said["item"] == str(item.item)
    assert item_of(giving.case, item.item).read() == CONTENT
    assert (item.what, item.source, item.taken_by.role) == ("photograph", "survivor", "survivor")
    assert item.police_may_have == "not_asked"
    assert not item.police_may_look


def test_the_end_may_be_asked_again_and_the_item_is_taken_once(giving: Giving) -> None:
    path = giving.permit()
    first, again = giving.gives(CONTENT, path), end(giving, path, size=len(CONTENT))
    assert (again.status, again.said) == (200, first.said)
    assert len(giving.items()) == 1
    for asked in (giving.ask("HEAD", path), giving.patch(path, 0, CONTENT)):
        assert (asked.offset, asked.headers["upload-complete"]) == (len(CONTENT), "?1")
    assert len(giving.items()) == 1


def test_a_part_that_begins_elsewhere_is_told_where_to_go_on(giving: Giving) -> None:
    path = giving.permit()
    giving.patch(path, 0, CONTENT[:1000])
    for at in (0, 999, 1001, 10**9):
        answer = giving.patch(path, at, b"x" * 10)
        assert (answer.status, answer.offset) == (409, 1000)
    assert giving.patch(path, 1000, CONTENT[1000:]).status == 204
    assert end(giving, path).said["sha256"] == hashlib.sha256(CONTENT).hexdigest()


def test_a_line_that_breaks_keeps_all_that_came(giving: Giving) -> None:
    path = giving.permit()
    pieces = [CONTENT[at : at + 50_000] for at in range(0, 1_000_000, 50_000)]
    giving.ask("PATCH", path, pieces, cut=True, **{"content-type": "application/octet-stream", "upload-offset": "0"})
    assert giving.ask("HEAD", path).offset == 1_000_000
    giving.taking_in.intakes.close()  # as when the server starts anew
    assert giving.ask("HEAD", path).offset == 1_000_000
    assert end(giving, path, size=len(CONTENT)).status == 409, "it is not whole"
    assert giving.patch(path, 1_000_000, CONTENT[1_000_000:]).status == 204
    assert end(giving, path, size=len(CONTENT)).said["sha256"] == hashlib.sha256(CONTENT).hexdigest()


def test_going_on_with_another_file_is_refused(giving: Giving) -> None:
    path = giving.permit()
    giving.patch(path, 0, CONTENT[:200_000])
    other = secrets.token_bytes(300_000)
    wrong = {"upload-before": hashlib.sha256(other[:65_536]).hexdigest()}
    right = {"upload-before": hashlib.sha256(CONTENT[:65_536]).hexdigest()}
    refused = giving.patch(path, 200_000, other[200_000:], **wrong)
    assert (refused.status, giving.ask("HEAD", path).offset) == (409, 200_000)
    assert giving.patch(path, 200_000, CONTENT[200_000:], **right).status == 204


def test_two_devices_with_one_permit_do_not_mix(giving: Giving) -> None:
    path = giving.permit()
    ours, theirs = secrets.token_bytes(2_000_000), secrets.token_bytes(2_000_000)
    headers = {"content-type": "application/octet-stream", "upload-offset": "0"}
    answers = giving.together(
        ("PATCH", path, [ours[at : at + 65_536] for at in range(0, len(ours), 65_536)], False, headers),
        ("PATCH", path, [theirs[at : at + 65_536] for at in range(0, len(theirs), 65_536)], False, headers),
    )
    assert sorted(each.status for each in answers) == [204, 423]
    assert "retry-after" in next(each for each in answers if each.status == 423).headers
    digest = end(giving, path).said["sha256"]
    assert digest in (hashlib.sha256(ours).hexdigest(), hashlib.sha256(theirs).hexdigest())


@pytest.mark.parametrize("wrong", ["", "x", "A" * 200, "A" * 5000, "é", "../../etc/passwd"])
def test_a_forged_permit_is_nothing(giving: Giving, wrong: str) -> None:
    for method in ("HEAD", "PATCH", "POST", "DELETE", "GET"):
        assert giving.ask(method, f"/in/{wrong}").status == 404


def test_a_permit_that_was_changed_or_is_over_is_nothing(giving: Giving) -> None:
    path = giving.permit()
    text = path.removeprefix("/in/")
    for at in (0, 20, len(text) // 2):
        other = "A" if text[at] != "A" else "B"
        assert giving.ask("HEAD", f"/in/{text[:at]}{other}{text[at + 1 :]}").status == 404
    over = giving.permit(at=giving.now - timedelta(hours=25))
    assert read_permit(over.removeprefix("/in/")) is None
    assert giving.patch(over, 0, b"x").status == 404
    body, kind = form(("files", "a.jpg", b"x"))
    page = giving.ask("POST", over, body, **{"content-type": kind})
    assert (page.status, page.headers["content-type"]) == (404, "text/html")


def test_a_permit_says_nothing_and_its_length_little(giving: Giving) -> None:
    short, longer = giving.permit(), giving.permit(said={"what": "photograph", "words": "a" * 20})
    assert len(short) == len(longer)
    assert str(giving.case) not in short
    assert giving.permit() != giving.permit()


def test_the_right_is_asked_again_before_it_is_taken(giving: Giving) -> None:
    path = giving.permit()
    assert giving.patch(path, 0, CONTENT).status == 204
    end_ways(giving.case, WORDS, at=giving.now)
    assert end(giving, path, size=len(CONTENT)).status == 404
    assert giving.items() == ()
    assert giving.patch(path, len(CONTENT), b"more").status == 404


def test_no_other_site_and_no_other_name_may_send(giving: Giving) -> None:
    path = giving.permit()
    assert giving.patch(path, 0, b"x", origin="http://127.0.0.1.example").status == 403
    assert giving.patch(path, 0, b"x", origin="null").status == 403
    assert giving.patch(path, 0, b"x", **{"sec-fetch-site": "cross-site"}).status == 403
    assert giving.patch(path, 0, b"x", **{"sec-fetch-site": "same-site"}).status == 403
    assert giving.patch(path, 0, b"x", host="evil.example").status == 400
    assert giving.patch(path, 0, b"x", **{"content-type": "text/plain"}).status == 415
    assert giving.ask("PUT", path).status == 405
    assert giving.ask("POST", f"{path}/other").status == 404
    assert giving.patch(path, 0, b"x", origin="http://127.0.0.1", **{"sec-fetch-site": "same-origin"}).status == 204


@pytest.mark.parametrize("offset", ["", "-1", "1e3", "x", "9" * 30, "１"])
def test_an_offset_that_is_no_number_is_refused(giving: Giving, offset: str) -> None:
    encoded = offset.encode().decode("latin-1")
    assert giving.patch(giving.permit(), 0, b"x", **{"upload-offset": encoded}).status == 400


def test_what_is_too_large_is_refused_with_the_limit_before_it_is_read(giving: Giving, settings: Any) -> None:
    settings.HOLDFAST_MOST_GIVEN = 1_000_000
    path = giving.permit()
    answer = giving.patch(path, 0, b"x" * 10, **{"upload-length": "1000001"})
    assert answer.status == 413
    assert "1.0 MB" in answer.said["why"]
    answer = giving.ask("POST", f"{path}/file", json.dumps({"size": 1_000_001}).encode())
    assert answer.status == 413
    # Where nobody said how long it is, it is stopped at the limit, and what came before stays.
    pieces = [CONTENT[at : at + 65_536] for at in range(0, 1_300_000, 65_536)]
    answer = giving.ask("PATCH", path, pieces, **{"content-type": "application/octet-stream", "upload-offset": "0"})
    assert answer.status == 413
    assert giving.ask("HEAD", path).offset <= 1_000_000


def test_a_survivor_s_room_in_a_case_ends_and_leaves_the_desk_its_own(giving: Giving, settings: Any) -> None:
    settings.HOLDFAST_MOST_GIVEN_IN_ALL = 2_000_000
    assert giving.gives(CONTENT[:1_500_000]).status == 200
    assert giving.patch(giving.permit(), 0, b"x", **{"upload-length": "600000"}).status == 413
    assert giving.patch(giving.permit(), 0, b"x" * 400_000).status == 204
    assert giving.patch(giving.permit(), 0, b"x" * 200_000).status == 413, "what is coming in counts"


def test_not_more_than_so_many_are_begun(giving: Giving, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("holdfast.doors.evidence.coming.MOST_COMING", 3)
    answers = [giving.patch(giving.permit(), 0, b"x").status for _ in range(5)]
    assert answers == [204, 204, 204, 413, 413]


def test_a_full_disk_is_said_and_loses_nothing(giving: Giving, monkeypatch: pytest.MonkeyPatch) -> None:
    path = giving.permit()
    giving.patch(path, 0, CONTENT[:500_000])
    write = os.pwrite

    def full(*_: Any) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "pwrite", full)
    answer = giving.patch(path, 500_000, CONTENT[500_000:])
    assert (answer.status, "no more room" in answer.said["why"]) == (507, True)
    monkeypatch.setattr(os, "pwrite", write)
    at = giving.ask("HEAD", path).offset
    assert at == 500_000
    assert giving.patch(path, at, CONTENT[at:]).status == 204
    assert end(giving, path).said["sha256"] == hashlib.sha256(CONTENT).hexdigest()


def test_room_is_kept_on_the_disk_for_the_record(giving: Giving, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intakes_module, "KEPT_FREE", 1 << 60)
    assert giving.patch(giving.permit(), 0, b"x").status == 507


@pytest.mark.parametrize("said", [b"[]", b"{", b"[" * 5000, b"\xff", b'{"size": -1}', b'{"size": true}',
                                  b'{"sha256": "zz"}', b'{"sha256": "00"}'])  # fmt: skip
def test_an_end_that_says_nothing_sensible_is_refused(giving: Giving, said: bytes) -> None:
    path = giving.permit()
    giving.patch(path, 0, b"x")
    assert giving.ask("POST", f"{path}/end", said).status == 400


def test_an_end_of_a_megabyte_is_not_read(giving: Giving) -> None:
    assert giving.ask("POST", f"{giving.permit()}/end", b" " * 1_000_000).status == 413


def test_what_is_not_what_was_announced_is_not_taken(giving: Giving) -> None:
    path = giving.permit()
    giving.patch(path, 0, CONTENT)
    assert end(giving, path, size=len(CONTENT) + 1).status == 409
    assert end(giving, path, size=len(CONTENT), sha256="0" * 64).status == 422
    assert giving.items() == ()
    assert giving.ask("DELETE", path).status == 204
    assert giving.ask("HEAD", path).offset == 0


def test_nothing_at_all_is_not_taken(giving: Giving) -> None:
    path = giving.permit()
    giving.patch(path, 0, b"")
    assert end(giving, path, size=0).status == 422
    assert giving.items() == ()


def test_one_permit_gives_another_for_each_further_file(giving: Giving) -> None:
    path = giving.permit()
    told = {"named": "C:\\Users\\me\\bad\x00na\x1bme\u202egpj.exe", "fields": {
        "words": "On the stairs.", "happened": "2026-11-20T21:30", "police_may_have": "later", "what": "statement",
        "source": "officer", "number": "07700 900123"}}  # fmt: skip
    more = giving.ask("POST", f"{path}/file", json.dumps(told).encode()).said["permit"]
    assert giving.gives(CONTENT, more).status == 200
    [item] = giving.items()
    assert (item.what, item.source, item.police_may_have) == ("photograph", "survivor", "later"), "only what it may say"
    assert item.happened is not None
    assert item.happened.isoformat() == "2026-11-20T21:30:00+00:00"
    assert item.words == "Number or account: 07700 900123\nOn the stairs."
    assert "\x00" not in item.named
    assert "\u202e" not in item.named
    # It gives no further ones: what was said of it was said.
    again = giving.ask("POST", f"{more}/file", json.dumps({"fields": {"words": "changed"}}).encode()).said["permit"]
    giving.gives(b"x", again)
    assert giving.items()[1].words == item.words


def test_more_words_than_an_address_holds_are_said_to_be_too_many(giving: Giving) -> None:
    told = {"fields": {"words": secrets.token_hex(5000)}}
    assert giving.ask("POST", f"{giving.permit()}/file", json.dumps(told).encode()).status == 422


def test_what_is_coming_in_is_known_with_what_was_said_of_it(giving: Giving) -> None:
    path = giving.permit()
    giving.patch(path, 0, CONTENT[:70_000], **{"upload-length": str(len(CONTENT))})
    [coming] = coming_in(giving.case)
    assert (coming.acknowledged, coming.size, coming.role) == (70_000, len(CONTENT), "survivor")
    assert coming.said["what"] == "photograph"
    other = Giving()
    assert coming_in(other.case) == []
    other.close()
    giving.patch(path, 70_000, CONTENT[70_000:])
    end(giving, path)
    assert coming_in(giving.case) == []


def test_staff_give_what_their_tie_to_the_case_lets_them_and_no_longer(giving: Giving) -> None:
    member = add_staff_member("ann.example", "x" * 20, role="investigator", staff="DC7", organisation="every-force")
    allocated = {"role": "investigator", "staff": "DC7"}
    append(giving.case, "CaseAllocated", allocated, by=By("supervisor", "SGT1"), happened_at=giving.now)
    desk = {
        "door": "desk",
        "role": "investigator",
        "staff": "DC7",
        "way": 0,
        "back": "/desk/",
        "said": {"what": "document"},
    }
    path = giving.permit(**desk)
    assert giving.gives(CONTENT, path).status == 200
    assert giving.items()[0].taken_by == By("investigator", "DC7")
    half = giving.permit(**desk)
    assert giving.patch(half, 0, CONTENT).status == 204
    assert giving.patch(giving.permit(**{**desk, "role": "supervisor"}), 0, b"x").status == 404, "nobody of that role"
    User.objects.filter(pk=member.user.pk).update(is_active=False)
    assert end(giving, half).status == 404
    User.objects.filter(pk=member.user.pk).update(is_active=True)
    wall_off(giving.code, "DC7", "SGT1")
    assert end(giving, half).status == 404
    assert len(giving.items()) == 1


def test_going_there_leads_back(giving: Giving) -> None:
    answer = giving.ask("GET", giving.permit())
    assert (answer.status, answer.headers["location"]) == (303, "/my/given")


def test_a_permit_leads_nowhere_else() -> None:
    for back in ("https://elsewhere.example", "//elsewhere.example", "elsewhere"):
        with pytest.raises(ValueError, match="this server alone"):
            make_permit(door="desk", case=uuid4(), role="officer", staff="", said={}, at=datetime.now(UTC), back=back)


def test_what_comes_in_is_counted_by_its_permit_and_never_cut_for_being_slow() -> None:
    seen: list[Any] = []

    async def slow(scope: Any, receive: Any, send: Any) -> None:
        seen.append((await receive())["type"])
        await send({"type": "http.response.start", "status": scope.get("holdfast.refused", 204), "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def body() -> dict[str, Any]:
        return {"type": "http.request", "body": b"x", "more_body": True}

    limits = Limits(slow, clock=lambda: 0.0)
    statuses: list[int] = []

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    async def ask(number: int) -> None:
        scope = {
            "type": "http", "method": "PATCH", "path": "/in/one-permit", "raw_path": b"/in/one-permit",
            "query_string": b"", "headers": [(b"host", b"127.0.0.1")], "client": (f"203.0.113.{number % 200}", 1),
        }  # fmt: skip
        await limits(scope, body, send)

    async def many() -> None:
        for number in range(301):
            await ask(number)

    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, many()).result()
    assert statuses[:300] == [204] * 300
    assert statuses[300] == 429, "a permit is a session: no way around the limit"
    assert set(seen) == {"http.request"}
