"""A small invented place, whose law is easy to hold in the head."""

from pathlib import Path

import pytest

from holdfast.law.loading import load_pack
from holdfast.law.pack import Pack

PACKS = Path(__file__).parents[1] / "law" / "packs"


@pytest.fixture(scope="session")
def testland() -> Pack:
    return load_pack(PACKS / "testland")
