"""A bundle: items and pages put together as one bag, sealed to its recipients where asked, taken into the vault.

It is never in clear on a disk: what is read from the vault goes through memory into the vault again, and what is handed
out is streamed from there. Each item is held against its hash on the way. What ends before its end is no item: the
store never sees it, and nobody is shown it as made.
"""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from holdfast.vault.bag.archives import Form
from holdfast.vault.bag.archives import Out
from holdfast.vault.bag.writing import BagWriter
from holdfast.vault.bag.writing import Written
from holdfast.vault.bundle_pipe import Flowing
from holdfast.vault.bundle_sealing import seal
from holdfast.vault.store import Store
from holdfast.vault.taking import Taken
from holdfast.vault.taking import take

TOP = "bundle"  # the folder that it is, once unpacked: it says nothing of what it holds


class Part(NamedTuple):
    """One file of a bundle."""

    path: str  # under data/
    size: int
    pieces: Callable[[], Iterator[bytes]]
    sha256: bytes | None = None  # what it has to be; None for what is written here


class Made(NamedTuple):
    """A bundle that the store has."""

    taken: Taken  # as it leaves: sealed where it was sealed
    written: Written


def page(path: str, content: bytes) -> Part:
    """A part that is in memory."""
    return Part(path, len(content), lambda: iter((content,)))


def write_bundle(
    out: Out, parts: Iterable[Part], *, form: Form, info: Iterable[tuple[str, str]], at: datetime
) -> Written:
    """The bag, in clear, to whatever takes it."""
    with BagWriter(form, out, top=TOP, at=at) as writer:
        for part in parts:
            writer.add(part.path, part.size, part.pieces(), expected=part.sha256)
        return writer.end(info)


def make(
    parts: Iterable[Part],
    *,
    form: Form,
    info: Iterable[tuple[str, str]],
    at: datetime,
    recipients: tuple[str, ...] = (),
    store: Store,
    folder: Path,
    case: UUID,
    item: UUID,
    case_key: bytes,
    durable: bool = True,
    told: Callable[[int], None] = lambda size: None,
) -> Made:
    """Makes it and takes it in. OSError, StoreFault, NotAnItem, NotARecipient or ValueError: then there is none."""
    found: list[Written] = []

    def clear(out: Out) -> None:
        found.append(write_bundle(out, parts, form=form, info=info, at=at))

    def sealed(out: Out) -> None:
        with Flowing(clear) as flow:
            seal(flow, out, recipients)

    with Flowing(sealed if recipients else clear) as source:
        taken = take(source, store, folder, case=case, item=item, case_key=case_key, durable=durable, told=told)
    return Made(taken, found[0])
