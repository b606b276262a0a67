"""The server's way in. A body that is too long is refused before it is read."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdfast.site.settings")

from django.core.asgi import get_asgi_application

from holdfast.site.body_limit import BodyLimit

application = BodyLimit(get_asgi_application(), most=1_000_000)  # type: ignore[arg-type] # Mapping, not MutableMapping
