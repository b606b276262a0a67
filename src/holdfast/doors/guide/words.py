"""What a placeholder of a guide page says, and the sources it rests on.

- Each answer has two forms: `inline` stands within a sentence, `block` on lines of its own.
- None means that it is kept off the page: the name is not in the pack, the law is not in force on that day, or its
  source was not checked. Whatever sentence asked for it is left out with it.
- Everything is said by the page's voice, in the reader's language, and escaped. No figure is written here: all come
  from the pack.
"""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple
from typing import TypeVar

from django.utils.html import format_html
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from holdfast.doors.guide.voice import Voice
from holdfast.doors.look.dial import dial
from holdfast.doors.look.languages import BINDING
from holdfast.doors.look.languages import BINDING_ID
from holdfast.doors.look.languages import FRAME
from holdfast.doors.look.languages import OWED_BY
from holdfast.doors.look.languages import SHOW_ALL
from holdfast.doors.look.languages import TEXT_TO
from holdfast.doors.look.say import marked
from holdfast.law.data import InForce
from holdfast.law.data import Source
from holdfast.law.language import ENGLISH
from holdfast.law.languages_known import KNOWN
from holdfast.law.pack import Duty
from holdfast.law.pack import Limit
from holdfast.law.pack import Order
from holdfast.law.pack import Pack
from holdfast.law.pack import Policy
from holdfast.law.pack import Power
from holdfast.law.phrase import Phrase
from holdfast.law.placeholders import Placeholder
from holdfast.law.public import Service
from holdfast.law.wording import lasts_phrase
from holdfast.law.wording import limit_phrase
from holdfast.law.wording import role_phrase

FOLDED_ABOVE = 6  # promises of a stage: more would bury what follows on a telephone

Dated = TypeVar("Dated", Duty, Limit, Order, Policy, Power)


class Said(NamedTuple):
    """What one placeholder puts on the page."""

    inline: SafeString
    block: SafeString
    sources: tuple[Source, ...] = ()
    is_card: bool = False  # the block is a card of its own, such as a promise


class Page(NamedTuple):
    """What a placeholder must know of the page it stands on."""

    link: str
    voice: Voice


def say(asked: Placeholder, pack: Pack, day: date, link: str, voice: Voice | None = None) -> Said | None:
    """The words for one placeholder on one day, or None when they are to be kept off the page.

    `link` is the address of the place's guide, ending in a slash; without a voice it is said in English.
    """
    return _SAYS[asked.verb](asked.name, pack, day, Page(link, voice or Voice(ENGLISH)))


def in_force(items: tuple[Dated, ...], name: str, day: date) -> Dated | None:
    """The dated value of this name that is law on this day and rests on a checked source."""
    return next((item for item in items if item.id == name and _holds(item.in_force, day) and _shown(item)), None)


def shown_duties(pack: Pack, stage: str, day: date) -> list[Duty]:
    """Every promise of a stage: what the survivor may read, in force on this day."""
    return [
        duty
        for duty in pack.duties
        if duty.stage == stage and not duty.chases and _holds(duty.in_force, day) and _shown(duty)
    ]


def limit_in_words(item: Duty | Limit) -> str:
    """The limit as the public reads it, in English."""
    phrase = limit_phrase(item)
    return phrase.english() if phrase else ""


def promise(duty: Duty, pack: Pack, voice: Voice) -> SafeString:
    """A promise as a card: what, by when, who owes it, and how binding it is."""
    parts = (("role", role_phrase(pack, duty.owed_by)), ("binding", Phrase(BINDING_ID, BINDING[duty.authority])))
    return format_html(
        '<p>{}</p><p class="by"><b>{}</b></p><p class="by small">{}</p>',
        voice.say(f"duty.{duty.id}.says", duty.says),
        voice.phrase(limit_phrase(duty), capital=True),
        voice.phrase(Phrase(FRAME, OWED_BY, parts=parts)),
    )


