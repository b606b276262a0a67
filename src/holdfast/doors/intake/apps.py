"""The intake as Django knows it: it has tables and no pages. The clock joins positions to calls typed meanwhile."""

from django.apps import AppConfig


class Intake(AppConfig):
    name = "holdfast.doors.intake"
    label = "intake"

    def ready(self) -> None:
        """Gives the clock what it does besides."""
        from holdfast.casefile.clock import ALSO_DUE
        from holdfast.doors.intake.joining import join_when_due

        if join_when_due not in ALSO_DUE:
            ALSO_DUE.append(join_when_due)
