"""The site as Django knows it: its start-up checks are registered here."""

from django.apps import AppConfig


class Site(AppConfig):
    name = "holdfast.site"
    label = "site"

    def ready(self) -> None:
        import holdfast.site.checks  # noqa: F401 registers them
