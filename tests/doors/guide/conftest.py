"""The places with two made-up languages each: one that nobody has checked, one that somebody has."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.doors.guide.made_up import write_frame
from tests.doors.guide.made_up import write_place

from holdfast.doors.guide import places as guide_places
from holdfast.doors.guide import tongues as guide_tongues
from holdfast.doors.guide.places import places

HOUSE = Path(__file__).parents[3]


def forget() -> None:
    """What the guide keeps of places and languages."""
    for kept in (guide_places._places, guide_tongues._tongues, guide_tongues._counted, guide_tongues.frame_tongue):
        kept.cache_clear()
    guide_tongues._packs.clear()


@contextmanager
def reading(packs: Path, frame: Path, *, drafts: bool) -> Iterator[None]:
    """Points the guide at other packs and catalogues, and back again."""
    from django.conf import settings

    before = settings.HOLDFAST_PACKS, settings.HOLDFAST_DRAFTS, guide_tongues.FOLDER
    settings.HOLDFAST_PACKS, settings.HOLDFAST_DRAFTS, guide_tongues.FOLDER = packs, drafts, frame
    forget()
    try:
        yield
    finally:
        settings.HOLDFAST_PACKS, settings.HOLDFAST_DRAFTS, guide_tongues.FOLDER = before
        forget()


@pytest.fixture(scope="session")
def lettered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every pack and the frame, each in the made-up languages: `packs/` and `frame/`."""
    folder = tmp_path_factory.mktemp("lettered")
    shutil.copytree(HOUSE / "packs", folder / "packs", ignore=shutil.ignore_patterns("*.po", "worked"))
    write_frame(folder / "frame")
    with reading(folder / "packs", folder / "frame", drafts=False):
        for pack in places().values():
            write_place(folder / "packs" / pack.id, pack)
    return folder


@pytest.fixture
def with_drafts(lettered: Path) -> Iterator[None]:
    """The guide as the demo shows it: translations that nobody checked are offered."""
    with reading(lettered / "packs", lettered / "frame", drafts=True):
        yield


@pytest.fixture
def checked_only(lettered: Path) -> Iterator[None]:
    """The guide as it is served in earnest."""
    with reading(lettered / "packs", lettered / "frame", drafts=False):
        yield
