"""What Holdfast refuses to run with, because it could not keep its promises. Each has an id to look up.

| id | what |
|---|---|
| holdfast.E001 | there is no key ring, or it is damaged |
| holdfast.E002 | the key ring may be read by others than its owner |
| holdfast.E003 | a pack that cases run under is missing, or has faults |
| holdfast.E004 | a calendar has run out, or runs out within 60 days |
| holdfast.E005 | demo accounts outside the demo |
| holdfast.E006 | the database is not there, or not as this version wants it |
| holdfast.E007 | the demo would run on data that is not the demo's |
| holdfast.E008 | the database no longer refuses to change or remove an entry, or a line of the log |
| holdfast.E011 | the keys are not this database's |
| holdfast.E012 | the key ring belongs to another account |
| holdfast.E013 | others may write in the folder where the key ring lies |
| holdfast.E014 | HOLDFAST_KEYS is not understood, or the key service does not answer or refuses |
| holdfast.E016 | single sign-on is half set up, or would trust a line that others read |
| holdfast.E017 | nobody would be slowed, outside the demo |
| holdfast.E018 | HOLDFAST_VAULT, its lock or HOLDFAST_INTAKE_DAYS is not understood, or the store does not answer |
| holdfast.E019 | HOLDFAST_SCANNER names no scanner |
| holdfast.E020 | HOLDFAST_STAMPS is half set up, or is the demonstration's own outside the demo |
"""

from collections.abc import Iterator
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage
from django.core.checks import Error
from django.core.checks import register
from django.db import DatabaseError
from django.db import connection

from holdfast.access.sign_in.wanted import DEMO_STAFF
from holdfast.casefile.keyring import exchangeable_by_others
from holdfast.casefile.keyring import open_to_others
from holdfast.casefile.keyring import owned_by_another
from holdfast.casefile.keyring import ring_in
from holdfast.casefile.keys.belonging import fault_of_keys
from holdfast.casefile.packs import pack_called
from holdfast.casefile.packs import pack_names
from holdfast.casefile.refused import CannotKeep
from holdfast.law.check import check_pack
from holdfast.law.fault import Fault
from holdfast.law.fault import PackRefused
from holdfast.law.loading import digest_of
from holdfast.site.commands.refusing import DATABASE
from holdfast.vault.authority import OWN
from holdfast.vault.authority import NoAuthority
from holdfast.vault.authority import authority
from holdfast.vault.place import why_not as vault_why_not
from holdfast.vault.scanning import BadScanner
from holdfast.vault.scanning import scanner_named

CALENDAR_LEFT = timedelta(days=60)


@register("holdfast")
def key_ring(**_: Any) -> list[CheckMessage]:
    """E001, E002, E012, E013: without keys nothing can be kept; keys that others read or exchange keep nothing."""
    folder = Path(settings.HOLDFAST_DATA)
    try:
        ring = ring_in(folder)
    except CannotKeep as fault:
        return [Error(str(fault), id="holdfast.E001")]
    if ring is None:
        why = "There is no key ring in the data folder, so nothing could be kept."
        hint = "Run `holdfast init` once, and keep a copy of keyring.json in a safe place."
        return [Error(why, hint=hint, id="holdfast.E001")]
    if open_to_others(folder):
        why = "The key ring may be read by others than its owner, so what it seals is not sealed."
        return [Error(why, hint="Run: chmod 600 keyring.json (in the data folder).", id="holdfast.E002")]
    if owned_by_another(folder):
        why = "The key ring belongs to another account, which may read and exchange it."
        hint = "Run Holdfast as the account that owns keyring.json, or give the file to the one that runs it (chown)."
        return [Error(why, hint=hint, id="holdfast.E012")]
    if exchangeable_by_others(folder):
        why = "Others may write in the folder where the key ring lies, and could put another ring in its place."
        return [Error(why, hint="Run: chmod go-w on the data folder.", id="holdfast.E013")]
    if settings.HOLDFAST_DEMO and not ring.demo:
        why = "The demo was asked to run on a data folder that was made for real cases."
        return [Error(why, hint="Name another folder by HOLDFAST_DATA.", id="holdfast.E007")]
    return []


@register("holdfast")
def keys(**_: Any) -> list[CheckMessage]:
    """E011, E014: a case that is begun under another database's keys is lost to whoever has the right ones."""
    if key_ring() or not Path(connection.settings_dict["NAME"]).is_file():
        return []  # said already, or no database whose keys these could be
    try:
        why = fault_of_keys()
    except CannotKeep as fault:
        return [Error(str(fault), hint="docs/how-to/keys.md says more.", id="holdfast.E014")]
    except DatabaseError:
        return []  # said by `database`
    return [Error(why, hint="docs/how-to/keys.md says how to find it.", id="holdfast.E011")] if why else []


@register("holdfast")
def limits(**_: Any) -> list[CheckMessage]:
    """E017: who tries words or passwords one after another has to be slowed, wherever a case may be real."""
    if settings.HOLDFAST_UNSLOWED and not settings.HOLDFAST_DEMO:
        why = "HOLDFAST_UNSLOWED slows nobody, so that words and passwords could be tried one after another."
        return [Error(why, hint="Leave it out: it is for `make attack` and its demo.", id="holdfast.E017")]
    return []


@register("holdfast")
def vault(**_: Any) -> list[CheckMessage]:
    """E018: evidence that could not be kept is not asked for; a lock that would lock nothing is none."""
    days = str(settings.HOLDFAST_INTAKE_DAYS)
    why = vault_why_not()
    if not why and not (days.isascii() and days.isdigit() and 1 <= int(days) <= 3650):
        why = "HOLDFAST_INTAKE_DAYS has to be a number of days from 1 to 3650."
    return [Error(why, hint="docs/how-to/keep-the-vault.md says more.", id="holdfast.E018")] if why else []


