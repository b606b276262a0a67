"""Django's list of this app's tables. Each is declared in the file that is named for it."""

from holdfast.access.log.tables import LogChain
from holdfast.access.log.tables import LoggedLine
from holdfast.access.log.tables import LogKey
from holdfast.access.log.tables import UnusualSeen
from holdfast.access.sign_in.recovery import Recovery
from holdfast.access.sign_in.sessions import SignIn
from holdfast.access.staff import StaffMember
from holdfast.access.walls import Wall
from holdfast.access.ways_in.kept import WayIn

__all__ = ["LogChain", "LogKey", "LoggedLine", "Recovery", "SignIn", "StaffMember", "UnusualSeen", "Wall", "WayIn"]
