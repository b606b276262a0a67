"""Finds the forms of a page as a browser would, and fills them in badly."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urljoin
from urllib.parse import urlsplit


class Form(NamedTuple):
    """One form: where it goes, how, and its fields with what stands in them."""

    action: str
    method: str
    fields: dict[str, str]

    def spoiled(self, by: str) -> Iterator[dict[str, str]]:
        """The form sent with each field in turn spoiled, and once with all of them. Its token stays."""
        names = [name for name in self.fields if name != "csrfmiddlewaretoken"]
        for name in names:
            yield {**self.fields, name: by}
        yield {**self.fields, **dict.fromkeys(names, by)}


class _Reading(HTMLParser):
    def __init__(self, at: str):
        super().__init__()
        self.at, self.found, self.inside = at, [], None
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        elif tag == "form":
            self.inside = Form(given.get("action") or self.at, given.get("method", "get").lower(), {})
            self.found.append(self.inside)
        elif self.inside and tag in ("input", "textarea", "select", "button") and given.get("name"):
            self.inside.fields.setdefault(given["name"], given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = None


def forms_in(page: str, at: str) -> list[Form]:
    """The forms of a page that stands at an address."""
    reading = _Reading(at)
    reading.feed(page)
    return reading.found


def links_in(page: str, at: str) -> list[str]:
    """The paths that a page's links lead to on its own site, without what follows a question mark."""
    reading = _Reading(at)
    reading.feed(page)
    parts = [urlsplit(urljoin(f"http://here{at}", link)) for link in reading.links]
    return [each.path for each in parts if each.scheme == "http" and each.netloc == "here"]
