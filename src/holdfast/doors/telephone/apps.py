"""The answering point as Django knows it: it has a table and no pages."""

from django.apps import AppConfig


class Telephone(AppConfig):
    name = "holdfast.doors.telephone"
    label = "telephone"
