"""Starting Django for a command, and refusing to start what could not keep its promises."""

import ctypes
import os
import resource
from contextlib import suppress
from pathlib import Path

from holdfast.casefile.refused import Refused
from holdfast.site.commands.refusing import NotDone

# What keeps every command from touching the data folder; the rest keeps `serve` from serving it.
OF_DATA = {f"holdfast.E0{number}" for number in ("01", "02", "06", "11", "12", "13", "14")}
_MMAP_THRESHOLD, ONE_MB = -3, 1_048_576  # the first is glibc's own number for it, in malloc.h


def data_folder() -> Path:
    """The data folder, as settings will name it."""
    return Path(os.environ.get("HOLDFAST_DATA") or "data").resolve()


def start(*, demo: bool = False) -> None:
    """Starts Django. The key ring has to be there before this, because settings read it."""
    _give_memory_back()
    # A crash must not leave the memory of a server, words of cases in it, in a file that outlives it.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdfast.site.settings")
    if demo:
        os.environ["HOLDFAST_DEMO"] = "1"
    os.umask(0o077)  # whatever is written from here on is for this account only
    import django

    django.setup()


def _give_memory_back() -> None:
    """Checking words or a password takes 19 MB for a moment; glibc would keep them for each thread that ever did."""
    try:
        ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, ONE_MB)
    except (AttributeError, OSError, TypeError):
        return  # another C library, which has its own way


def faults_at_start() -> list[str]:
    """What speaks against running, each with its id, what it means and what to do."""
    from django.core.checks import ERROR
    from django.core.checks import run_checks

    if faults := faults_of_data():
        return faults  # looking further would make files in a folder that is not there, or not ours

    found = [fault for fault in run_checks(include_deployment_checks=False) if fault.level >= ERROR]
    return [f"{fault.id}: {fault.msg}{' ' + fault.hint if fault.hint else ''}" for fault in found]


def faults_of_data() -> list[str]:
    """What speaks against reading or writing this data folder at all: no keys, or no tables that this version knows."""
    from holdfast.site.checks import database
    from holdfast.site.checks import key_ring
    from holdfast.site.checks import keys

    found = [fault for fault in (*key_ring(), *database(), *keys()) if fault.id in OF_DATA]
    return [f"{fault.id}: {fault.msg}{' ' + fault.hint if fault.hint else ''}" for fault in found]


def faults_of_tables() -> list[str]:
    """What speaks against verifying: no keys, or no chains. Those of an older version are verified as they are."""
    from django.db import DatabaseError
    from django.db import connection

    faults = faults_of_data()
    try:
        there = Path(connection.settings_dict["NAME"]).is_file() and "entry" in connection.introspection.table_names()
    except DatabaseError:
        return faults
    return [fault for fault in faults if not (there and fault.startswith("holdfast.E006"))]


def start_on_data() -> None:
    """Starts Django for a command that reads or writes cases, or NotDone where there is nothing to read or write."""
    start()
    refuse_any(faults_of_data())


def refuse_any(faults: list[str]) -> None:
    """NotDone where there are any."""
    if faults:
        raise NotDone(faults)


def make_database() -> None:
    """Every table as this version wants it, and a check that ties the keys to them, or CannotKeep."""
    from django.core.management import call_command

    from holdfast.casefile.keys.belonging import keep_check
    from holdfast.casefile.rederiving import every_case
    from holdfast.casefile.rederiving import rederive

    call_command("migrate", verbosity=0, interactive=False)
    if keep_check():  # for the first time: cases from before there were marks get theirs
        for case in every_case():
            with suppress(Refused):  # an erased or damaged one: `holdfast verify` says which
                rederive(case)
