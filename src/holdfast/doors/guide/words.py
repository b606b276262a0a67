"""What a placeholder of a guide page says, and the sources it rests on.

- Each answer has two forms: `inline` stands within a sentence, `block` on lines of its own.
- None means that it is kept off the page: the name is not in the pack, the law is not in force on that day, or its
  source was not checked. Whatever sentence asked for it is left out with it.
- Everything from the pack is escaped. No figure is written here: all come from the pack.
"""

from datetime import date
from typing import NamedTuple
from typing import TypeVar

from django.utils.html import format_html
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from holdfast.doors.look.dial import dial
from holdfast.law.clock_text import ClockFault
from holdfast.law.clock_text import read as read_clock
from holdfast.law.data import InForce
from holdfast.law.data import Source
from holdfast.law.pack import Alternative
from holdfast.law.pack import Duty
from holdfast.law.pack import Lasts
from holdfast.law.pack import Limit
from holdfast.law.pack import Order
from holdfast.law.pack import Pack
from holdfast.law.pack import Policy
from holdfast.law.pack import Power
from holdfast.law.placeholders import Placeholder
from holdfast.law.public import Service
from holdfast.record.entry import ROLES

BINDING = {
    "statute": "The law",
    "code": "A code that the law stands behind",
    "policy": "Police or national policy",
    "local-practice": "Local practice",
    "our-standard": "Good practice: our own standard, not a law",
}

# What a condition on a limit says to a reader. One that is not here is said as 'in some cases'.
_CASES = {
    ("survivor.enhanced", "True"): "if you have enhanced rights",
    ("survivor.vulnerable", "True"): "if you are vulnerable or afraid",
    ("risk.grade", "high"): "if you are at high risk",
    ("risk.grade", "medium"): "if you are at medium risk",
    ("entry.grade", "high"): "if you are at high risk",
    ("entry.grade", "medium"): "if you are at medium risk",
}

FOLDED_ABOVE = 6  # promises of a stage: more would bury what follows on a telephone

Dated = TypeVar("Dated", Duty, Limit, Order, Policy, Power)


class Said(NamedTuple):
    """What one placeholder puts on the page."""

    inline: SafeString
    block: SafeString
    sources: tuple[Source, ...] = ()
    is_card: bool = False  # the block is a card of its own, such as a promise


def say(asked: Placeholder, pack: Pack, day: date, link: str) -> Said | None:
    """The words for one placeholder on one day, or None when they are to be kept off the page.

    `link` is the address of the place's guide, ending in a slash.
    """
    return _SAYS[asked.verb](asked.name, pack, day, link)


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
    """The limit as the public reads it. Where several may apply, all are said, because nobody's case is known here."""
    if item.limit_words:
        return item.limit_words
    said: list[tuple[str, str]] = []
    for alternative in item.within:
        words = _clock_words(alternative)
        if words and words not in (known for known, _ in said):
            said.append((words, _case_in_words(alternative)))
    if len(said) < 2:
        return "".join(words for words, _ in said)
    first = ", ".join(f"{words} {case or 'in some cases'}" for words, case in said[:-1])
    words, case = said[-1]
    return f"{first}, {words} {case}" if case else f"{first}, otherwise {words}"


def promise(duty: Duty) -> SafeString:
    """A promise as a card: what, by when, who owes it, and how binding it is."""
    return format_html(
        '<p>{}</p><p class="by"><b>{}</b></p><p class="by small">Owed by: {}. {}.</p>',
        duty.says,
        _capital(limit_in_words(duty)),
        ROLES.get(duty.owed_by, duty.owed_by).lower(),
        BINDING[duty.authority],
    )


def service_block(service: Service) -> SafeString:
    """A helpline: name, number, hours, for whom. What the pack does not hold is not shown."""
    ways = [dial(service.number)] if service.number else []
    if service.text:
        ways.append(format_html("text {}", service.text))
    if service.web:
        ways.append(format_html('<a href="{}" rel="noreferrer">{}</a>', service.web, _host(service.web)))
    about = [service.for_whom, service.hours, service.languages, service.cost]
    return format_html(
        '<p><strong>{}</strong></p><p>{}</p><p class="by">{}</p>{}',
        service.name,
        format_html_join(" · ", "{}", ((way,) for way in ways)),
        ". ".join(filter(None, about)) + ".",
        format_html("<p>{}</p>", service.says) if service.says else "",
    )


def _duty(name: str, pack: Pack, day: date, link: str) -> Said | None:
    duty = in_force(pack.duties, name, day)
    if duty is None:
        return None
    inline = format_html("{} <b>{}</b>.", duty.says, _capital(limit_in_words(duty)))
    return Said(inline, promise(duty), (duty.source,), is_card=True)


