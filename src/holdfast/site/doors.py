"""The doors and where each stands. An address tells nothing of what is behind it: the survivor's is neutral."""

from importlib.util import find_spec
from typing import NamedTuple


class Door(NamedTuple):
    """One web surface. `cookie` is its session's own, without a prefix; a door without one keeps no session at all."""

    app: str
    path: str
    cookie: str
    private: bool  # never cached, never indexed
    minutes: int  # how long a session lasts unused

    @property
    def cookie_name(self) -> str:
        """What the session's cookie is called on the line (look/cookies.py); '' for a door without one."""
        from holdfast.doors.look.cookies import one_doors

        return one_doors(self.cookie)


DOORS = (
    Door("holdfast.doors.survivor", "my/", "page", True, 15),
    Door("holdfast.doors.desk", "desk/", "desk", True, 60),
    Door("holdfast.doors.live", "s/", "", True, 0),
    Door("holdfast.doors.report", "note/", "", True, 0),
    Door("holdfast.doors.api", "api/", "", True, 0),
    Door("holdfast.doors.guide", "", "", False, 0),
)


def door_at(path: str) -> Door:
    """The door that answers at a path, which begins with a slash. The guide answers for whatever is left."""
    return next(door for door in DOORS if path.startswith("/" + door.path))


def installed_doors() -> list[str]:
    """The doors' apps, the look that they share, and those without a path of their own: intake, board, telephone."""
    pathless = ("look", "intake", "board", "telephone")
    wanted = [*(f"holdfast.doors.{name}" for name in pathless), *(door.app for door in DOORS)]
    return [app for app in wanted if is_there(app) and (is_there(app + ".apps") or is_there(app + ".urls"))]


def is_there(module: str) -> bool:
    """Whether a module can be imported. Looking for a part of a package that is missing is no error here."""
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False
