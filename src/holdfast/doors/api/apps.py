"""The machines' door as Django knows it."""

from django.apps import AppConfig


class Api(AppConfig):
    name = "holdfast.doors.api"
    label = "api"
