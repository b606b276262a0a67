"""Django's list of this app's tables. Each is declared in the file that is named for it."""

from holdfast.access.looks import Look
from holdfast.access.staff import StaffMember
from holdfast.access.survivor_words import SurvivorWords
from holdfast.access.survivor_words import WrongTries
from holdfast.access.walls import Wall

__all__ = ["Look", "StaffMember", "SurvivorWords", "Wall", "WrongTries"]
