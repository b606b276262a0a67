"""The intake as Django knows it: it has tables and no pages."""

from django.apps import AppConfig


class Intake(AppConfig):
    name = "holdfast.doors.intake"
    label = "intake"
