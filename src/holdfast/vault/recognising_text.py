"""Tells kinds of text apart: page, drawing, XML, JSON, e-mail or plain words, in the order of a browser.

Each check looks at the first 64 K letters and passes over them once: no pattern here can be made to go back and forth.
"""

import json
import re

_PAGE = re.compile(
    r"<(?:!doctype\s+html|(?:html|head|body|script|iframe|h1|div|table|style|title|p|br|a|font|img|form|meta|link)[\s/>])",
    re.IGNORECASE,
)
_DRAWING = re.compile(r"<(?:!doctype\s+svg|svg[\s>])", re.IGNORECASE)
_XML = re.compile(r"<(?:\?xml\s|!doctype|[a-z_][\w.-]*(?::[\w.-]+)?[\s/>])", re.IGNORECASE)
_HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,60}):|From ")
_MAIL_NAMES = {"from", "to", "subject", "date", "message-id", "received", "mime-version", "return-path"}


def text_of(head: bytes) -> str | None:
    """The beginning of a file as text, or None: UTF-8, UTF-16 with its mark, or the Windows letters of the West."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head[: len(head) // 2 * 2].decode("utf-16", "replace")
        return None if text.count("\ufffd") > len(text) // 100 else text
    if re.search(rb"[\0-\x08\x0e-\x1a\x1c-\x1f]", head):
        return None
    try:
        return head.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        if fault.start >= len(head) - 4 and len(head) > 4:
            return head[: fault.start].decode("utf-8-sig")
    text = head.decode("cp1252", "replace")
    strange = sum(1 for letter in text if letter > "\x7f")
    return text if strange * 4 <= len(text) else None


def kind_of_text(head: bytes, size: int) -> str:
    """The media type of a text, '' where it is none. `head` is its beginning, `size` how many bytes it has."""
    text = text_of(head)
    if text is None:
        return ""
    if named := _marked_up(text):
        return named
    start = text.lstrip()[:200]
    for word, media in (("BEGIN:VCARD", "text/vcard"), ("BEGIN:VCALENDAR", "text/calendar")):
        if start.upper().startswith(word):
            return media
    if start[:1] in ("{", "[") and _json(text, whole=size <= len(head)):
        return "application/json"
    return _mail(text) or "text/plain"


def _marked_up(text: str) -> str:
    start = _past_comments(text)
    if _PAGE.match(start):
        return "text/html"
    if _DRAWING.match(start):
        return "image/svg+xml"
    if not _XML.match(start):
        return ""
    for _ in range(100):  # declarations and comments before the first element
        if not start.startswith(("<?", "<!")):
            break
        start = _past_comments(start.partition(">")[2])
    first = re.match(r"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z]\w*)", start)
    names = {"svg": "image/svg+xml", "html": "text/html"}
    return names.get(first[1].lower(), "application/xml") if first else "application/xml"


def _past_comments(text: str) -> str:
    """What is left of the first 64 K letters after space and comments, in one pass."""
    text = text[:65536].lstrip()
    while text.startswith("<!--"):
        text = text.partition("-->")[2].lstrip()
    return text


def _json(text: str, *, whole: bool) -> bool:
    if not whole:
        return bool(re.match(r'\s*[\[{]\s*(?:["{\[\]}]|-?\d|true|false|null)', text))
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _mail(text: str) -> str:
    names, page = set(), False
    for line in text[:65536].split("\n"):
        header = _HEADER.match(line)
        if header:
            names.add((header[1] or "From").lower())
            page = page or bool(re.match(r"content-type:\s*multipart/related", line, re.IGNORECASE))
        elif line[:1] not in (" ", "\t") or not names:
            break
    if page and "to" not in names:
        return "text/html"  # a saved web page (MHTML)
    found = len(names & _MAIL_NAMES)
    return "message/rfc822" if found >= 3 or ("from" in names and found >= 2) else ""
