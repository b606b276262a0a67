"""The ways to reach a service, from its numbers and links as HSDS has them.

- Text, chat and short codes are data of the service: a number of type `text` with six digits or fewer is a short code,
  a link whose label says chat is a chat.
- A fax or pager is no way to reach anybody now, and is left out. People's names and own e-mail addresses are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Iterator

from holdfast.directory.hsds import Contact
from holdfast.directory.hsds import Language
from holdfast.directory.hsds import Phone
from holdfast.directory.hsds import Service
from holdfast.directory.languages import language_code
from holdfast.directory.listing import Channel
from holdfast.directory.listing import Way
from holdfast.directory.plain import fold
from holdfast.directory.plain import plain

_TYPES: dict[str, Channel | None] = {
    "voice": "voice", "cell": "voice", "mobile": "voice", "work": "voice", "home": "voice", "main": "voice",
    "hotline": "voice", "helpline": "voice", "toll free": "voice", "tollfree": "voice", "phone": "voice", "": "voice",
    "text": "text", "sms": "text", "whatsapp": "text", "textphone": "relay", "tty": "relay", "tdd": "relay",
    "tty tdd": "relay", "tdd tty": "relay", "relay": "relay", "minicom": "relay", "video": "video",
    "videophone": "video", "chat": "chat", "fax": None, "pager": None,
}  # fmt: skip
_SHORT_CODE = 6
_NUMBER = re.compile(r"[+\d(][\d\s().+/-]*(?:\s*(?:x|ext\.?|extension)\s*\d{1,6})?")
_LINK = re.compile(r"https?://[^\s<>\"']{3,2000}")
_MAIL = re.compile(r"[^@\s<>\"']{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


def codes_of(languages: Iterable[Language] | None) -> tuple[str, ...]:
    """The BCP 47 codes of languages, each once; those that nobody can name are left out."""
    found = (language_code(each.code or "", each.name or "") for each in languages or ())
    return tuple(dict.fromkeys(code for code in found if code))


def ways_of(service: Service) -> tuple[list[Way], list[str]]:
    """The ways of a service, each once and numbers first; and what was wrong with those that were left out."""
    found: dict[tuple[str, str], Way] = {}
    wrong: list[str] = []
    for phone in _phones(service):
        for way in _of_phone(phone, wrong):
            found.setdefault((way.channel, fold(way.value)), way)
    for link in _links(service, wrong):
        found.setdefault((link.channel, link.value), link)
    return list(found.values()), wrong


def _phones(service: Service) -> Iterator[Phone]:
    """The nearest first; those of the organization only where the service has none of its own."""
    own = [*(service.phones or ()), *_of_contacts(service.contacts)]
    for visit in service.service_at_locations or ():
        own += [*(visit.phones or ()), *_of_contacts(visit.contacts)]
        if visit.location:
            own += [*(visit.location.phones or ()), *_of_contacts(visit.location.contacts)]
    yield from own or (service.organization.phones if service.organization else None) or ()


def _of_contacts(contacts: list[Contact] | None) -> list[Phone]:
    return [phone for contact in contacts or () for phone in contact.phones or ()]


def _of_phone(phone: Phone, wrong: list[str]) -> Iterator[Way]:
    number = phone.number.strip().strip("\"'").strip()
    digits = sum(sign.isdigit() for sign in number)
    if not _NUMBER.fullmatch(number) or not 2 <= digits <= 24:
        wrong.append("A number is left out: it is no telephone number.")
        return
    for said in re.split(r"[,;]", phone.type or ""):
        channel = _TYPES.get(fold(said), "voice")
        if channel is None:
            continue
        if channel == "text" and digits <= _SHORT_CODE:
            channel = "short-code"
        yield Way(
            channel=channel,
            value=number,
            extension=_extension(phone.extension),
            says=plain(phone.description),
            languages=codes_of(phone.languages),
        )


def _extension(said: float | str | None) -> str:
    if said is None:
        return ""
    return str(int(said)) if isinstance(said, float) and said.is_integer() else plain(str(said))


def _links(service: Service, wrong: list[str]) -> Iterator[Way]:
    around = service.organization
    mail = service.email or (around.email if around else None)
    if mail and _MAIL.fullmatch(mail.strip()):
        yield Way("e-mail", mail.strip())
    elif mail:
        wrong.append("An e-mail address is left out: it is none.")
    links = [(service.url or (around and (around.website or around.url)) or "", "")]
    links += [(each.url, each.label or "") for each in service.additional_urls or ()]
    for url, label in links:
        if url and _LINK.fullmatch(url.strip()):
            words = fold(label).split()
            channel: Channel = "chat" if "chat" in words else "video" if "video" in words else "web"
            yield Way(channel, url.strip(), says=plain(label))
        elif url:
            wrong.append("A web address is left out: it does not begin with http:// or https://.")
