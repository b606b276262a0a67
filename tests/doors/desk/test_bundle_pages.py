"""The pages of a bundle: chosen, read whole, decided, confirmed by who may, made, handed out."""

import io
import re
from html import unescape

import pytest
from tests.doors.desk.conftest import Desk
from tests.doors.desk.disclosure import a_protected_case
from tests.doors.desk.disclosure import file_of
from tests.doors.desk.disclosure import gives
from tests.support.apart import run_apart
from tests.vault import bundles as made_up
from tests.vault import samples

from holdfast.doors.evidence.bundle_preview import bundles
from holdfast.vault.bag.reading import read_bag
from holdfast.vault.bag.trees import tree_of

WHO = {"to": "Jones and Co", "side": "defence", "purpose": "Initial disclosure", "form": "zip", "sealed_to": ""}


@pytest.fixture
def two(database) -> tuple[Desk, Desk]:
    return Desk(staff="SUP1").signs_in(), Desk(staff="SUP2").signs_in()


@pytest.fixture
def code(two) -> str:
    return a_protected_case()


def chooses(desk: Desk, code: str, item, how: str = "as_it_is", **more: str) -> str:
    desk.sends(f"/desk/case/{code}/bundle/choose", {**WHO, f"item-{item.item}": how, **more})
    assert desk.page.status_code == 302, unescape(re.sub(r"<[^>]+>", " ", desk.page.content.decode()))
    return desk.page.headers["Location"]


def hidden(page: str) -> dict[str, str]:
    return {"seen": re.search(r'name="seen" value="([0-9a-f]+)"', page)[1]}


def decisions(page: str, how: str) -> dict[str, str]:
    return dict.fromkeys(re.findall(r'name="(decide-[0-9a-f]+)" value="leave"', page), how)


def takes_out(desk: Desk, address: str, **more: str) -> bytes:
    """The bundle as it is streamed: piece by piece, never gathered by us."""
    desk.page = desk.client.post(address, {"do": "out", "understood": "yes", **more})

    async def read() -> bytes:
        return b"".join([piece async for piece in desk.page.streaming_content])

    return run_apart(read())


def test_one_chooses_another_reads_decides_makes_and_hands_out(two, code):
    first, second = two
    photo = gives(code, made_up.jpeg(point=made_up.POINT), exhibit="AB/1")
    address = chooses(first, code, photo)
    page = first.opens(address)
    assert "The suspect will read all of it" in page
    assert "Somebody else has to read all of it" in page
    assert 'value="make"' not in page
    page = second.opens(address)
    assert "known to this case" in page
    assert "53.81970, -1.56770" in page
    stays = decisions(page, "stay")
    for sent in (
        {"do": "make", "read_it": "yes", **hidden(page)},
        {"do": "make", **stays, **hidden(page)},
        {"do": "make", "read_it": "yes", **stays, "seen": "0"},
    ):
        second.sends(address, sent)
        assert second.page.status_code == 422
        assert bundles(file_of(code))[0].open
    first.sends(address, {"do": "make", "read_it": "yes", **stays, **hidden(page)})
    assert (first.page.status_code, bundles(file_of(code))[0].open) == (422, True)
    second.sends(address, {"do": "make", "read_it": "yes", **stays, **hidden(page)})
    made = second.follows()
    known = bundles(file_of(code))[0]
    assert known.sha256 in made
    assert known.manifest_sha256 in made
    second.sends(address, {"do": "out", "to": "", "purpose": ""})
    assert (second.page.status_code, bundles(file_of(code))[0].outs) == (422, ())
    content = takes_out(second, address, to="J. Clerk")
    assert second.page.headers["Content-Disposition"] == 'attachment; filename="bundle.zip"'
    assert read_bag(tree_of(io.BytesIO(content))).accepted
    assert bundles(file_of(code))[0].outs[0].to == "J. Clerk"


def test_whoever_decides_otherwise_is_shown_the_list_again_before_it_is_made(two, code):
    first, second = two
    gone = gives(code, made_up.jpeg(point=made_up.POINT), exhibit="GONE/1")
    stays = gives(code, b"All is said.", what="document", exhibit="STAYS/1")
    address = chooses(first, code, gone, **{f"item-{stays.item}": "as_it_is"})
    page = second.opens(address)
    leaves = decisions(page, "leave")
    page = second.sends(address, {"do": "make", "read_it": "yes", **leaves, **hidden(page)})
    assert second.page.status_code == 422
    assert "Read it once more" in page
    listed = page[page.index("The list, exactly as it leaves") : page.index("Held back")]
    assert ("STAYS/1" in listed, "GONE/1" in listed) == (True, False)
    second.sends(address, {"do": "make", "read_it": "yes", **leaves, **hidden(page)})
    second.follows()
    assert bundles(file_of(code))[0].items == (stays.item,)


def test_nothing_found_is_said_as_that_and_the_words_in_pictures_too(two, code):
    first, _ = two
    page = first.opens(chooses(first, code, gives(code, made_up.png()), side="prosecution"))
    assert "does not mean that there is nothing" in page
    assert "Words in pictures were not read." in page
    assert 'value="make"' in page
    assert "safe" not in re.sub(r"<[^>]+>", " ", page).lower().replace("does not mean", "")


