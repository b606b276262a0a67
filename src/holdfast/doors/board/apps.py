"""The board as Django knows it: it keeps no table."""

from django.apps import AppConfig


class BoardConfig(AppConfig):
    name = "holdfast.doors.board"
    label = "board"
