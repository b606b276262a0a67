"""The site as Django knows it: its start-up checks are registered here."""

from django.apps import AppConfig


class Site(AppConfig):
    name = "holdfast.site"
    label = "site"

    def ready(self) -> None:
        import holdfast.site.checks  # noqa: F401 registers them
        from holdfast.casefile import clock
        from holdfast.doors.evidence.stamps import stamp_when_due
        from holdfast.vault.sweeping import sweep_when_due

        if stamp_when_due not in clock.ALSO_DUE:
            clock.ALSO_DUE.append(stamp_when_due)
        if sweep_when_due not in clock.ALSO_DUE:
            clock.ALSO_DUE.append(sweep_when_due)
