"""The site as Django knows it: its start-up checks are registered here."""

from django.apps import AppConfig


class Site(AppConfig):
    name = "holdfast.site"
    label = "site"

    def ready(self) -> None:
        import holdfast.site.checks  # noqa: F401 registers them
        from holdfast.casefile import clock
        from holdfast.casefile import erasing
        from holdfast.doors.evidence.stamps import stamp_when_due
        from holdfast.people.feeding import catch_up
        from holdfast.people.feeding import forget_case
        from holdfast.vault.sweeping import sweep_when_due

        if stamp_when_due not in clock.ALSO_DUE:
            clock.ALSO_DUE.append(stamp_when_due)
        if sweep_when_due not in clock.ALSO_DUE:
            clock.ALSO_DUE.append(sweep_when_due)
        if catch_up not in clock.ALSO_DUE:
            clock.ALSO_DUE.append(catch_up)
        if forget_case not in erasing.ALSO_FORGET:
            erasing.ALSO_FORGET.append(forget_case)
