"""Lets Django find the guide's templates."""

from django.apps import AppConfig


class GuideConfig(AppConfig):
    name = "holdfast.doors.guide"
    label = "guide"
