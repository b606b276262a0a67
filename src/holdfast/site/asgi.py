"""The server's way in. Pages of the guide come from memory; what goes beyond a limit is refused unread."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdfast.site.settings")

import django

django.setup(set_prefix=False)

from django.conf import settings  # noqa: E402

from holdfast.site.body_limit import BodyLimit  # noqa: E402
from holdfast.site.handling import SHORT  # noqa: E402
from holdfast.site.handling import Handler  # noqa: E402
from holdfast.site.kept import KeptPages  # noqa: E402
from holdfast.site.limits import Limits  # noqa: E402
from holdfast.site.live_in import LiveIn  # noqa: E402
from holdfast.site.taking_in import TakingIn  # noqa: E402
from holdfast.site.way_in import WayIn  # noqa: E402

_doors = TakingIn(WayIn(BodyLimit(Handler(), most=SHORT)))  # type: ignore[arg-type] # Mapping, not MutableMapping

# Only now: the doors can be imported once Django has been set up.
from holdfast.doors.guide.kept import most_read  # noqa: E402
from holdfast.doors.guide.kept import zone_of  # noqa: E402

# A telephone that shows a scene sends several parts a second, and has limits of its own.
_limited = LiveIn(Limits(_doors, unslowed=settings.HOLDFAST_UNSLOWED))

application = KeptPages(_limited, zone_of, most_read)
