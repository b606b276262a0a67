"""A small pack, a key and every secret, for the tests of the machines' door."""

from pathlib import Path
from typing import Any

import pytest
from tests.doors.api.sending import AML_KEY
from tests.doors.api.sending import TELNYX_PUBLIC
from tests.doors.api.sending import TOKEN
from tests.doors.api.sending import Machines


@pytest.fixture
def machines(database: Path, small_pack: str, settings: Any) -> Machines:
    from holdfast.doors.api.models import add_agency

    settings.HOLDFAST_TWILIO, settings.HOLDFAST_TELNYX, settings.HOLDFAST_AML = TOKEN, TELNYX_PUBLIC, AML_KEY
    settings.HOLDFAST_PLACE, settings.HOLDFAST_FORCE = small_pack, "north"
    return Machines(add_agency("network.example.org", pack=small_pack, force="north"))
