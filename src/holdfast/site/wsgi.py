"""The way in for a server that speaks WSGI. Put a limit of 1 MB on bodies in front of it; asgi.py has its own."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdfast.site.settings")
application = get_wsgi_application()
