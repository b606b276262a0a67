"""What stands around every public and survivor's page: the way out, the emergency numbers, the language.

Of an emergency route only what rests on a source that was read is public, and in another language than English only
words that somebody checked.
"""

from typing import Any

from django.utils.safestring import SafeString

from holdfast.doors.look.dial import with_numbers
from holdfast.doors.look.say import in_english
from holdfast.law.language import ENGLISH
from holdfast.law.language import Tongue
from holdfast.law.pack import Pack
from holdfast.law.public import Route

# Where leaving goes when a place names nothing: a page that many people read for many reasons.
SOMEWHERE_ELSE = "https://www.wikipedia.org/"
AT_THE_TOP = 2  # routes that stand at the top of each page


def around(pack: Pack | None, leave_link: str, tongue: Tongue = ENGLISH) -> dict[str, Any]:
    """The context of a page's frame. `leave_link` is the door's own address for leaving."""
    return {
        "tongue": tongue,
        "page_language": tongue.tag if not tongue.is_english else pack.language if pack else "en",
        "page_direction": tongue.direction,
        "leave_to": leave_to(pack),
        "leave_link": leave_link,
        "routes": [route_line(route, tongue) for route in shown_routes(pack)[:AT_THE_TOP]],
    }


def route_line(route: Route, tongue: Tongue) -> SafeString:
    """An emergency route in few words, its number one that can be tapped. English where nobody checked the words."""
    said = tongue.say(f"emergency.{route.id}.short", route.short)
    line = with_numbers(said.text, route.number)
    return in_english(line) if said.is_english and not tongue.is_english else line


def shown_routes(pack: Pack | None) -> tuple[Route, ...]:
    """The emergency routes that may be shown, in the pack's order."""
    return tuple(route for route in pack.emergency if route.source.may_be_shown) if pack else ()


def leave_to(pack: Pack | None) -> str:
    """The harmless page that leaving ends on."""
    return (pack.leave_to if pack else "") or SOMEWHERE_ELSE
