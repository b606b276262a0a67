"""What is said in the additional data of a call (RFC 7852): comments, and the kind of line. All else is kept unread."""

import xml.etree.ElementTree as ET

_COMMENT = "{urn:ietf:params:xml:ns:EmergencyCallData:Comment}Comment"
_SERVICE = "{urn:ietf:params:xml:ns:EmergencyCallData:ServiceInfo}ServiceType"
MOST_CHARACTERS = 100_000

# The standard's own names of services, where they say what this record asks.
_LINES = {"wireless": "mobile", "pots": "landline", "voip": "internet", "coin": "payphone"}


def comments_in(xml: str) -> list[str]:
    """The comments in one block, [] where it holds none or cannot be read."""
    root = _root(xml)
    return [] if root is None else [text for found in root.iter(_COMMENT) if (text := (found.text or "").strip())]


def line_in(xml: str) -> str:
    """The kind of line that the caller used, '' where the block does not say."""
    root = _root(xml)
    said = "" if root is None else "".join((found.text or "") for found in root.iter(_SERVICE))
    return _LINES.get(said.strip().lower(), "")


def _root(xml: str) -> ET.Element | None:
    if not xml or len(xml) > MOST_CHARACTERS or "<!" in xml.replace("<!--", "").replace("<![CDATA[", ""):
        return None
    try:
        return ET.fromstring(xml.strip())  # noqa: S314 what makes XML dangerous was refused above
    except (ET.ParseError, ValueError, RecursionError):
        return None
