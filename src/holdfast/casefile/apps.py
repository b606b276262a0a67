"""The casefile as Django knows it."""

from django.apps import AppConfig


class Casefile(AppConfig):
    name = "holdfast.casefile"
    label = "casefile"
    default_auto_field = "django.db.models.BigAutoField"
