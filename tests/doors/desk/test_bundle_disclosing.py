"""A bundle from its choice to its leaving: what may be in it, what is found, who confirms, and what is written."""

import io
import re
import zipfile
from datetime import UTC
from datetime import datetime

import pyrage
import pytest
from tests.doors.desk.disclosure import AT
from tests.doors.desk.disclosure import INVESTIGATOR
from tests.doors.desk.disclosure import SURVIVOR
from tests.doors.desk.disclosure import a_protected_case
from tests.doors.desk.disclosure import as_they_are
from tests.doors.desk.disclosure import file_of
from tests.doors.desk.disclosure import gives
from tests.vault import bundles as made_up

from holdfast.casefile.append import append
from holdfast.doors.evidence import disclosing
from holdfast.doors.evidence.bundle_preview import NotDisclosed
from holdfast.doors.evidence.bundle_preview import bundles
from holdfast.doors.evidence.bundle_preview import preview
from holdfast.doors.evidence.recording import handed_to_police
from holdfast.doors.evidence.recording import hold_lifted
from holdfast.record.entry import By
from holdfast.vault.bag.reading import read_bag
from holdfast.vault.bag.trees import tree_of
from holdfast.vault.bundle_chosen import Chosen
from holdfast.vault.bundle_sealing import NotARecipient

WHO = {"to": "Jones and Co", "side": "defence", "purpose": "Initial disclosure"}


@pytest.fixture
def code(database) -> str:
    return a_protected_case()


def drafted(code: str, chosen: tuple[Chosen, ...], **more: object):
    return disclosing.draft(file_of(code), chosen, by=INVESTIGATOR, at=AT, **{**WHO, **more})


def looked(code: str, bundle, **decisions: str):
    return preview(file_of(code), bundle, decisions, at=AT)


def consent(code: str) -> int:
    said = {"what": "Notes of the examination", "purpose": "This investigation"}
    return append(file_of(code).id, "MedicalConsentGiven", said, by=INVESTIGATOR, happened_at=AT).number


def withdraw(code: str) -> None:
    number = next(entry.number for entry in file_of(code).entries if entry.kind == "MedicalConsentGiven")
    append(file_of(code).id, "MedicalConsentWithdrawn", {}, by=INVESTIGATOR, happened_at=AT, about=[number])


def all_stay(code: str, bundle) -> dict[str, str]:
    return {one.id: "stay" for one in looked(code, bundle).found}


def makes(code: str, bundle, confirmed_by: str = "SUP9", **decisions: str):
    return disclosing.make_bundle(
        file_of(code), bundle, decisions or all_stay(code, bundle), by=INVESTIGATOR, confirmed_by=confirmed_by, at=AT
    )


def handed(code: str, bundle) -> bytes:
    return disclosing.hand_out(file_of(code), bundle, to="", purpose="", by=INVESTIGATOR, at=datetime.now(UTC)).read()


def members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {one.removeprefix("bundle/"): archive.read(one) for one in archive.namelist()}


def test_from_choice_to_leaving_every_step_is_an_entry(code):
    photo = gives(code, made_up.jpeg(), exhibit="AB/1", words="Her arm")
    bundle = drafted(code, as_they_are(photo))
    made = makes(code, bundle)
    content = handed(code, bundle)
    inside = members(content)
    assert inside["data/items/0001.jpg"] == made_up.jpeg()
    assert read_bag(tree_of(io.BytesIO(content))).accepted
    kinds = [entry.kind for entry in file_of(code).entries][-3:]
    assert kinds == ["BundleDrafted", "BundleMade", "ItemDisclosed"]
    said = file_of(code).entries[-2].fields
    assert (said.sha256, said.size) == (made.taken.sha256.hex(), len(content))
    assert (said.confirmed_by, said.items) == ("SUP9", (str(photo.item),))
    known = bundles(file_of(code))[0]
    assert (known.open, len(known.outs), known.items) == (False, 1, (photo.item,))
    page = inside["data/index.html"].decode()
    for expected in (
        "AB/1",
        "Her arm",
        photo.sha256,
        "The survivor",
        "Jones and Co",
        "Words in pictures were not read",
    ):
        assert expected in page
    assert "<script" not in page
    assert not {"http://", "https://"} & set(page.split('"'))


@pytest.mark.parametrize("may", ["later", "no", "not_asked"])
def test_what_the_survivor_keeps_here_is_not_there_for_a_bundle(code, may):
    kept = gives(code, made_up.jpeg(), by=SURVIVOR, police_may_have=may)
    with pytest.raises(NotDisclosed, match="not there"):
        drafted(code, as_they_are(kept))


