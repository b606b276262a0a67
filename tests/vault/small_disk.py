"""A disk of a few megabytes, in memory: to see what happens when it is full."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def small_disk(folder: Path, *, megabytes: int) -> Iterator[Path]:
    """Mounted, and taken away afterwards; skips where that is not allowed."""
    folder.mkdir()
    asked = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "holdfast-small", str(folder)]
    if subprocess.run(asked, capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)