def service_block(service: Service, voice: Voice) -> SafeString:
    """A helpline: name, number, hours, for whom. What the pack does not hold is not shown."""
    ways = [dial(service.number)] if service.number else []
    if service.text:
        ways.append(voice.phrase(Phrase(FRAME, TEXT_TO, parts=(("number", service.text),))))
    if service.web:
        ways.append(format_html('<a href="{}" rel="noreferrer">{}</a>', service.web, _host(service.web)))
    fields = ("for_whom", "hours", "languages", "cost")
    about = [_stopped(service, field, voice) for field in fields if getattr(service, field)]
    return format_html(
        '<p><strong>{}</strong></p><p>{}</p><p class="by">{}</p>{}',
        _of(service, "name", voice),
        format_html_join(" · ", "{}", ((way,) for way in ways)),
        format_html_join("", "{}{}", (*about[:-1], *((said, stop.rstrip()) for said, stop in about[-1:]))),
        format_html("<p>{}</p>", _of(service, "says", voice)) if service.says else "",
    )


def _stopped(service: Service, field: str, voice: Voice) -> tuple[SafeString, str]:
    """A fact about a service, and what ends it in the language in which it is said."""
    said = voice.wording(f"service.{service.id}.{field}", getattr(service, field))
    return marked(said, voice.tongue), KNOWN["en" if said.is_english else voice.tongue.tag].stop


def _of(service: Service, field: str, voice: Voice) -> SafeString:
    return voice.say(f"service.{service.id}.{field}", getattr(service, field))


def _duty(name: str, pack: Pack, day: date, page: Page) -> Said | None:
    duty = in_force(pack.duties, name, day)
    if duty is None:
        return None
    says = page.voice.say(f"duty.{duty.id}.says", duty.says)
    inline = format_html("{} <b>{}</b>.", says, page.voice.phrase(limit_phrase(duty), capital=True))
    return Said(inline, promise(duty, pack, page.voice), (duty.source,), is_card=True)


def _limit(name: str, pack: Pack, day: date, page: Page) -> Said | None:
    item = in_force(pack.duties, name, day) or in_force(pack.limits, name, day)
    return _plain(page.voice.phrase(limit_phrase(item)), item.source) if item else None


def _duties(name: str, pack: Pack, day: date, page: Page) -> Said | None:
    found = shown_duties(pack, name, day)
    if not found:
        return None
    items = format_html_join("", "<li>{}</li>", ((promise(duty, pack, page.voice),) for duty in found))
    block = format_html('<ul class="promises">{}</ul>', items)
    if len(found) > FOLDED_ABOVE:
        opens = page.voice.phrase(Phrase(FRAME, SHOW_ALL, SHOW_ALL, len(found)))
        block = format_html("<details><summary>{}</summary>{}</details>", opens, block)
    return Said(block, block, tuple(duty.source for duty in found))


def _can(name: str, pack: Pack, day: date, page: Page) -> Said | None:
    item = in_force(pack.limits, name, day)
    if item is None:
        return None
    voice = page.voice
    says, how = voice.say(f"limit.{item.id}.says", item.says), voice.say(f"limit.{item.id}.how", item.how)
    until = voice.phrase(limit_phrase(item), capital=True)
    inline = format_html("{} {} <b>{}</b>.", says, how, until)
    binding = voice.say(BINDING_ID, BINDING[item.authority])
    block = format_html('<p>{} {}</p><p class="by"><b>{}</b>. {}.</p>', says, how, until, binding)
    return Said(inline, block, (item.source,), is_card=True)


def _order(name: str, pack: Pack, day: date, page: Page) -> Said | None:
    order = in_force(pack.orders, name, day)
    return _plain(page.voice.say(f"order.{order.id}.says", order.says), order.source) if order else None


def _power(name: str, pack: Pack, day: date, page: Page) -> Said | None:
    power = in_force(pack.powers, name, day)
    return _plain(page.voice.say(f"power.{power.id}.says", power.says), power.source) if power else None


def _policy(name: str, pack: Pack, day: date, page: Page) -> Said | None:
    policy = in_force(pack.policies, name, day)
    return _plain(page.voice.say(f"policy.{policy.id}.says", policy.says), policy.source) if policy else None


