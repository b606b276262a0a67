"""Finds the forms of a page as a browser would, and fills them in badly."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple


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

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
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
