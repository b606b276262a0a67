"""A place may add to the law that it inherits and say it in its own words; it may not loosen it by any key."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.support.packs import pack_of

from holdfast.law.inherit import join
from holdfast.law.loading import opens_cases
from holdfast.law.loading import parent_of
from holdfast.law.pack import Pack

PARENT = pack_of("england-and-wales")
LOOSER: dict[str, dict[str, Any]] = {
    "duties": {"when": {"risk": "high"}},
    "limits": {"lapses": ()},
    "powers": {"held_by": "agency"},
    "orders": {"made_by": "nobody"},
    "prohibitions": {"at": ()},
}


def child(**own: Any) -> Pack:
    return Pack(id="child", name="Child", language="en", timezone=PARENT.timezone, hosts=(), inherits=PARENT.id, **own)


def law(sort: str, *authorities: str) -> Any:
    """The first thing of a sort that is law, and whose id nothing else has."""
    return next(each for each in getattr(PARENT, sort) if each.authority in (authorities or ("statute", "code")))


def faults(own: Pack, parent: Pack = PARENT) -> list[str]:
    return [fault.id for fault in join([parent, own])[1]]


@pytest.mark.parametrize("sort", LOOSER)
def test_law_is_not_replaced_by_less(sort: str) -> None:
    mine = msgspec.structs.replace(law(sort), file="child/x.yaml", pack="child")
    in_force = msgspec.structs.replace(mine.in_force, status="never-commenced")
    changed = {key: value for key, value in LOOSER[sort].items() if getattr(mine, key) != value}
    assert changed or sort == "limits"
    unread = msgspec.structs.replace(mine.source, confidence="unverified")
    for less in ({"authority": "policy"}, {"in_force": in_force}, {"source": unread}, changed):
        found = faults(child(**{sort: (msgspec.structs.replace(mine, **less),)}))
        assert found == (["law.E024"] if less else [])


@pytest.mark.parametrize("sort", LOOSER)
def test_law_may_be_said_in_other_words(sort: str) -> None:
    mine = msgspec.structs.replace(law(sort), says="In our own words.", file="child/x.yaml", pack="child")
    versions = [each for each in getattr(PARENT, sort) if each.id == mine.id]
    own = tuple(mine if each == law(sort) else each for each in versions)
    joined, found = join([PARENT, child(**{sort: own})])
    assert found == []
    assert "In our own words." in {each.says for each in getattr(joined, sort)}


@pytest.mark.parametrize("sort", LOOSER)
def test_law_is_not_removed_and_policy_is(sort: str) -> None:
    assert faults(child(removes=(law(sort).id,))) == ["law.E024"]


def test_law_is_not_removed_behind_a_page_of_the_same_name() -> None:
    duty = law("duties", "statute")
    page = msgspec.structs.replace(PARENT.guide[0], id=duty.id)
    parent = msgspec.structs.replace(PARENT, guide=(page,))
    assert faults(child(removes=(duty.id,)), parent) == ["law.E024"]


def test_policy_may_be_replaced_and_removed() -> None:
    policy = law("policies", "policy")
    mine = msgspec.structs.replace(policy, kind="forbidden", file="child/policies.yaml", pack="child")
    joined, found = join([PARENT, child(policies=(mine,))])
    assert found == []
    assert [each.kind for each in joined.policies if each.id == policy.id] == ["forbidden"]
    assert faults(child(removes=(policy.id,))) == []


@pytest.mark.parametrize(
    "written",
    [
        "inherits: canada\n", "inherits: 'canada' # the law above\n", '"inherits": canada\n', "inherits:\n  canada\n",
        "inherits : canada\n", "{id: a, inherits: canada, abstract: true}\n",
    ],
)  # fmt: skip
def test_a_parent_is_found_however_it_is_written(written: str, tmp_path: Path) -> None:
    """What is compiled carries the digest of its parents' files: one that is missed would be told from old law."""
    assert parent_of(written.encode()) == "canada"
    (tmp_path / "pack.yaml").write_text(written)
    assert opens_cases(tmp_path) is ("abstract" not in written)


@pytest.mark.parametrize("written", ["", "id: a\n# inherits: canada\n", "name: who inherits what\n", "inherits: [\n"])
def test_no_parent_is_made_up(written: str) -> None:
    assert parent_of(written.encode()) == ""