def test_a_copy_without_what_it_carries_is_what_leaves(two, code):
    first, _ = two
    photo = gives(code, made_up.jpeg(point=made_up.POINT, serial="SN-778123", words=made_up.HOME))
    address = chooses(first, code, photo, "without_metadata", side="prosecution")
    page = first.opens(address)
    assert decisions(page, "stay") == {}
    assert photo.sha256 in page
    first.sends(address, {"do": "make", "read_it": "yes", **hidden(page)})
    first.follows()
    content = takes_out(first, address)
    for planted in (b"SN-778123", b"Mill Road", b"GPS"):
        assert planted not in content
    assert b"SN-778123" in made_up.jpeg(serial="SN-778123")


def test_each_item_of_which_no_copy_can_be_made_is_told_at_once_beside_its_choice(two, code):
    first, _ = two
    photo = gives(code, made_up.jpeg(point=made_up.POINT), exhibit="AB/1")
    letter = samples.eml()
    unknown = [gives(code, letter, what="document", exhibit=f"UN/{number}") for number in (1, 2)]
    sent = {**WHO, **{f"item-{each.item}": "without_metadata" for each in (photo, *unknown)}}
    page = first.sends(f"/desk/case/{code}/bundle/choose", sent)
    assert first.page.status_code == 422
    assert bundles(file_of(code)) == ()
    assert page.count("No copy of it can be made") == 4  # on top and beside the choice
    assert re.findall(r'<a href="#item-([^"]+)">(?:(?!</a>).)*?(UN/[12])', page) == [
        (str(each.item), each.exhibit) for each in unknown
    ]
    assert re.findall(r'id="item-([0-9a-f-]+)"[^>]*aria-invalid="true"', page) == [str(each.item) for each in unknown]
    first.sends(f"/desk/case/{code}/bundle/choose", {**sent, **{f"item-{each.item}": "as_it_is" for each in unknown}})
    assert first.page.status_code == 302, unescape(re.sub(r"<[^>]+>", " ", first.page.content.decode()))


def test_an_item_that_may_not_go_is_named_beside_its_choice(two, code):
    first, _ = two
    held = gives(code, b"<!doctype html><script>1</script>", what="document", exhibit="HELD/1")
    page = first.sends(f"/desk/case/{code}/bundle/choose", {**WHO, f"item-{held.item}": "as_it_is"})
    assert first.page.status_code == 422
    assert re.search(rf'<a href="#item-{held.item}">(?:(?!</a>).)*HELD/1', page)


@pytest.mark.parametrize(
    "sent",
    [
        {}, {"side": "defence"}, {**WHO}, {**WHO, "item-x": "as_it_is"}, {**WHO, "item-": "as_it_is"},
        {**WHO, "item-00000000-0000-4000-8000-000000000001": "as_it_is"}, {**WHO, "sealed_to": "age1wrong"},
        {**WHO, "item-00000000-0000-4000-8000-000000000001": "held:x"}, {**WHO, "side": "\x00"},
    ],
)  # fmt: skip
def test_bad_input_is_an_answer_and_nothing_is_written(two, code, sent):
    first, _ = two
    before = len(file_of(code).entries)
    first.sends(f"/desk/case/{code}/bundle/choose", sent)
    assert first.page.status_code == 422
    assert len(file_of(code).entries) == before


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "../../etc/passwd", "a\u202eb", '"><b>', "{{ 7 }}"])
def test_a_name_that_would_do_harm_is_only_words(two, code, words):
    first, _ = two
    item = gives(code, b"All is said.", what="document", named=words.replace("\u202e", ""), words=words, exhibit=words)
    address = chooses(first, code, item, side="prosecution")
    page = first.opens(address)
    assert "<script>alert" not in page
    first.sends(address, {"do": "make", "read_it": "yes", **hidden(page)})
    first.follows()
    tree = tree_of(io.BytesIO(takes_out(first, address)))
    assert {path for path in tree.files if "items/" in path} == {"data/items/0001.txt"}
    assert b"<script>" not in b"".join(tree.pieces("data/index.html"))


@pytest.mark.parametrize("role", ["officer", "adviser", "auditor", "call_taker", "records_officer"])
def test_nobody_else_makes_bundles(two, code, role):
    other = Desk(role=role).signs_in()
    for place in ("bundle", "bundle/choose"):
        other.opens(f"/desk/case/{code}/{place}")
        assert other.page.status_code in (403, 404)


def test_a_bundle_that_is_not_there_leads_to_the_list(two, code):
    first, _ = two
    for do in ("make", "out", "drop"):
        first.sends(f"/desk/case/{code}/bundle/00000000-0000-4000-8000-000000000001", {"do": do})
        assert "no such bundle" in first.follows()
    address = chooses(first, code, gives(code, b"All is said.", what="document"))
    first.sends(address, {"do": "drop"})
    assert "Nothing left" in first.follows()
    first.sends(address, {"do": "make"})
    assert "no such bundle" in first.follows()
