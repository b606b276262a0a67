"""What would be wrong with serving real people from these settings: asked by `holdfast check --deploy`.

| id | what |
|---|---|
| holdfast.D001 | pages are served without TLS |
| holdfast.D002 | the demonstration's accounts may sign in |
| holdfast.D003 | no public name is set, or one that lets any name in |
| holdfast.D004 | the data folder may be opened by others than its owner |
| holdfast.D005 | checkpoints are copied to the same disk |
| holdfast.D006 | the server would run as root |
| holdfast.D007 | translations that nobody has checked are offered |

Django's own checks for a deployment are asked with them, and those of checks.py.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.checks import WARNING
from django.core.checks import run_checks


def faults_of_deployment() -> list[str]:
    """Each fault with its id, why it matters and what to do; none where all is as it should be."""
    found = [fault for fault in run_checks(include_deployment_checks=True) if fault.level >= WARNING]
    said = [
        f"{fault.id}: {fault.msg}{' ' + fault.hint if fault.hint else ''}" for fault in found if not fault.is_silenced()
    ]
    return [*said, *_of_settings(), *_of_the_machine()]


def _of_settings() -> Iterator[str]:
    if settings.HOLDFAST_HTTP:
        yield (
            "holdfast.D001: Pages are served without TLS, so whoever is on the same network reads them. "
            "Leave HOLDFAST_HTTP out, and put a proxy that speaks TLS in front."
        )
    if settings.HOLDFAST_DEMO:
        yield (
            "holdfast.D002: The demonstration's accounts may sign in, and everybody knows their words. "
            "Leave HOLDFAST_DEMO out."
        )
    named = [host for host in settings.ALLOWED_HOSTS if host not in ("127.0.0.1", "localhost", "[::1]")]
    if not named:
        yield (
            "holdfast.D003: The server answers under this machine's own names only. "
            "Name the public one in HOLDFAST_HOSTS."
        )
    if any(host.startswith((".", "*")) for host in named):
        yield (
            "holdfast.D003: HOLDFAST_HOSTS lets any name in, so that a link could be made to lead elsewhere. "
            "Name each host whole."
        )
    if settings.HOLDFAST_DRAFTS:
        yield (
            "holdfast.D007: Translations that nobody has checked are offered to people in danger. "
            "Leave HOLDFAST_DRAFTS out."
        )


def _of_the_machine() -> Iterator[str]:
    folder, copy = Path(settings.HOLDFAST_DATA), Path(settings.HOLDFAST_CHECKPOINT_COPY)
    if folder.is_dir() and folder.stat().st_mode & 0o077:
        yield "holdfast.D004: Others than its owner may open the data folder. Run: chmod 700 on it."
    if folder.is_dir() and _disk_of(copy) == _disk_of(folder):
        yield (
            "holdfast.D005: Checkpoints are copied to the disk that they are to bear witness of. "
            "Name a folder on another machine in HOLDFAST_CHECKPOINT_COPY."
        )
    if _is_root():
        yield (
            "holdfast.D006: This runs as root, who may read and change everything. Run it under an account of its own."
        )


def _disk_of(path: Path) -> int:
    while not path.exists():
        path = path.parent
    return path.stat().st_dev


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
