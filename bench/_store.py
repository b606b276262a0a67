"""A real store in a temporary data folder: keys, tables and settings as `holdfast init` makes them."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def store(folder: str | None = None) -> Iterator[Path]:
    """The data folder, with Django started on it; it is removed at the end. `folder` names the disk to measure."""
    with tempfile.TemporaryDirectory(prefix="holdfast-bench-", dir=folder) as made:
        data = Path(made)
        os.environ["HOLDFAST_DATA"] = made
        os.environ["HOLDFAST_HTTP"] = "1"
        from holdfast.casefile.keyring import make_ring

        make_ring(data)
        from holdfast.site.start import make_database
        from holdfast.site.start import start

        start()
        make_database()
        try:
            yield data
        finally:
            from holdfast.casefile.store import close

            close()
