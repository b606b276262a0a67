"""Every sentence of a place that a reader may meet, in the order in which its pages say them, with a stable id.

- An id names where a sentence stands (`duty.tell-bail.says`, `guide.bail.title`), never what it says.
- First the emergency routes, then each page with what its placeholders ask for, then what only a survivor's own page
  says. What may not be shown is not translated.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterator
from typing import Any
from typing import NamedTuple

from holdfast.law.catalogue_blocks import cut
from holdfast.law.catalogue_blocks import has_words
from holdfast.law.catalogue_blocks import key
from holdfast.law.catalogue_blocks import placeholders
from holdfast.law.catalogue_blocks import sentences
from holdfast.law.clock_phrases import CONTEXT
from holdfast.law.clock_phrases import EVENT
from holdfast.law.clock_phrases import any_place
from holdfast.law.pack import Duty
from holdfast.law.pack import Limit
from holdfast.law.pack import Pack
from holdfast.law.phrase import Phrase
from holdfast.law.placeholders import Placeholder
from holdfast.law.public import GuidePage
from holdfast.law.wording import lasts_phrase
from holdfast.law.wording import limit_id
from holdfast.law.wording import limit_phrase


class Message(NamedTuple):
    """One sentence to translate. `many` is its plural where it has one."""

    context: str
    one: str
    many: str = ""
    where: str = ""  # the pack's file, or what the sentence is for
    page: str = ""  # the guide page that first says it; '' for the rest


Pair = tuple[str, str]  # an id and its English


def messages(pack: Pack, pages: Collection[str] = ()) -> list[Message]:
    """Every sentence of a place, each once; with `pages`, only the routes, those pages and what they ask for."""
    found: dict[Pair, Message] = {}
    for item, pairs, page in _places(pack, pages):
        for context, english in pairs:
            if any(sign.isalpha() for sign in english):
                where = getattr(item, "file", "")
                found.setdefault((context, english), Message(context, english, "", where, page))
    return [*found.values(), *_clocks(pack, list(found.values()))]


def _places(pack: Pack, pages: Collection[str]) -> Iterator[tuple[Any, Iterator[Pair], str]]:
    """Every thing that says something, with what it says and the page that asks for it."""
    yield None, iter([("place.name", pack.name)]), ""
    for route in _shown(pack.emergency):
        yield route, said_of("emergency", route, ("short", "says", "name", "when")), ""
    for page in pack.guide:
        if not pages or page.id in pages:
            yield page, _of_page(page), page.id
            for asked in asked_by(page):
                yield from ((item, pairs, page.id) for item, pairs in _pulled(pack, asked))
    if not pages:
        yield from ((item, pairs, "") for item, pairs in _rest(pack))


def said_of(sort: str, item: Any, fields: tuple[str, ...], name: str = "") -> Iterator[Pair]:
    """The sentences of one thing in a pack: `sort.ID.field`."""
    for field in fields:
        yield f"{sort}.{name or item.id}.{field}", getattr(item, field)


def asked_by(page: GuidePage) -> list[Placeholder]:
    """What a page asks of the pack, in order."""
    return [asked for text in (page.title, page.answer, page.body, page.easy) for asked in placeholders(text)]


def _of_page(page: GuidePage) -> Iterator[Pair]:
    yield f"guide.{page.id}.title", page.title
    yield f"guide.{page.id}.answer", page.answer
    yield from ((f"guide.{page.id}.body", key(block)) for block in cut(page.body) if has_words(block))
    yield from ((f"guide.{page.id}.easy", line) for line in sentences(page.easy) if has_words(line))


def _law(law: Duty | Limit) -> Iterator[Pair]:
    sort = "limit" if isinstance(law, Limit) else "duty"
    yield from said_of(sort, law, ("says", "how") if isinstance(law, Limit) else ("says",))
    yield limit_id(law), law.limit_words


def _service(service: Any) -> Iterator[Pair]:
    return said_of("service", service, ("name", "for_whom", "hours", "languages", "cost", "says"))


def _lasts(order: Any) -> Iterator[Pair]:
    yield f"order.{order.id}.lasts", order.lasts.words


def _pulled(pack: Pack, asked: Placeholder) -> Iterator[tuple[Any, Iterator[Pair]]]:
    """What one placeholder may say, on any day."""
    verb, name = asked.verb, asked.name
    if verb in ("duty", "limit", "can"):
        yield from ((law, _law(law)) for law in (*_shown_duties(pack), *_shown(pack.limits)) if law.id == name)
    elif verb == "duties":
        yield from ((duty, _law(duty)) for duty in _shown_duties(pack) if duty.stage == name)
    elif verb in ("order", "lasts"):
        for order in _named(_shown(pack.orders), name):
            yield order, _lasts(order) if verb == "lasts" else said_of("order", order, ("says",))
    elif verb in ("power", "policy"):
        chosen = _named(_shown(pack.powers if verb == "power" else pack.policies), name)
        yield from ((item, said_of(verb, item, ("says",))) for item in chosen)
    elif verb == "term" and name in pack.terms:
        yield None, said_of("term", pack.terms[name], ("name", "short"), name)
    elif verb in ("number", "service"):
        yield from ((service, _service(service)) for service in _named(_shown(pack.services), name))
    elif verb == "risk":
        chosen = _named(_shown(pack.instruments), name.partition(".")[0])
        yield from ((instrument, said_of("risk", instrument, ("name",))) for instrument in chosen)
    elif verb == "see":
        yield from ((page, said_of("guide", page, ("title",))) for page in _named(pack.guide, name))


def _rest(pack: Pack) -> Iterator[tuple[Any, Iterator[Pair]]]:
    """What no page may ask for, but a guided way, a notice or a survivor's own page says."""
    for way in pack.ways:
        yield way, said_of("way", way, ("title", "says"))
        for step in way.steps:
            yield way, said_of("way", step, ("asks", "says"), f"{way.id}.{step.number}")
            for at, answer in enumerate(step.answers, start=1):
                yield way, said_of("way", answer, ("says",), f"{way.id}.{step.number}.{at}")
    yield from ((notice, said_of("notice", notice, ("says",))) for notice in _shown(pack.notices))
    yield from ((duty, _law(duty)) for duty in _shown_duties(pack))
    yield from ((limit, _law(limit)) for limit in _shown(pack.limits))
    for order in _shown(pack.orders):
        yield order, said_of("order", order, ("name", "says"))
        yield order, _lasts(order)
    for sort, items in (("power", pack.powers), ("policy", pack.policies), ("prohibition", pack.prohibitions)):
        yield from ((item, said_of(sort, item, ("says",))) for item in _shown(items))
    yield from ((service, _service(service)) for service in _shown(pack.services))
    yield from ((None, said_of("term", term, ("name", "short", "says"), name)) for name, term in pack.terms.items())
    yield from ((one, said_of("risk", one, ("name", "says"))) for one in _shown(pack.instruments))