@register("holdfast")
def stamps(**_: Any) -> list[CheckMessage]:
    """E020: whoever set an authority would think that items are stamped; our own stamps prove nothing to anybody."""
    hint = "docs/how-to/time-stamps.md says more."
    if settings.HOLDFAST_STAMPS == OWN and not settings.HOLDFAST_DEMO:
        why = "HOLDFAST_STAMPS=own is for the demonstration: whoever can change the record could stamp it too."
        return [Error(why, hint=hint, id="holdfast.E020")]
    if settings.HOLDFAST_STAMPS and settings.HOLDFAST_STAMPS != OWN:
        try:
            authority()
        except NoAuthority as fault:
            return [Error(str(fault), hint=hint, id="holdfast.E020")]
    return []


@register("holdfast")
def scanner(**_: Any) -> list[CheckMessage]:
    """E019: whoever named a scanner would think that everything is looked through."""
    try:
        scanner_named(settings.HOLDFAST_SCANNER)
    except BadScanner as fault:
        return [Error(str(fault), hint="docs/how-to/scan-for-malware.md says more.", id="holdfast.E019")]
    return []


@register("holdfast")
def packs(**_: Any) -> list[CheckMessage]:
    """E003, E004: who knows no law, or no working days, cannot say what is owed."""
    wanted = {settings.HOLDFAST_PLACE, *_packs_in_use()}
    found: list[CheckMessage] = []
    for name in sorted(wanted):
        try:
            pack = pack_called(name)
        except (CannotKeep, PackRefused) as fault:
            found.append(Error(str(fault), hint=f"Run `holdfast check {name}`.", id="holdfast.E003"))
            continue
        if faults := _faults_in(name):
            listed = "; ".join(f"{fault.id} {fault.file}: {fault.what}" for fault in faults[:5])
            why = f"The pack {name} has {len(faults)} faults: {listed}"
            found.append(Error(why, hint=f"Run `holdfast check {name}`.", id="holdfast.E003"))
        found += [
            Error(
                f"The calendar '{calendar}' of {name} ends on {until}: no limit beyond that day could be worked out.",
                hint=f"Add the days that follow to packs/{name}/calendars.yaml, and move its `until`.",
                id="holdfast.E004",
            )
            for calendar, until in _ending(pack)
        ]
    return found


@register("holdfast")
def database(**_: Any) -> list[CheckMessage]:
    """E005, E006: the tables are this version's, and the demo's sign-ins work in the demo only."""
    from django.db.migrations.executor import MigrationExecutor

    hint = "Run `holdfast init`: it makes what is missing and changes no entry."
    if not Path(connection.settings_dict["NAME"]).is_file():
        return [Error("There is no database in the data folder.", hint=hint, id="holdfast.E006")]
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return [Error("The database is not as this version wants it.", hint=hint, id="holdfast.E006")]
        if missing := _refusals_missing():
            listed = ", ".join(missing)
            why = f"The database no longer refuses to change an entry or a line of the log: {listed} is missing."
            return [Error(why, hint="Run `holdfast verify`, then find out who took it away.", id="holdfast.E008")]
        if not settings.HOLDFAST_DEMO and _demo_accounts():
            why = "This database holds the demo's accounts, whose words everybody knows."
            return [
                Error(why, hint="Serve it by `holdfast demo`, or begin with another data folder.", id="holdfast.E005")
            ]
    except DatabaseError as fault:
        why = DATABASE.format(why=type(fault).__name__)
        return [Error(f"{why[0].upper()}{why[1:]}.", id="holdfast.E006")]
    return []


def _faults_in(name: str) -> list[Fault]:
    """The faults of a pack that loads. Looked for once for each state of its files: it takes a second or two."""
    folder = Path(settings.HOLDFAST_PACKS) / name
    sound = Path(settings.HOLDFAST_DATA) / "packs" / f"{name}.sound"
    digest = digest_of(folder)
    if sound.is_file() and sound.read_text(encoding="utf-8") == digest:
        return []
    _, faults = check_pack(folder, on=datetime.now(UTC).date())
    faults = [fault for fault in faults if fault.id.startswith("law.E") and fault.id != "law.E060"]  # E004 says that
    if not faults and sound.parent.is_dir():
        sound.write_text(digest, encoding="utf-8")
    return faults


def _packs_in_use() -> set[str]:
    from holdfast.casefile.models import Case

    try:
        return set(Case.objects.values_list("pack", flat=True).distinct())
    except DatabaseError:
        return set()  # said by `database`


def _refusals_missing() -> list[str]:
    """The triggers that are not there. SQLite loses them whenever a later migration writes a table anew."""
    wanted = {
        *import_module("holdfast.casefile.migrations.0002_never_changed").REFUSALS,
        *import_module("holdfast.access.migrations.0007_log").REFUSALS,
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        return sorted(wanted - {row[0] for row in cursor.fetchall()})


def _demo_accounts() -> bool:
    from holdfast.access.staff import StaffMember

    return StaffMember.objects.filter(staff__startswith=DEMO_STAFF).exists()


def _ending(pack: Any) -> Iterator[tuple[str, str]]:
    """The calendars that do not reach far enough, each with its last day."""
    enough = (datetime.now(UTC) + CALENDAR_LEFT).date().isoformat()
    for name, calendar in pack.calendars.items():
        if str(calendar.until) < enough:
            yield name, str(calendar.until)


__all__ = ["database", "key_ring", "pack_names", "packs"]
