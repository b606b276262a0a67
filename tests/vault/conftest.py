"""A vault of this test's own."""

from pathlib import Path

import pytest
from tests.vault.sealing import Vault
from tests.vault.sealing import a_vault


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    """Empty, in a folder."""
    return a_vault(tmp_path / "vault")