def _clocks(pack: Pack, taken: list[Message]) -> Iterator[Message]:
    """The phrases of this place's own clocks that no other place need have: days of its own calendars."""
    known = {(phrase.context, phrase.one) for phrase in any_place()}
    said = {message.context for message in taken}
    for law in (*_shown_duties(pack), *_shown(pack.limits)):
        if f"{'limit' if isinstance(law, Limit) else 'duty'}.{law.id}.says" not in said or law.limit_words:
            continue
        phrase = limit_phrase(law)
        yield from _unknown(phrase, law.file, known) if phrase else ()
    for order in _shown(pack.orders):
        if f"order.{order.id}.says" in said:
            yield from _unknown(lasts_phrase(order), order.file, known)


def _unknown(phrase: Phrase, where: str, known: set[Pair]) -> Iterator[Message]:
    for each in phrase.every():
        if (each.context, each.one) not in known and each.context in (CONTEXT, EVENT):
            known.add((each.context, each.one))
            yield Message(each.context, each.one, each.many, where)


def _shown_duties(pack: Pack) -> Iterator[Duty]:
    return (duty for duty in pack.duties if duty.shown_to_survivor and not duty.chases)


def _shown(items: tuple[Any, ...]) -> Iterator[Any]:
    return (item for item in items if item.source.may_be_shown)


def _named(items: Any, name: str) -> Iterator[Any]:
    return (item for item in items if item.id == name)
