"""Ways in are tried on a real case, and nothing is held or remembered from an earlier test."""

from tests.support.entering import calm  # noqa: F401 a fixture
from tests.support.entering import waits  # noqa: F401 a fixture