def _limit(name: str, pack: Pack, day: date, link: str) -> Said | None:
    item = in_force(pack.duties, name, day) or in_force(pack.limits, name, day)
    return _plain(limit_in_words(item), item.source) if item else None


def _duties(name: str, pack: Pack, day: date, link: str) -> Said | None:
    found = shown_duties(pack, name, day)
    if not found:
        return None
    items = format_html_join("", "<li>{}</li>", ((promise(duty),) for duty in found))
    block = format_html('<ul class="promises">{}</ul>', items)
    if len(found) > FOLDED_ABOVE:
        block = format_html("<details><summary>Show all {}</summary>{}</details>", len(found), block)
    return Said(block, block, tuple(duty.source for duty in found))


def _can(name: str, pack: Pack, day: date, link: str) -> Said | None:
    item = in_force(pack.limits, name, day)
    if item is None:
        return None
    until = _capital(limit_in_words(item))
    inline = format_html("{} {} <b>{}</b>.", item.says, item.how, until)
    block = format_html(
        '<p>{} {}</p><p class="by"><b>{}</b>. {}.</p>', item.says, item.how, until, BINDING[item.authority]
    )
    return Said(inline, block, (item.source,), is_card=True)


def _order(name: str, pack: Pack, day: date, link: str) -> Said | None:
    order = in_force(pack.orders, name, day)
    return _plain(order.says, order.source) if order else None


def _power(name: str, pack: Pack, day: date, link: str) -> Said | None:
    power = in_force(pack.powers, name, day)
    return _plain(power.says, power.source) if power else None


def _policy(name: str, pack: Pack, day: date, link: str) -> Said | None:
    policy = in_force(pack.policies, name, day)
    return _plain(policy.says, policy.source) if policy else None


def _lasts(name: str, pack: Pack, day: date, link: str) -> Said | None:
    order = in_force(pack.orders, name, day)
    return _plain(lasts_in_words(order.lasts), order.source) if order else None


def lasts_in_words(lasts: Lasts) -> str:
    """How long an order lasts."""
    if lasts.words:
        return lasts.words
    if lasts.at_least and lasts.at_least == lasts.at_most:
        return lasts.at_least
    ends = [f"at least {lasts.at_least}" if lasts.at_least else "", f"at most {lasts.at_most}" if lasts.at_most else ""]
    return " and ".join(filter(None, ends)) or "how long is not written in the law; ask the court"


def _term(name: str, pack: Pack, day: date, link: str) -> Said | None:
    term = pack.terms.get(name)
    if term is None:
        return None
    words = f"{term.name} ({term.short})" if term.short else term.name
    return _plain(words)


def _number(name: str, pack: Pack, day: date, link: str) -> Said | None:
    route = next((each for each in pack.emergency if each.id == name and each.source.may_be_shown), None)
    if route is not None:
        said = dial(route.number) if route.number else format_html("{}", route.short)
        return Said(said, format_html("<p>{} {}</p>", said, route.says), (route.source,))
    service = _service_named(name, pack)
    if service is None or not service.number:
        return None
    said = format_html("{} ({})", dial(service.number), service.hours) if service.hours else dial(service.number)
    return Said(said, format_html("<p>{}</p>", said), (service.source,))


def _service(name: str, pack: Pack, day: date, link: str) -> Said | None:
    service = _service_named(name, pack)
    if service is None:
        return None
    inline = format_html("{} {}", service.name, dial(service.number) if service.number else "")
    return Said(inline, service_block(service), (service.source,), is_card=True)


def _risk(name: str, pack: Pack, day: date, link: str) -> Said | None:
    instrument_id, _, key = name.partition(".")
    instrument = next((each for each in pack.instruments if each.id == instrument_id and _shown(each)), None)
    if instrument is None or not _holds(instrument.in_force, day):
        return None
    if key in ("", "name"):
        return _plain(instrument.name, instrument.source)
    value = instrument.referral.get(key, instrument.grades.get(key))
    return _plain(str(value), instrument.source) if value is not None else None


def _see(name: str, pack: Pack, day: date, link: str) -> Said | None:
    page = next((each for each in pack.guide if each.id == name), None)
    if page is None:
        return None
    said = format_html('<a href="{}{}">{}</a>', link, page.id, page.title)
    return Said(said, format_html("<p>{}</p>", said))


_SAYS = {
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


def _case_in_words(alternative: Alternative) -> str:
    """When an alternative holds, to a reader whose case is not known here."""
    if not alternative.when:
        return ""
    said = [_CASES.get((fact, str(value)), "") for fact, value in alternative.when.items()]
    return " and ".join(said) if all(said) else "in some cases"


def _clock_words(alternative: Alternative) -> str:
    try:
        return read_clock(alternative.limit).words()
    except ClockFault:
        return ""


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _host(address: str) -> str:
    return address.rsplit("//", maxsplit=1)[-1].split("/", maxsplit=1)[0].removeprefix("www.")
