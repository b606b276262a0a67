from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The staff's door."""

    name = "holdfast.doors.desk"
    label = "desk"
    verbose_name = "Desk"
