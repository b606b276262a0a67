"""What stands around every public and survivor's page: the way out, the emergency numbers, the language.

Of an emergency route only what rests on a source that was read is public.
"""

from typing import Any

from holdfast.doors.look.dial import with_numbers
from holdfast.law.pack import Pack
from holdfast.law.public import Route

# Where leaving goes when a place names nothing: a page that many people read for many reasons.
SOMEWHERE_ELSE = "https://www.wikipedia.org/"
AT_THE_TOP = 2  # routes that stand at the top of each page


def around(pack: Pack | None, leave_link: str) -> dict[str, Any]:
    """The context of a page's frame. `leave_link` is the door's own address for leaving."""
    routes = shown_routes(pack)[:AT_THE_TOP]
    return {
        "page_language": pack.language if pack else "en",
        "leave_to": leave_to(pack),
        "leave_link": leave_link,
        "routes": [with_numbers(route.short, route.number) for route in routes],
    }


def shown_routes(pack: Pack | None) -> tuple[Route, ...]:
    """The emergency routes that may be shown, in the pack's order."""
    return tuple(route for route in pack.emergency if route.source.may_be_shown) if pack else ()


def leave_to(pack: Pack | None) -> str:
    """The harmless page that leaving ends on."""
    return (pack.leave_to if pack else "") or SOMEWHERE_ELSE
