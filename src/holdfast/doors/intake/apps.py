"""The intake as Django knows it: it has tables and no pages. The clock joins positions to calls typed meanwhile, and
holds silent calls against their number's history."""

from django.apps import AppConfig


class Intake(AppConfig):
    name = "holdfast.doors.intake"
    label = "intake"

    def ready(self) -> None:
        """Gives the clock what it does besides."""
        from holdfast.casefile.clock import ALSO_DUE
        from holdfast.doors.intake.history import raise_when_due
        from holdfast.doors.intake.joining import join_when_due

        for work in (join_when_due, raise_when_due):
            if work not in ALSO_DUE:
                ALSO_DUE.append(work)