def test_what_they_let_police_have_goes_once_police_took_it_over(code):
    given = gives(code, made_up.jpeg(), by=SURVIVOR, police_may_have="now")
    for chosen in (as_they_are(given), (Chosen(given.item, "held_back", "no_consent"),)):
        with pytest.raises(NotDisclosed):
            drafted(code, chosen)
    handed_to_police(file_of(code).id, given.item, INVESTIGATOR, AT)
    bundle = drafted(code, as_they_are(given))
    makes(code, bundle)
    handed(code, bundle)
    assert file_of(code).entries[-1].kind == "ItemDisclosed"


def test_what_may_not_go_any_more_is_neither_made_nor_handed_out(code):
    record = gives(code, made_up.pdf("Notes"), what="medical_record", consent=consent(code))
    bundle, again = drafted(code, as_they_are(record)), drafted(code, as_they_are(record))
    makes(code, bundle)
    withdraw(code)
    with pytest.raises(NotDisclosed, match="may not go any more"):
        looked(code, again)
    with pytest.raises(NotDisclosed, match="may not be given any more"):
        handed(code, bundle)
    assert "ItemDisclosed" not in [entry.kind for entry in file_of(code).entries]


def test_what_an_officer_wrote_down_that_the_survivor_refused_does_not_go(code):
    refused = gives(code, made_up.jpeg(), police_may_have="no")
    with pytest.raises(NotDisclosed):
        drafted(code, as_they_are(refused))


def test_what_is_held_goes_once_the_hold_was_lifted(code):
    held = gives(code, b"PK\x05\x06" + bytes(18), what="document")
    assert held.held
    with pytest.raises(NotDisclosed, match="held"):
        drafted(code, as_they_are(held))
    hold_lifted(file_of(code).id, held.item, "Looked at on a machine apart.", "SUP9", INVESTIGATOR, AT)
    makes(code, drafted(code, as_they_are(held)))


def test_nothing_is_made_while_somebody_has_to_decide(code):
    photo = gives(code, made_up.jpeg(point=made_up.POINT))
    bundle = drafted(code, as_they_are(photo))
    found = looked(code, bundle).found
    assert {(one.what, one.known) for one in found} >= {("point", True)}
    with pytest.raises(NotDisclosed, match="nobody has decided"):
        disclosing.make_bundle(file_of(code), bundle, {}, by=INVESTIGATOR, confirmed_by="SUP9", at=AT)
    assert [entry.kind for entry in file_of(code).entries][-1] == "BundleDrafted"


def test_leaving_a_finding_out_takes_the_item_or_the_words_out(code):
    photo = gives(code, made_up.jpeg(), words=f"Taken at {made_up.HOME}", named="14 Mill Road.jpg")
    other = gives(code, made_up.pdf("She went to Rosewood House"), what="document")
    bundle = drafted(code, as_they_are(photo, other))
    decisions = {one.id: "leave" for one in looked(code, bundle).found}
    makes(code, bundle, **decisions)
    inside = members(handed(code, bundle))
    assert sorted(path for path in inside if "/items/" in path) == ["data/items/0001.jpg"]
    everything = b"\n".join(inside.values())
    for planted in (b"Mill Road", b"LS6", b"Rosewood"):
        assert planted not in everything
    page = inside["data/index.html"].decode()
    assert "(left out)" in page
    assert "It could lead to where somebody is" in page


def test_nothing_found_is_never_called_safe_and_somebody_confirms(code):
    bundle = drafted(code, as_they_are(gives(code, b"All is said.", what="document")))
    assert looked(code, bundle).found == ()
    with pytest.raises(NotDisclosed, match="confirm"):
        makes(code, bundle, confirmed_by=" ")
    makes(code, bundle)
    assert "does not mean that there is nothing" in file_of(code).entries[-1].fields.lint_found


@pytest.mark.parametrize(("side", "alone"), [("defence", False), ("court", False), ("other", False),
                                             ("prosecution", True), ("survivor", True), ("partner", True)])  # fmt: skip
def test_where_the_suspect_may_read_it_somebody_else_confirms(code, side, alone):
    bundle = drafted(code, as_they_are(gives(code, b"All is said.", what="document")), side=side)
    if alone:
        makes(code, bundle, confirmed_by="DC4")
    else:
        with pytest.raises(NotDisclosed, match="Somebody else"):
            makes(code, bundle, confirmed_by="dc4")


def test_the_defence_is_not_told_who_gave_it_or_who_helped(code):
    given = gives(code, made_up.png(), source="adviser", source_name="Grace Hopper", by=By("adviser", "IDVA7"),
                  police_may_have="now")  # fmt: skip
    handed_to_police(file_of(code).id, given.item, INVESTIGATOR, AT)
    for side, told in (("defence", False), ("prosecution", True)):
        bundle = drafted(code, as_they_are(given), side=side)
        makes(code, bundle)
        everything = b"\n".join(members(handed(code, bundle)).values()).lower()
        assert (b"grace hopper" in everything) is told
        assert (b"adviser" in everything) is told
        assert b"idva7" not in everything
        assert bool(re.search(rb"\bdc4\b", everything)) is told  # within a hash it is no name


