"""The server's way in. Pages of the guide come from memory; a body that is too long is refused before it is read."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdfast.site.settings")

from django.core.asgi import get_asgi_application

from holdfast.site.body_limit import BodyLimit
from holdfast.site.kept import KeptPages

_doors = BodyLimit(get_asgi_application(), most=1_000_000)  # type: ignore[arg-type] # Mapping, not MutableMapping

# Only now: the doors can be imported once Django has been set up.
from holdfast.doors.guide.kept import most_read  # noqa: E402
from holdfast.doors.guide.kept import zone_of  # noqa: E402

application = KeptPages(_doors, zone_of, most_read)
