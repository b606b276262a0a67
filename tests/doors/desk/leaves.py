"""What is about to leave, at the desk: the page before it, and a person who lets everything stay and confirms."""

import re
from html import unescape
from typing import Any

from tests.doors.desk.conftest import Desk
from tests.doors.desk.conftest import hidden


def found_on(page: str) -> list[str]:
    """What was found, as the page says it: where, and what it is."""
    legends = re.findall(r'<fieldset class="found"><legend>(.*?)</legend>', page, re.DOTALL)
    return [" ".join(unescape(re.sub(r"<[^>]+>", " ", each)).split()) for each in legends]


def decided(page: str, how: str = "stay") -> dict[str, str]:
    """Everything that was found is decided alike; where it cannot be left out, it stays."""
    names = dict.fromkeys(re.findall(r'name="(decide-[0-9a-f]+)"', page))
    return {name: how if f'name="{name}" value="{how}"' in page else "stay" for name in names}


def confirmed(desk: Desk, address: str, page: str, how: str = "stay", **more: str) -> Any:
    """Sends the page with every decision and the confirmation; the answer."""
    sent = {**hidden(page), **decided(page, how), "read_it": "yes", "do": "leave", **more}
    sent.pop("csrfmiddlewaretoken", None)
    desk.page = desk.client.post(address, sent)
    return desk.page