def test_what_is_held_back_stands_in_the_schedule_with_its_ground(code):
    photo, other = gives(code, made_up.jpeg()), gives(code, made_up.png(), exhibit="AB/2")
    bundle = drafted(code, (*as_they_are(photo), Chosen(other.item, "held_back", "privileged")))
    makes(code, bundle)
    inside = members(handed(code, bundle))
    assert "AB/2: It is between somebody and their lawyer." in inside["data/index.html"].decode()
    assert not [path for path in inside if path.endswith(".png")]
    assert str(other.item).encode() not in b"\n".join(inside.values())


def test_sealed_to_several_each_opens_it_and_nobody_else(code):
    keys = [pyrage.x25519.Identity.generate() for _ in range(3)]
    said = "# for two\n" + "\n".join(str(key.to_public()) for key in keys[:2])
    bundle = drafted(code, as_they_are(gives(code, made_up.jpeg())), sealed_to=said)
    makes(code, bundle)
    content = handed(code, bundle)
    for key in keys[:2]:
        assert read_bag(tree_of(io.BytesIO(pyrage.decrypt(content, [key])))).accepted
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(content, [keys[2]])


@pytest.mark.parametrize("said", ["age1nothing", "AGE-SECRET-KEY-1ABC", "ssh-dss AAAA", "\x00", "x" * 5000])
def test_a_key_that_is_none_is_an_answer_and_nothing_is_written(code, said):
    photo = gives(code, made_up.jpeg())
    with pytest.raises(NotARecipient) as fault:
        drafted(code, as_they_are(photo), sealed_to=said)
    assert said not in str(fault.value)
    assert file_of(code).entries[-1].kind != "BundleDrafted"


@pytest.mark.parametrize(
    "said", [{"side": "not_asked"}, {"side": "../x"}, {"to": " "}, {"purpose": ""}, {"chosen": ()}]
)
def test_what_is_not_said_is_asked_and_nothing_is_written(code, said):
    photo = gives(code, made_up.jpeg())
    with pytest.raises(NotDisclosed):
        drafted(code, said.pop("chosen", as_they_are(photo)), **said)
    assert file_of(code).entries[-1].kind != "BundleDrafted"


def test_more_than_500_items_are_told_by_several_entries(code, monkeypatch):
    monkeypatch.setattr(disclosing, "MOST_ITEMS", 2)
    items = [gives(code, f"note {number}".encode(), what="diary_note") for number in range(5)]
    bundle = drafted(code, as_they_are(*items))
    makes(code, bundle)
    handed(code, bundle)
    entries = file_of(code).entries
    assert [entry.kind for entry in entries][-6:] == ["BundleMade"] * 3 + ["ItemDisclosed"] * 3
    known = bundles(file_of(code))[0]
    assert (known.items, len(known.outs)) == (tuple(each.item for each in items), 1)


def test_more_than_may_be_in_one_is_an_answer(code, monkeypatch):
    monkeypatch.setattr(disclosing, "MOST", 1)
    items = [gives(code, f"note {number}".encode(), what="diary_note") for number in range(2)]
    with pytest.raises(NotDisclosed, match="several bundles"):
        drafted(code, as_they_are(*items))


class TestWhatEndsBeforeItsEnd:
    """A full disk, a vault that was altered, a kill: nothing is shown as made, and it can be made again."""

    @pytest.fixture
    def waiting(self, code) -> tuple[str, object]:
        return code, drafted(code, as_they_are(gives(code, made_up.jpeg())))

    def test_a_full_disk(self, waiting, monkeypatch):
        code, bundle = waiting

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as at:
            at.setattr("holdfast.vault.writing.Writing._write", full)
            with pytest.raises(OSError, match="room"):
                makes(code, bundle)
        assert bundles(file_of(code))[0].open
        makes(code, bundle)

    def test_an_item_that_is_not_what_it_was(self, waiting, monkeypatch):
        code, bundle = waiting
        decisions = all_stay(code, bundle)
        with monkeypatch.context() as at:
            at.setattr("holdfast.vault.reading.Item.pieces", lambda *_: iter([b"x" * len(made_up.jpeg())]))
            with pytest.raises(ValueError, match="hash"):
                disclosing.make_bundle(file_of(code), bundle, decisions, by=INVESTIGATOR, confirmed_by="SUP9", at=AT)
        assert bundles(file_of(code))[0].open
        with pytest.raises(NotDisclosed, match="not made"):
            handed(code, bundle)

    def test_taken_back(self, waiting):
        code, bundle = waiting
        disclosing.drop(file_of(code), bundle, by=INVESTIGATOR, at=AT)
        for again in (
            lambda: makes(code, bundle),
            lambda: disclosing.drop(file_of(code), bundle, by=INVESTIGATOR, at=AT),
        ):
            with pytest.raises(NotDisclosed):
                again()
