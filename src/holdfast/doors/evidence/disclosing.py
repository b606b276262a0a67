"""A bundle from its choice to its leaving: drafted, looked through, confirmed by a person, made, handed out.

- `draft` is an entry: what was chosen, for whom. Copies without metadata are made then, so that what is looked through
  is what leaves. `preview` is the list as it will leave, with everything that the look-through found.
- `make` looks through all of it again, as it is now: nothing undecided, nothing that has become somebody's to keep.
  BundleMade is written after the store has the bundle; what ends sooner is shown as not made.
- `hand_out` writes ItemDisclosed before the first byte leaves. Whoever calls has asked `access` and logs the look.
"""

import json
from collections import Counter
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID
from uuid import uuid4

from holdfast.casefile.append import Draft
from holdfast.casefile.append import append
from holdfast.casefile.append import append_all
from holdfast.casefile.reading import CaseFile
from holdfast.casefile.reading import read_case
from holdfast.casefile.refused import CaseMovedOn
from holdfast.doors.evidence.bundle_allowing import reasons_against
from holdfast.doors.evidence.bundle_allowing import to_choose_from
from holdfast.doors.evidence.bundle_lint import Finding
from holdfast.doors.evidence.bundle_preview import NOTHING_FOUND
from holdfast.doors.evidence.bundle_preview import NotDisclosed
from holdfast.doors.evidence.bundle_preview import Preview
from holdfast.doors.evidence.bundle_preview import bundles
from holdfast.doors.evidence.bundle_preview import open_draft
from holdfast.doors.evidence.bundle_preview import preview
from holdfast.doors.evidence.bundle_stripping import make_without_metadata
from holdfast.doors.evidence.bundle_telling import file_of
from holdfast.record.entry import By
from holdfast.record.value import MOST_ITEMS
from holdfast.vault.bundle import Made
from holdfast.vault.bundle import Part
from holdfast.vault.bundle import make
from holdfast.vault.bundle_chosen import MOST
from holdfast.vault.bundle_chosen import NEEDS_TWO
from holdfast.vault.bundle_chosen import SIDES
from holdfast.vault.bundle_chosen import Chosen
from holdfast.vault.bundle_chosen import KnownBundle
from holdfast.vault.bundle_chosen import bundle_among
from holdfast.vault.bundle_chosen import write_chosen
from holdfast.vault.bundle_sealing import recipients_of
from holdfast.vault.items import KnownItem
from holdfast.vault.place import intake_folder
from holdfast.vault.place import item_of
from holdfast.vault.place import key_of
from holdfast.vault.place import store
from holdfast.vault.reading import Item

_NO_COPY = (
    "No copy of it can be made without what it carries: its kind is none that can be taken apart safely. Send it as it "
    "is, or hold it back."
)
_TRIES = 20  # other writers of the same case may come first


def draft(
    file: CaseFile,
    chosen: tuple[Chosen, ...],
    *,
    to: str,
    side: str,
    purpose: str,
    form: str = "zip",
    sealed_to: str = "",
    by: By,
    at: datetime,
) -> UUID:
    """Writes down what was chosen; the number of the bundle that will be. NotDisclosed, NotARecipient, EntryRefused."""
    items = to_choose_from(file.entries)
    if side not in SIDES:
        raise NotDisclosed("Say whose side gets it: who will read it depends on that.")
    if not to.strip() or not purpose.strip():
        raise NotDisclosed("Say for whom it is and for what: both are recorded, and stand in the bundle.")
    going = [one for one in chosen if one.how != "held_back"]
    if not going or len(chosen) > MOST:
        raise NotDisclosed(f"Choose at least one item, and at most {MOST:,}: a larger one is made as several bundles.")
    if len({one.item for one in chosen}) != len(chosen) or any(one.item not in items for one in chosen):
        raise NotDisclosed("An item of the list is not there, or is there twice. Open the page again and choose anew.")
    against = reasons_against(file, items, at)
    _refuse({one.item: against[one.item] for one in going if one.item in against})
    keys = recipients_of(sealed_to)
    ready = _as_they_go(file.id, chosen, items, at)
    bundle = uuid4()
    said = {
        "bundle": str(bundle), "to": to.strip(), "to_whose_side": side, "purpose": purpose.strip(),
        "form": "tar" if form == "tar" else "zip", "sealed_to": "\n".join(keys), "chosen": write_chosen(ready),
    }  # fmt: skip
    append(file.id, "BundleDrafted", said, by=by, happened_at=at)
    return bundle


