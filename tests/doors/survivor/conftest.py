"""A case, its words, and somebody who enters with them by a real client."""

from datetime import UTC
from datetime import datetime
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.support.entering import calm  # noqa: F401 a fixture
from tests.support.entering import waits  # noqa: F401 a fixture

from holdfast.access.survivor_words import issue_words
from holdfast.casefile.append import append
from holdfast.casefile.append import open_case
from holdfast.casefile.reading import read_case
from holdfast.record.entry import By


class Survivor:
    """Somebody with a case, a code and four words."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)
        opened = open_case("england-and-wales", by=By("call_taker", "CT1"), happened_at=self.ago(days=9))
        self.case, self.code = opened.case_id, opened.code
        self.words = issue_words(self.case, self.code, self.now)
        self.browser = Client(enforce_csrf_checks=False)

    def ago(self, **how_long: float) -> datetime:
        return self.now - timedelta(**how_long)

    def record(self, kind: str, about: tuple[int, ...] = (), *, days: float = 5, **fields: Any) -> int:
        by = By("call_taker" if kind == "CallReceived" else "investigator", "DC1")
        return append(self.case, kind, fields, by=by, happened_at=self.ago(days=days), about=about).number

    def enters(self, browser: Client | None = None) -> Any:
        return (browser or self.browser).post("/my/in", {"code": self.code, "words": self.words})

    def reads(self, path: str = "") -> str:
        answer = self.browser.get(f"/my/{path}")
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.content.decode()

    def entries(self) -> Any:
        return read_case(self.case).entries


@pytest.fixture
def survivor(database: Any) -> Survivor:
    return Survivor()
