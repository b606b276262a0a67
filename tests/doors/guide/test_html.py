"""Every kind of page of the guide is sound HTML, from left to right and from right to left."""

from pathlib import Path

import pytest
from django.test import Client
from tests.support.validators import html_can_be_checked
from tests.support.validators import html_faults

PLACE = "england-and-wales"
KINDS = (
    "", "bail", "bail/formats", "easy/", "easy/bail", "way/now/1", "services", "changed", "languages", "about",
    "formats", "card", "card/plain",
)  # fmt: skip


@pytest.mark.skipif(not html_can_be_checked(), reason="neither the Nu checker nor npm to fetch it is here: install npm")
def test_one_page_of_each_kind_passes_the_checker_of_html(with_drafts: None, tmp_path: Path) -> None:
    browser = Client()
    given = [f"/guide/{PLACE}/{tag}{kind}" for tag in ("", "ar/") for kind in KINDS]
    given += ["/", f"/start/{PLACE}", f"/start/{PLACE}/en", f"/start/{PLACE}/ar", "/traces", "/guide/nowhere/"]
    given += [f"/guide/{PLACE}/{tag}bail?on=2026-03-31" for tag in ("", "ar/")]
    written = []
    for at, address in enumerate(given):
        page = browser.get(address)
        assert page.status_code == (404 if "nowhere" in address else 200), address
        written.append(tmp_path / f"{at}{address.replace('/', '_').replace('?', '_')}.html")
        written[-1].write_bytes(page.content)
    browser.get("/leave")
    written.append(tmp_path / "left.html")
    written[-1].write_bytes(browser.get("/").content)
    assert html_faults(written) == []
