"""Checking guide pages: no figure typed into prose, every placeholder finds what it names, no markup of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable

from holdfast.law.fault import Fault
from holdfast.law.figures import figures_in
from holdfast.law.pack import Duty
from holdfast.law.pack import Limit
from holdfast.law.pack import Pack
from holdfast.law.placeholders import Broken
from holdfast.law.placeholders import Placeholder
from holdfast.law.placeholders import parse
from holdfast.law.public import GuidePage

_MARKUP = re.compile(r"<[A-Za-z/!]")
_BADLY_LINKED = re.compile(r"\]\((?!/|#)[a-z]+:", re.IGNORECASE)


def check_guide(pack: Pack) -> list[Fault]:
    """Every fault in the pack's guide pages."""
    faults: list[Fault] = []
    ids = [page.id for page in pack.guide]
    for page in pack.guide:
        if ids.count(page.id) > 1:
            faults.append(Fault("law.E006", page.file, f"{page.id}: the id stands twice.", "Make ids unique."))
        faults += _page(page, pack, set(ids))
    return faults


def _page(page: GuidePage, pack: Pack, ids: set[str]) -> Iterable[Fault]:
    for text in (page.title, page.answer, page.easy, page.body):
        for piece in parse(text):
            if isinstance(piece, Placeholder):
                yield from _placeholder(piece, page, pack, ids)
            elif isinstance(piece, Broken):
                yield Fault(
                    "law.E042", page.file, f"line {piece.line}: braces that are no placeholder.", "See pack.md."
                )
            else:
                if figures_in(_list_numbers_out(piece)):
                    yield Fault("law.E040", page.file, "A figure is typed into prose.", "Use a placeholder.")
                if _MARKUP.search(piece):
                    yield Fault("law.E043", page.file, "Markup other than Markdown.", "Write plain Markdown.")
                if _BADLY_LINKED.search(piece):
                    yield Fault(
                        "law.E043", page.file, "A link to another site in prose.", "Use {{service:…}} or {{see:…}}."
                    )


def _list_numbers_out(prose: str) -> str:
    """Prose without the numbers of an ordered list, which are not figures."""
    return re.sub(r"^\s*\d+\. ", "", prose, flags=re.MULTILINE)


def _placeholder(piece: Placeholder, page: GuidePage, pack: Pack, ids: set[str]) -> Iterable[Fault]:
    duties: dict[str, Duty | Limit] = {duty.id: duty for duty in pack.duties}
    limits: dict[str, Duty | Limit] = {limit.id: limit for limit in pack.limits}
    found = {
        "duty": piece.name in duties,
        "limit": piece.name in duties or piece.name in limits,
        "duties": any(duty.stage == piece.name for duty in pack.duties),
        "can": piece.name in limits,
        "order": piece.name in {order.id for order in pack.orders},
        "policy": piece.name in {policy.id for policy in pack.policies},
        "power": piece.name in {power.id for power in pack.powers},
        "lasts": piece.name in {order.id for order in pack.orders},
        "term": piece.name in pack.terms,
        "number": piece.name in {route.id for route in pack.emergency} | {service.id for service in pack.services},
        "service": piece.name in {service.id for service in pack.services},
        "risk": _risk(piece.name, pack),
        "see": piece.name in ids,
    }[piece.verb]
    if not found:
        yield Fault(
            "law.E042", page.file, f"line {piece.line}: {{{{{piece.verb}:{piece.name}}}}} names nothing in the pack.",
            "Look at the id.",
        )  # fmt: skip
    shown = {**duties, **limits}.get(piece.name)
    if piece.verb in ("duty", "can") and shown is not None and not shown.source.may_be_shown:
        yield Fault(
            "law.E042", page.file, f"line {piece.line}: {piece.name} rests on a source that may not be shown.",
            "Check the source, or leave it out of the guide.",
        )  # fmt: skip


def _risk(name: str, pack: Pack) -> bool:
    instrument, _, figure = name.partition(".")
    return any(found.id == instrument and figure in found.referral for found in pack.instruments)
