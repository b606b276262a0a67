"""Time stamps come by the clock, from an authority over HTTP: while it is out nobody waits and nothing is lost."""

import io
import threading
import time
from collections.abc import Iterator
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler
from http.server import ThreadingHTTPServer
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from holdfast.casefile import clock
from holdfast.casefile.append import open_case
from holdfast.casefile.keys.chosen import ring
from holdfast.casefile.noticing import cases_short_of
from holdfast.casefile.reading import read_case
from holdfast.doors.evidence import stamps
from holdfast.doors.evidence.recording import took
from holdfast.doors.evidence.stamps import stamp_waiting
from holdfast.doors.evidence.stamps import stamp_when_due
from holdfast.record.entry import By
from holdfast.site.checks import stamps as checked
from holdfast.vault import authority as authorities
from holdfast.vault.authority import AuthorityOut
from holdfast.vault.authority import NoAuthority
from holdfast.vault.authority import authority
from holdfast.vault.items import items_of
from holdfast.vault.own_authority import make_authority
from holdfast.vault.place import intake_folder
from holdfast.vault.place import key_of
from holdfast.vault.place import store
from holdfast.vault.receipt import read_receipt
from holdfast.vault.stamping import StampRefused
from holdfast.vault.taking import take

OFFICER = By("investigator", "DC7")
NOW = datetime.now(UTC)
BYTES = b"what was given"
OURS = make_authority(NOW)


