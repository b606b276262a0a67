"""Lets Django find the survivor's pages."""

from django.apps import AppConfig


class SurvivorConfig(AppConfig):
    name = "holdfast.doors.survivor"
    label = "survivor"
