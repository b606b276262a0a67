"""What every test may ask for: a data folder with keys, and a real database in a file.

- `database` gives an empty, migrated SQLite file of its own, set up as in a running Holdfast. It commits for real.
- `chromium` and `served` are one browser and one running demo for every browser test of a worker.
- A test marked `django_db` runs in Django's own test database instead, and is undone when it ends.
"""

import gc
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.support.browser import chromium  # noqa: F401 a fixture
from tests.support.browser import started_with  # noqa: F401 a fixture
from tests.support.browser import whole  # noqa: F401 a fixture
from tests.support.packs import keeps_its_packs_where_all_do
from tests.support.served import served  # noqa: F401 a fixture

HERE = Path(__file__).parent
SMALL_PACKS = HERE / "casefile" / "packs"
APART = 6  # files


def pytest_configure(config: pytest.Config) -> None:
    """Each of several processes reads the folders from another one on: what one has compiled, the others need not."""
    about = getattr(config, "workerinput", None)
    if about and [Path(each).resolve() for each in config.args] == [HERE]:
        folders = [str(each) for each in sorted(HERE.iterdir()) if any(each.rglob("test_*.py"))]
        at = len(folders) * int(about["workerid"].removeprefix("gw")) // about["workercount"]
        config.args[:] = folders[at:] + folders[:at]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first: begun last, it would go on alone while every other process has nothing left.

    Then what needs the browser and the demo, file by file, and then the thousands that take a moment each. What waits
    more than it works stands among those with the browser, one here and one there: side by side they leave a processor
    idle. The order is the same in each process, whichever folder it read first.
    """
    rank = dict.fromkeys(sorted({item.path for item in items}), 0)
    for item in items:
        marked = [each for each in ("waits", "browser", "slow") if item.get_closest_marker(each)]
        rank[item.path] = max(rank[item.path], {"slow": 3, "browser": 2, "waits": 1}[marked[-1]] if marked else 0)
    order = sorted(rank, key=lambda path: -rank[path])
    for number, path in enumerate([path for path in order if rank[path] == 1]):
        order.remove(path)
        order.insert(APART * (number + 1), path)
    place = {path: number for number, path in enumerate(order)}
    items.sort(key=lambda item: place[item.path])


def pytest_collection_finish() -> None:
    """Ten thousand tests and what they import are there until the end: nothing goes through them in search of waste."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_sessionfinish() -> None:
    """Some libraries tell of what they find left at the very end."""
    gc.unfreeze()


@pytest.fixture(scope="session", autouse=True)
def quick_words() -> tuple[int, int]:
    """No test waits for the password or words of somebody whom it makes: signing_in.py. What words cost otherwise."""
    from django.conf import settings
    from django.contrib.auth.hashers import get_hashers

    from holdfast.access.ways_in import stretched

    settings.PASSWORD_HASHERS = ["tests.support.signing_in.Quick"]
    get_hashers.cache_clear()
    cost = stretched.MEMORY, stretched.TIMES
    stretched.MEMORY, stretched.TIMES = 8, 1
    return cost


@pytest.fixture(scope="session", autouse=True)
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder with keys, so that no test reads the ones of the person who runs it."""
    from django.conf import settings

    from holdfast.casefile.keyring import make_ring

    folder = tmp_path_factory.mktemp("data")
    keeps_its_packs_where_all_do(folder)
    make_ring(folder)
    before = settings.HOLDFAST_DATA, settings.HOLDFAST_CHECKPOINT_COPY
    settings.HOLDFAST_DATA, settings.HOLDFAST_CHECKPOINT_COPY = folder, folder / "checkpoint-copy"
    yield folder
    settings.HOLDFAST_DATA, settings.HOLDFAST_CHECKPOINT_COPY = before


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Path:
    """A database file with every table and no row, to be copied."""
    from django.core.management import call_command

    path = tmp_path_factory.mktemp("migrated") / "holdfast.sqlite3"
    with django_db_blocker.unblock(), _database_at(path):
        call_command("migrate", verbosity=0, interactive=False)
    return path


@pytest.fixture
def database(
    migrated: Path,
    data_folder: Path,
    tmp_path: Path,
    settings: Any,
    django_db_blocker: Any,
) -> Iterator[Path]:
    """An empty database of this test's own."""
    keeps_its_packs_where_all_do(tmp_path)
    settings.HOLDFAST_DATA = tmp_path
    settings.HOLDFAST_CHECKPOINT_COPY = tmp_path / "checkpoint-copy"
    shutil.copy(data_folder / "keyring.json", tmp_path / "keyring.json")
    path = Path(shutil.copy(migrated, tmp_path / "holdfast.sqlite3"))
    with django_db_blocker.unblock(), _database_at(path):
        yield path


@pytest.fixture
def small_pack(settings: Any) -> Iterator[str]:
    """A pack of a few duties, for tests of what is done with duties rather than of the law."""
    from holdfast.casefile.packs import pack_called

    settings.HOLDFAST_PACKS = SMALL_PACKS
    pack_called.cache_clear()
    yield "smallplace"
    pack_called.cache_clear()


class _database_at:  # noqa: N801 used as a verb
    """Points Django, in every thread, at a database file, and back again.

    Also in threads that live on between tests: their connections keep the very settings that are changed here.
    """

    def __init__(self, path: Path):
        self.path = path

    def __enter__(self) -> None:
        from django.db import connections

        from holdfast.casefile.store import close

        close()
        self.before = connections["default"]
        self.name_before = connections.settings["default"]["NAME"]
        connections.settings["default"]["NAME"] = str(self.path)
        connections["default"] = connections.create_connection("default")

    def __exit__(self, *_: object) -> None:
        from django.db import connections

        from holdfast.casefile.store import close

        close()
        connections["default"].close()
        connections.settings["default"]["NAME"] = self.name_before
        connections["default"] = self.before
