"""The index of this installation: in its data folder, under keys that follow from its key ring."""

import threading
from pathlib import Path

from django.conf import settings

from holdfast.casefile.keys.chosen import ring
from holdfast.people.index import FILE
from holdfast.people.index import PeopleIndex

_open: dict[tuple[Path, str], PeopleIndex] = {}
_lock = threading.Lock()


def index() -> PeopleIndex:
    """This installation's index, made where there is none; CannotKeep without a key ring."""
    place = Path(settings.HOLDFAST_DATA) / FILE
    secret = ring().session_secret
    with _lock:
        found = _open.get((place, secret))
        if found is None or not place.exists():
            found = _open[place, secret] = PeopleIndex(place, secret)
        return found


def close() -> None:
    """Lets go of every index: for tests and for the end of a command."""
    with _lock:
        for each in _open.values():
            each.close()
        _open.clear()
