"""The small pack with alarms in it, for tests of what rings."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from holdfast.casefile.packs import pack_called

LADDER = """alarms:
  - id: nobody-came
    duties: [attend, tell-bail]
    staff: Nobody has come.
    levels:
      - {level: dispatcher}
      - {level: supervisor, after: 1}
      - {level: duty_officer, after: 2}
    again_after: 10
    undated_after: 60
    caller_waits: true
    authority: our-standard
    source: {title: Invented standard, last_checked_on: "2026-11-20", confidence: verified}
    in_force: {from: not stated}
"""


@pytest.fixture
def ringing_pack(small_pack: str, settings, tmp_path: Path) -> Iterator[Path]:
    """A folder of packs of this test's own, whose one place rings."""
    folder = Path(shutil.copytree(settings.HOLDFAST_PACKS, tmp_path / "ringing-packs"))
    (folder / "smallplace" / "alarms.yaml").write_text(LADDER)
    settings.HOLDFAST_PACKS = folder
    pack_called.cache_clear()
    yield folder
    pack_called.cache_clear()
