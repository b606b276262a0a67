"""The public report as Django knows it: pages, and no tables."""

from django.apps import AppConfig


class Report(AppConfig):
    name = "holdfast.doors.report"
    label = "report"
