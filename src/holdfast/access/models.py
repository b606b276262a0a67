"""Django's list of this app's tables. Each is declared in the file that is named for it."""

from holdfast.access.looks import Look
from holdfast.access.staff import StaffMember

__all__ = ["Look", "StaffMember"]
