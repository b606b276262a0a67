"""Checking what a pack tells the public beside its pages: guided ways, services, notices, the easy-read edition."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from datetime import time

from holdfast.law.fault import Fault
from holdfast.law.figures import figures_in
from holdfast.law.pack import Pack
from holdfast.law.placeholders import Placeholder
from holdfast.law.placeholders import parse
from holdfast.law.public import NEEDS
from holdfast.law.public import GuidePage
from holdfast.law.public import Open
from holdfast.law.public import Route
from holdfast.law.public import Service
from holdfast.law.public import Step
from holdfast.law.public import Way

# A sentence of an easy-read edition. Guidance asks for one idea a sentence and about this many words at most
# (Inclusion Europe, Information for all: 'keep your sentences short'; the number is our own standard).
MOST_WORDS = 14

_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")


def check_public(pack: Pack) -> Iterable[Fault]:
    """Every fault in the ways, services, notices and easy-read sentences that a pack says itself or inherits."""
    for way in pack.ways:
        yield from _way(way, pack)
    for service in pack.services:
        yield from _service(service)
    for notice in pack.notices:
        days = [_day(notice.from_), _day(notice.until)]
        if None in days or notice.until < notice.from_:
            yield Fault("law.E023", notice.file, f"{notice.id}: its days cannot be read.", "Write from and until.")
    for page in pack.guide:
        yield from _easy(page)
    yield from _empty(pack)


def _empty(pack: Pack) -> Iterable[Fault]:
    """Pages and ends of ways of whose services none may be shown: a reader who is sent there finds nobody to call."""
    things: tuple[Service | Route, ...] = (*pack.services, *pack.emergency)
    hidden = {each.id for each in things if not each.source.may_be_shown}
    hint = "Check the source of one of them."
    for page in pack.guide:
        named = {
            piece.name
            for piece in parse(page.body)
            if isinstance(piece, Placeholder) and piece.verb in ("service", "number")
        }
        if named and named <= hidden:
            yield Fault("law.W003", page.file, f"{page.id}: none of its services may be shown.", hint)
    for way in pack.ways:
        for step in way.steps:
            if step.services and set(step.services) <= hidden:
                where = f"{way.id}, step {step.number}"
                yield Fault("law.W003", way.file, f"{where}: none of its services may be shown.", hint)


def _way(way: Way, pack: Pack) -> Iterable[Fault]:
    numbers = [step.number for step in way.steps]
    if not numbers or len(set(numbers)) != len(numbers):
        yield Fault("law.E044", way.file, f"{way.id}: a number stands twice, or there is none.", "Number each step.")
        return
    reached: set[int] = set()
    waiting = [numbers[0]]
    steps = {step.number: step for step in way.steps}
    while waiting:
        number = waiting.pop()
        if number in steps and number not in reached:
            reached.add(number)
            waiting += [answer.to for answer in steps[number].answers]
    pages = {page.id for page in pack.guide}
    numbered = {each.id for each in pack.services} | {each.id for each in pack.emergency}
    for step in way.steps:
        yield from _step(step, way, set(numbers), pages, numbered)
        if step.number not in reached:
            yield Fault("law.E044", way.file, f"{way.id}: nothing leads to step {step.number}.", "Lead to it.")


def _step(step: Step, way: Way, numbers: set[int], pages: set[str], numbered: set[str]) -> Iterable[Fault]:
    where = f"{way.id}, step {step.number}"
    if bool(step.asks) != bool(step.answers) or not (step.asks or step.says):
        yield Fault("law.E044", way.file, f"{where}: it neither asks nor ends.", "Give asks and answers, or says.")
    for answer in step.answers:
        if answer.to not in numbers:
            yield Fault("law.E044", way.file, f"{where}: an answer leads to {answer.to}.", "There is no such step.")
    for name in (
        *(one for one in step.pages if one not in pages),
        *(one for one in step.services if one not in numbered),
    ):
        yield Fault("law.E044", way.file, f"{where}: '{name}' is not in the pack.", "Look at the id.")
    if any(figures_in(text) for text in (step.asks, step.says, *(answer.says for answer in step.answers))):
        yield Fault("law.E040", way.file, f"{where}: a figure is typed into prose.", "Name a page or a service.")


def _service(service: Service) -> Iterable[Fault]:
    for need in service.needs:
        if need not in NEEDS:
            yield Fault("law.E063", service.file, f"{service.id}: '{need}' is no need on the list.", "See pack.md.")
    for tag in service.speaks:
        if not _TAG.fullmatch(tag):
            yield Fault("law.E063", service.file, f"{service.id}: '{tag}' is no language tag.", "Write fr or fr-CA.")
    if any(not _hours(hours) for hours in service.open) or (service.open and service.always):
        yield Fault("law.E063", service.file, f"{service.id}: its hours cannot be read.", "Write 09:00 and 17:00.")


def _hours(hours: Open) -> bool:
    try:
        first = time.fromisoformat(hours.from_)
        last = time.max if hours.until == "24:00" else time.fromisoformat(hours.until)
    except ValueError:
        return False
    return bool(hours.days) and first != last


def _easy(page: GuidePage) -> Iterable[Fault]:
    if not page.easy.strip():
        yield Fault("law.E045", page.file, f"{page.id}: no easy-read edition.", "Add `easy: |` and short sentences.")
    for line in page.easy.splitlines():
        said = "".join(piece if isinstance(piece, str) else " _ " for piece in parse(line))
        if any(len(sentence.split()) > MOST_WORDS for sentence in re.split(r"(?<=[.!?:])\s", said)):
            yield Fault("law.E045", page.file, f"easy: a sentence has over {MOST_WORDS} words.", "Make two of it.")
        if figures_in(said):
            yield Fault("law.E040", page.file, "easy: a figure is typed into prose.", "Use a placeholder.")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