def drop(file: CaseFile, bundle: UUID, *, by: By, at: datetime) -> None:
    """A draft is taken back: nothing of it left."""
    known = open_draft(file, bundle)
    append(file.id, "BundleDropped", {"bundle": str(bundle)}, by=by, happened_at=at, about=(known.number,))


def make_bundle(
    file: CaseFile,
    bundle: UUID,
    decisions: Mapping[str, str],
    *,
    by: By,
    confirmed_by: str,
    at: datetime,
    told: Callable[[int], None] = lambda size: None,
) -> Made:
    """Makes it and writes BundleMade. NotDisclosed; OSError, StoreFault, NotAnItem: then there is none."""
    ready = preview(file, bundle, decisions, at=at)
    known = ready.bundle
    if ready.undecided:
        number = len(ready.undecided)
        raise NotDisclosed(
            f"The bundle was not made: {number} place{'' if number == 1 else 's'} in it could lead to somebody, and "
            "nobody has decided about them. Say of each whether it is left out or may stay."
        )
    if not ready.chapters:
        raise NotDisclosed("The bundle was not made: with what was left out, no item is in it any more.")
    if not confirmed_by.strip():
        raise NotDisclosed("The bundle was not made: a person has to read all of it and confirm.")
    if known.side in NEEDS_TWO and confirmed_by.casefold() == known.by.staff.casefold():
        raise NotDisclosed(
            "The bundle was not made: the suspect may read it. Somebody else than whoever chose what is in it has to "
            "read all of it and confirm."
        )
    made = make(
        _parts(file.id, ready), form=known.form, info=_info(ready, at), at=at, recipients=known.sealed_to,
        store=store(), folder=intake_folder(), case=file.id, item=uuid4(), case_key=key_of(file.id), told=told,
    )  # fmt: skip
    items = [str(one.item.item) for one in ready.chapters]
    said = {
        "bundle": str(bundle), "to": known.to, "to_whose_side": known.side, "purpose": known.purpose,
        "sealed_to": "\n".join(known.sealed_to), "lint_found": _told(ready.found), "confirmed_by": confirmed_by,
        "manifest_sha256": made.written.manifest_sha256.hex(), "form": known.form,
        "kept_as": str(made.taken.item), "size": made.taken.size,
        "sha256": made.taken.sha256.hex(),
    }  # fmt: skip
    _append_once(file.id, bundle, said, items, by=by, at=at)
    return made


def hand_out(file: CaseFile, bundle: UUID, *, to: str, purpose: str, by: By, at: datetime) -> Item:
    """Writes that each item went to somebody; the bundle as it leaves, to be streamed. NotDisclosed, StoreFault."""
    known = bundle_among(bundles(file), bundle)
    if known is None or known.kept_as is None:
        raise NotDisclosed("There is no such bundle, or it was not made. Nothing was handed out.")
    items = to_choose_from(file.entries)
    against = reasons_against(file, items, at)
    if any(each not in items or each in against for each in known.items):
        raise NotDisclosed(
            "Something in this bundle may not be given any more, so it is not handed out. Make another one without it."
        )
    sealed = item_of(file.id, known.kept_as)  # before anything is recorded: it has to be there
    said = {"bundle": str(bundle), "to": to.strip() or known.to, "purpose": purpose.strip() or known.purpose}
    _append_with_items(file.id, "ItemDisclosed", said, list(map(str, known.items)), by=by, at=at, about=known.made)
    return sealed