def _lasts(name: str, pack: Pack, day: date, page: Page) -> Said | None:
    order = in_force(pack.orders, name, day)
    return _plain(page.voice.phrase(lasts_phrase(order)), order.source) if order else None


def _term(name: str, pack: Pack, day: date, page: Page) -> Said | None:
    term = pack.terms.get(name)
    if term is None:
        return None
    words, short = (page.voice.say(f"term.{name}.{field}", getattr(term, field)) for field in ("name", "short"))
    return _plain(format_html("{} ({})", words, short) if term.short else words)


def _number(name: str, pack: Pack, day: date, page: Page) -> Said | None:
    route = next((each for each in pack.emergency if each.id == name and each.source.may_be_shown), None)
    if route is not None:
        id_ = f"emergency.{route.id}"
        said = dial(route.number) if route.number else page.voice.say(f"{id_}.short", route.short)
        says = page.voice.say(f"{id_}.says", route.says)
        return Said(said, format_html("<p>{} {}</p>", said, says), (route.source,))
    service = _service_named(name, pack)
    if service is None or not service.number:
        return None
    said = dial(service.number)
    if service.hours:
        said = format_html("{} ({})", said, _of(service, "hours", page.voice))
    return Said(said, format_html("<p>{}</p>", said), (service.source,))


def _service(name: str, pack: Pack, day: date, page: Page) -> Said | None:
    service = _service_named(name, pack)
    if service is None:
        return None
    inline = format_html("{} {}", _of(service, "name", page.voice), dial(service.number))
    return Said(inline, service_block(service, page.voice), (service.source,), is_card=True)


def _risk(name: str, pack: Pack, day: date, page: Page) -> Said | None:
    instrument_id, _, key = name.partition(".")
    instrument = next((each for each in pack.instruments if each.id == instrument_id and _shown(each)), None)
    if instrument is None or not _holds(instrument.in_force, day):
        return None
    if key in ("", "name"):
        return _plain(page.voice.say(f"risk.{instrument.id}.name", instrument.name), instrument.source)
    value = instrument.referral.get(key, instrument.grades.get(key))
    return _plain(str(value), instrument.source) if value is not None else None


def _see(name: str, pack: Pack, day: date, page: Page) -> Said | None:
    other = next((each for each in pack.guide if each.id == name), None)
    if other is None:
        return None
    title = page.voice.say(f"guide.{other.id}.title", other.title)
    said = format_html('<a href="{}{}">{}</a>', page.link, other.id, title)
    return Said(said, format_html("<p>{}</p>", said))


_SAYS: dict[str, Callable[[str, Pack, date, Page], Said | None]] = {
    "duty": _duty,
    "limit": _limit,
    "duties": _duties,
    "can": _can,
    "order": _order,
    "power": _power,
    "policy": _policy,
    "lasts": _lasts,
    "term": _term,
    "number": _number,
    "service": _service,
    "risk": _risk,
    "see": _see,
}


def _plain(words: str, source: Source | None = None) -> Said:
    said = format_html("{}", words)
    return Said(said, format_html("<p>{}</p>", words), (source,) if source else ())


def _service_named(name: str, pack: Pack) -> Service | None:
    return next((each for each in pack.services if each.id == name and each.source.may_be_shown), None)


def _holds(law: InForce, day: date) -> bool:
    """Whether this is the law on this day. A value that ended, has not begun or never began is not."""
    if law.status != "in-force":
        return False
    if law.from_ != "not stated" and day < date.fromisoformat(law.from_):
        return False
    return not law.until or day <= date.fromisoformat(law.until)


def _shown(item: object) -> bool:
    if isinstance(item, Duty):
        return item.shown_to_survivor
    source = getattr(item, "source", None)
    return isinstance(source, Source) and source.may_be_shown


def _host(address: str) -> str:
    return address.rsplit("//", maxsplit=1)[-1].split("/", maxsplit=1)[0].removeprefix("www.")
