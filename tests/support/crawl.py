"""Every page of the guide as it is served, found by following its links from the first page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

LINK = re.compile(r'href="(/[^"#]*)')
NOT_A_PAGE = re.compile(r"^/(static|leave|my|desk|api|look)\b|/file/|\.xml$")


def guide_pages(only: str = "") -> Iterator[tuple[str, bytes]]:
    """Addresses with what is served there, each once. `only` keeps to addresses that hold it, such as a place's id."""
    from django.test import Client

    client = Client(headers={"host": "127.0.0.1"})
    left, seen = ["/"], {"/"}
    while left:
        address = left.pop()
        answer = client.get(address)
        if answer.status_code != 200 or not answer.get("Content-Type", "").startswith("text/html"):
            continue
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        yield address, content
        for found in LINK.findall(content.decode()):
            link = unescape(found)
            wanted = not only or only in link or link in ("/", "/traces")
            if wanted and link not in seen and not NOT_A_PAGE.search(link):
                seen.add(link)
                left.append(link)
