"""The door of the scene as Django knows it."""

from django.apps import AppConfig


class Live(AppConfig):
    name = "holdfast.doors.live"
    label = "live"
