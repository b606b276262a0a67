"""Lets Django find the shared templates and styles."""

from django.apps import AppConfig


class LookConfig(AppConfig):
    name = "holdfast.doors.look"
    label = "look"
