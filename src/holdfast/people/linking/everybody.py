"""Every case of the installation, opened for the overnight pass. They stay in memory and are let go of with it."""

from typing import NamedTuple
from uuid import UUID

from holdfast.casefile.reading import CaseFile
from holdfast.casefile.reading import read_case
from holdfast.casefile.refused import CaseErased
from holdfast.casefile.refused import Refused
from holdfast.casefile.store import reading
from holdfast.people.known import Known
from holdfast.people.parties import people_of

_CASES = 'SELECT id FROM "case" ORDER BY opened_at, id'


class Everybody(NamedTuple):
    """The cases that could be read, everybody whom they name, and how many could not be read."""

    files: dict[UUID, CaseFile]
    people: tuple[Known, ...]
    unread: int


def everybody() -> Everybody:
    """Opens every case that is not erased."""
    with reading() as connection:
        ids = [UUID(row[0]) for row in connection.execute(_CASES)]
    files: dict[UUID, CaseFile] = {}
    people: list[Known] = []
    unread = 0
    for case in ids:
        try:
            file = read_case(case)
        except CaseErased:
            continue
        except Refused:
            unread += 1
            continue
        if file.entries[-1].kind != "FileErased":
            files[case] = file._replace(entries=())  # only its code and its day are needed later
            people += [Known(file.id, *each) for each in people_of(file.entries)]
    return Everybody(files, tuple(people), unread)