def file_name(known: KnownBundle) -> str:
    """What the file is called: nothing of what it holds."""
    return f"bundle.{known.form}" + (".age" if known.sealed_to else "")


def without_metadata(case_id: UUID, item: KnownItem, at: datetime) -> UUID:
    """The copy of an item without what it carries: the one that is there, or a new one. NotDisclosed where none can."""
    known = to_choose_from(read_case(case_id).entries)
    there = [known[each] for each in item.derived if each in known and known[each].how == "without_metadata"]
    if there:
        return there[-1].item
    made = make_without_metadata(case_id, item, at)
    if made is None:
        raise NotDisclosed(_NO_COPY, {item.item: _NO_COPY})
    return made.item


def _as_they_go(
    case_id: UUID, chosen: tuple[Chosen, ...], items: Mapping[UUID, KnownItem], at: datetime
) -> tuple[Chosen, ...]:
    """What was chosen, with copies in place of their originals. NotDisclosed names each of which none can be made."""
    ready, stopped = [], {}
    for one in chosen:
        item = items[one.item]
        if one.how != "without_metadata" or item.metadata_left_out == "yes":
            ready.append(one)
            continue
        try:
            ready.append(one._replace(item=without_metadata(case_id, item, at)))
        except NotDisclosed as fault:
            stopped.update(fault.items)
    _refuse(stopped)
    return tuple(ready)


def _refuse(items: Mapping[UUID, str]) -> None:
    if items:
        why = "The bundle was not begun: not every item that was chosen may go, or may go like this."
        raise NotDisclosed(next(iter(items.values())) if len(items) == 1 else why, items)


def _parts(case_id: UUID, ready: Preview) -> Iterator[Part]:
    yield from ready.parts
    for chapter in ready.chapters:
        item = item_of(case_id, chapter.item.item)
        yield Part(file_of(chapter), item.size, item.pieces, bytes.fromhex(chapter.item.sha256))


def _info(ready: Preview, at: datetime) -> tuple[tuple[str, str], ...]:
    return (("Bagging-Date", f"{at:%Y-%m-%d}"), ("External-Identifier", str(ready.bundle.bundle)))


def _told(found: tuple[Finding, ...]) -> str:
    """What was found and decided, for the record: never the words themselves."""
    if not found:
        return NOTHING_FOUND
    lines = Counter(
        f"{one.where}: {one.leads}{', known to the case' if one.known else ''}: "
        f"{'left out' if one.decided == 'leave' else 'may stay'}"
        for one in found
    )
    whole = "\n".join(f"{line} ({times})" if times > 1 else line for line, times in lines.items())
    if len(whole) <= 18_000:
        return whole
    kept = Counter((one.what, one.known, one.decided) for one in found)
    return json.dumps([[*key, times] for key, times in kept.items()])


def _append_once(
    case_id: UUID, bundle: UUID, said: Mapping[str, Any], items: list[str], *, by: By, at: datetime
) -> None:
    """Writes that it was made, unless somebody else made it or took it back meanwhile: then what was made is swept."""
    for _ in range(_TRIES):
        file = read_case(case_id)
        known = open_draft(file, bundle)
        try:
            _append_with_items(
                case_id, "BundleMade", said, items, by=by, at=at, about=known.number, expected_length=file.length
            )
        except CaseMovedOn:
            continue
        return
    raise NotDisclosed("Too much else was recorded in this case meanwhile, so it is not told as made. Make it again.")


def _append_with_items(
    case_id: UUID,
    kind: str,
    said: Mapping[str, Any],
    items: list[str],
    *,
    by: By,
    at: datetime,
    about: int,
    expected_length: int | None = None,
) -> None:
    """One entry, or as many as its list needs, together."""
    pieces = [items[start : start + MOST_ITEMS] for start in range(0, len(items), MOST_ITEMS)]
    drafts = [Draft(kind, {**said, "items": piece}, at, (about,)) for piece in pieces]
    append_all(case_id, drafts, by=by, expected_length=expected_length)
