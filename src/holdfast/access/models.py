"""Django's list of this app's tables. Each is declared in the file that is named for it."""

from holdfast.access.connections import ConnectionQuestion
from holdfast.access.connections import StaffConnection
from holdfast.access.log.tables import LogChain
from holdfast.access.log.tables import LoggedLine
from holdfast.access.log.tables import LogKey
from holdfast.access.log.tables import UnusualSeen
from holdfast.access.reach import CaseApart
from holdfast.access.reach import CaseShared
from holdfast.access.sign_in.recovery import Recovery
from holdfast.access.sign_in.sessions import SignIn
from holdfast.access.staff import StaffMember
from holdfast.access.walls import Wall
from holdfast.access.ways_in.kept import WayIn

__all__ = [
    "CaseApart",
    "CaseShared",
    "ConnectionQuestion",
    "LogChain",
    "LogKey",
    "LoggedLine",
    "Recovery",
    "SignIn",
    "StaffConnection",
    "StaffMember",
    "UnusualSeen",
    "Wall",
    "WayIn",
]