class Answers(BaseHTTPRequestHandler):
    """An authority over HTTP, in whatever mood the test gives its server."""

    def do_POST(self):
        asked = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.headers["Content-Type"], asked))
        mood = self.server.mood
        if mood == "sends on" and self.path != "/on":
            self.send_response(307)
            self.send_header("Location", "/on")
            self.end_headers()
            return
        body = OURS.answer(self.server.asked[0][1] if mood == "answers the first again" else asked)
        body = {"a page": b"<p>Hello", "far too long": body + bytes(100_000)}.get(mood, body)
        self.send_response(503 if mood == "out of order" else 200)
        self.send_header("Content-Type", "text/html" if mood == "a page" else "application/timestamp-reply")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Says nothing."""


@pytest.fixture
def server(tmp_path, settings, monkeypatch) -> Iterator[ThreadingHTTPServer]:
    found = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    found.mood, found.asked = "well", []
    threading.Thread(target=found.serve_forever, daemon=True).start()
    (tmp_path / "roots.pem").write_bytes(OURS.root.public_bytes(Encoding.PEM))
    settings.HOLDFAST_STAMPS = f"http://127.0.0.1:{found.server_port}/stamp"
    settings.HOLDFAST_STAMPS_ROOTS, settings.HOLDFAST_STAMPS_POLICY = str(tmp_path / "roots.pem"), ""
    monkeypatch.setattr(stamps, "WAITING", stamps.Waiting())
    yield found
    found.shutdown()
    found.server_close()


@pytest.fixture
def case(database, small_pack):
    return open_case(small_pack, by=OFFICER, happened_at=NOW - timedelta(days=1)).case_id


def give(case, content=BYTES):
    taken = take(io.BytesIO(content), store(), intake_folder(), case=case, item=uuid4(), case_key=key_of(case))
    return took(case, taken, {"what": "photograph"}, by=OFFICER, at=NOW)


def items(case):
    return [item for item in items_of(read_case(case).entries) if item.of is None]


def test_what_was_given_is_stamped_by_the_clock_and_not_before(case, server):
    assert give(case).stamps == ()
    assert server.asked == []
    assert stamp_waiting() == 1
    (item,) = items(case)
    assert server.asked[0][0] == "application/timestamp-query"
    assert authority().verify(item.stamps[0].token, sha256(BYTES).digest()).at == item.stamps[0].at
    assert stamp_waiting() == 0


def test_the_clock_stamps_in_a_thread_of_its_own(case, server):
    give(case)
    stamp_when_due(NOW)
    until = time.monotonic() + 20
    while not items(case)[0].stamps and time.monotonic() < until:
        time.sleep(0.05)
    assert len(items(case)[0].stamps) == 1


def test_what_waits_is_found_in_the_record_without_opening_what_does_not(case, server, small_pack):
    give(case)
    stamp_waiting()
    other = open_case(small_pack, by=OFFICER, happened_at=NOW - timedelta(days=1)).case_id
    assert cases_short_of("ItemTimeStamped", "ItemTaken").cases == ()
    give(other)
    give(case, b"one more")
    assert set(cases_short_of("ItemTimeStamped", "ItemTaken").cases) == {case, other}


def test_two_who_stamp_at_once_leave_one_stamp(case, server, monkeypatch):
    give(case)
    true, chosen = stamps.append_all, authority()

    def later(*told, **more):
        monkeypatch.setattr(stamps, "append_all", true)
        stamps.stamp_case(case, chosen)  # somebody else was quicker
        return true(*told, **more)

    monkeypatch.setattr(stamps, "append_all", later)
    assert stamp_waiting() == 0
    assert stamp_waiting() == 0
    assert len(items(case)[0].stamps) == 1


def test_the_sites_clock_knows_of_it():
    assert stamp_when_due in clock.ALSO_DUE


def test_while_the_authority_is_out_nothing_is_lost_and_it_is_asked_less_and_less(case, server, monkeypatch, caplog):
    server.mood = "out of order"
    give(case)
    give(case, b"another")
    assert stamp_waiting() == 0
    first = stamps.WAITING.pause
    assert stamps.WAITING.trouble
    stamp_when_due(NOW)  # not yet: it does not even look
    assert stamp_waiting() == 0
    assert stamps.WAITING.pause == 2 * first
    assert len([line for line in caplog.records if "time stamps wait" in line.message]) == 1
    # As after a restart: nothing is remembered but the record.
    server.mood = "well"
    monkeypatch.setattr(stamps, "WAITING", stamps.Waiting())
    assert stamp_waiting() == 2
    assert all(item.stamps for item in items(case))


def test_what_was_stamped_before_it_broke_off_stays(case, server):
    give(case)
    stamp_waiting()
    server.mood = "answers the first again"
    give(case, b"another")
    assert stamp_waiting() == 0
    assert "other bytes" in stamps.WAITING.trouble.why
    assert [bool(item.stamps) for item in items(case)] == [True, False]


@pytest.mark.parametrize("mood", ["out of order", "a page", "far too long", "sends on"])
def test_what_is_no_answer_is_told_apart_and_never_followed(server, mood):
    server.mood = mood
    with pytest.raises(AuthorityOut):
        authority().stamp(sha256(BYTES).digest(), datetime.now(UTC))
    assert len(server.asked) == 1


def test_an_authority_that_nobody_trusts_here_stamps_nothing(case, server, settings, tmp_path):
    (tmp_path / "others.pem").write_bytes(make_authority(NOW).root.public_bytes(Encoding.PEM))
    settings.HOLDFAST_STAMPS_ROOTS = str(tmp_path / "others.pem")
    give(case)
    assert stamp_waiting() == 0
    assert "trusted" in stamps.WAITING.trouble.why
    with pytest.raises(StampRefused):
        authority().stamp(sha256(BYTES).digest(), datetime.now(UTC))


@pytest.mark.parametrize(
    ("address", "roots"), [("", "x"), ("ftp://a.example/x", "x"), ("https://a.example", ""), ("http:///x", "x")]
)
def test_without_an_authority_it_is_said_who_must_act(settings, address, roots):
    settings.HOLDFAST_STAMPS, settings.HOLDFAST_STAMPS_ROOTS, settings.HOLDFAST_STAMPS_POLICY = address, roots, ""
    with pytest.raises(NoAuthority, match="Whoever runs the system"):
        authority()


def test_the_demonstrations_own_stamps_at_once(case, settings):
    settings.HOLDFAST_STAMPS = authorities.OWN
    item = give(case)
    assert authority().own
    assert item.stamps[0].authority == "the demonstration's own"
    assert authority().verify(item.stamps[0].token, sha256(BYTES).digest())


def test_whoever_gave_it_has_a_receipt_with_the_time_of_our_own_clock(case, settings):
    settings.HOLDFAST_STAMPS = ""
    item = give(case)
    from holdfast.casefile.checkpoints import origin_and_key

    said = read_receipt(item.receipt, origin_and_key()[1])
    entry = read_case(case).entries[item.number - 1]
    assert (said.number, said.sha256, said.size) == (item.item, sha256(BYTES).hexdigest(), len(BYTES))
    assert said.given == entry.recorded_at.replace(microsecond=0)
    assert ring().checkpoint_name not in item.receipt


@pytest.mark.parametrize(
    ("address", "roots", "demo", "refused"),
    [("", "", False, False), (authorities.OWN, "", True, False), (authorities.OWN, "", False, True),
     ("https://stamps.example", "", False, True), ("https://stamps.example", "/nowhere.pem", False, True),
     ("https://stamps.example", "roots", False, False)],
)  # fmt: skip
def test_what_is_half_set_up_is_not_served_with(settings, tmp_path, address, roots, demo, refused):
    (tmp_path / "roots").write_bytes(OURS.root.public_bytes(Encoding.PEM))
    settings.HOLDFAST_STAMPS, settings.HOLDFAST_STAMPS_POLICY, settings.HOLDFAST_DEMO = address, "", demo
    settings.HOLDFAST_STAMPS_ROOTS = str(tmp_path / "roots") if roots == "roots" else roots
    assert [each.id for each in checked()] == (["holdfast.E020"] if refused else [])
