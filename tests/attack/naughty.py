"""Sends every string of the list by hand: in the forms of every door, and in what stands in an address."""

import json
import random
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from urllib.parse import urlencode

from tests.attack.demonstration import HOUSE
from tests.attack.demonstration import STAFF
from tests.attack.demonstration import Visitor
from tests.attack.fields import Form
from tests.attack.fields import forms_in
from tests.attack.fields import links_in
from tests.attack.judged import Did
from tests.attack.judged import alive

LIST = Path(HOUSE / "tests/samples/naughty-strings/blns.json")
QUERIES = (
    "on",
    "next",
    "q",
    "place",
    "kind",
    "about",
    "after",
    "before",
    "near",
    "need",
    "role",
    "instrument",
    "staff",
)
# What would send the attacker out, or take from another attacker the words or the account that it comes in by.
ENDING = ("/sign-out", "/leave", "/close", "/end", "/recover", "/words", "/account/password", "/account/take-away")
MOST_PAGES = 60  # of one visitor
MOST_FORMS = 4  # of one page for one string; another string meets others


def naughty(told: dict, seconds: float, seed: int) -> Did:
    """Each string on a page of somebody's; the strings and the pages in an order of the seed's."""
    turn = random.Random(seed)  # noqa: S311 it has to be the same each time
    strings = json.loads(LIST.read_text(encoding="utf-8"))
    turn.shuffle(strings)
    began, found, again, done = time.monotonic(), [], 0, 0
    visitors = [Visitor(told, who) for who in ("reader", "survivor", *STAFF)]
    places = [(each, page) for each in visitors for page in pages_of(each)]
    turn.shuffle(places)
    # The whole list once, however slow the machine; then again on other pages until the time is up.
    while done < len(strings) or time.monotonic() - began < seconds:
        string, (visitor, path) = strings[done % len(strings)], places[(done + done // len(strings)) % len(places)]
        for asked, status, page in sent(visitor, path, string):
            if status >= 500 and status != 503:
                found.append(f"{visitor.who}, {asked}: {status} for {string!r}")
            found += [f"{visitor.who}, {asked}: {each} came back for {string!r}" for each in alive(page)]
        done += 1
        if done % 10 == 0 and not visitor.is_in():
            again += 1
            visitor.enter()
    statuses = sum((each.statuses for each in visitors), visitors[0].statuses.__class__())
    found += [f"{each.who}, {there}" for each in visitors for there in each.here.abroad] + _slowed(statuses)
    counted = ", ".join(f"{status}: {count}" for status, count in sorted(statuses.items()))
    about = (
        f"{done} strings of {len(strings)} on {len(places)} pages of {len(visitors)} visitors; "
        f"{statuses.total()} requests ({counted}); came in again {again} times"
    )
    return Did("naughty strings", int(time.monotonic() - began), about, found)


def _slowed(statuses: dict[int, int]) -> list[str]:
    refused = statuses[429] + statuses[503]
    return [f"{refused} answers were refusals by a limit"] if refused * 10 > sum(statuses.values()) else []


def sent(visitor: Visitor, path: str, string: str) -> Iterator[tuple[str, int, str]]:
    """One page with a string in its address, and each of its forms with the string in every field: what came back."""
    said = string.encode(errors="replace").decode()
    yield (f"{path}?", *visitor.ask(f"{path}?{urlencode(dict.fromkeys(QUERIES, said))[:3500]}")[:2])
    yield ("an address", *visitor.ask(f"{path.rstrip('/')}/{quote(said[:200], safe='')}")[:2])
    _, page, _ = visitor.ask(path)
    forms = forms_in(page, path)
    for form in forms if len(forms) <= MOST_FORMS else random.Random(said).sample(forms, MOST_FORMS):  # noqa: S311
        if not form.action.startswith("/") or _ends(form.action.partition("?")[0]):
            continue
        for fields in _spoiled(form, said):
            if form.method == "post":
                yield (f"form {form.action}", *visitor.ask(form.action, fields)[:2])
            else:
                yield (f"form {form.action}", *visitor.ask(f"{form.action}?{urlencode(fields)[:3500]}")[:2])


def _spoiled(form: Form, said: str) -> Iterator[dict[str, str]]:
    """One field alone, another for each string, and all of them at once."""
    every = list(form.spoiled(said))
    if len(every) > 1:
        yield every[sum(map(ord, said)) % (len(every) - 1)]
    yield every[-1]


def _ends(path: str) -> bool:
    return path.endswith(ENDING) or "/leave/" in path


def pages_of(visitor: Visitor) -> list[str]:
    """The pages of their door that lead from one to the next, one of each kind where only code and number differ."""
    waiting, kinds, pages = [visitor.door], set(), []
    if visitor.who in STAFF:
        waiting += [f"/desk/case/{case['code']}" for case in visitor.told["cases"]]
    while waiting and len(pages) < MOST_PAGES:
        path = waiting.pop(0)
        kind = tuple("#" if any(letter.isdigit() for letter in part) else part for part in path.split("/"))
        if kind in kinds or _ends(path):
            continue
        kinds.add(kind)
        status, page, _ = visitor.ask(path)
        if status == 200:
            pages.append(path)
            waiting += [each for each in links_in(page, path) if each.startswith(visitor.door)]
    return pages
