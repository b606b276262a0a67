"""The bundle is whole, says whose it is, and leads nowhere that the other site does not have."""

import hashlib
import json
import re
import zipfile
from io import BytesIO

import pytest
from tests.support.validators import html_can_be_checked
from tests.support.validators import html_faults

from holdfast.handbook.bundle import bundle_of


@pytest.fixture(scope="module")
def parts(england):
    archive = zipfile.ZipFile(BytesIO(bundle_of(england)))
    return {name: archive.read(name) for name in archive.namelist()}


def test_the_manifest_says_whose_it_is_and_as_on_which_day(parts, england):
    told = json.loads(parts["manifest.json"])
    assert told["format"] == "holdfast-bundle-1"
    whose = (told["licence"], told["attribution"], told["law_as_on"])
    assert whose == (england.licence, england.attribution, "2026-11-21")
    assert told["emergency"]["lines"][0] == {"text": "In danger now? Call 999.", "language": "en-GB"}


def test_each_file_is_named_with_its_digest_and_nothing_else_is_in_it(parts):
    told = json.loads(parts["manifest.json"])
    named = {each["file"]: each["sha256"] for each in (told["emergency"], *told["pages"])}
    assert {name: hashlib.sha256(parts[name]).hexdigest() for name in parts if name != "manifest.json"} == named


def test_every_link_within_it_leads_to_a_file_of_it(parts):
    for name, content in parts.items():
        for href in re.findall(r'href="([^"]+)"', content.decode()) if name.endswith(".html") else ():
            assert href.startswith(("https://", "tel:")) or f"pages/{href}" in parts, (name, href)


def test_no_fragment_brings_style_script_or_picture(parts):
    assert not [
        name for name, content in parts.items() if re.search(rb"<(script|style|img|link|iframe)\b| on\w+=", content)
    ]


@pytest.mark.skipif(not html_can_be_checked(), reason="neither the Nu checker nor npm to fetch it is here: install npm")
def test_each_fragment_passes_the_checker_within_a_page(parts, tmp_path):
    for name, content in parts.items():
        if name.startswith("pages/"):
            around = (
                b"<!doctype html><html lang=en><head><meta charset=utf-8><title>A</title></head><body>%s</body></html>"
            )
            (tmp_path / name.removeprefix("pages/")).write_bytes(around % content)
    assert html_faults(sorted(tmp_path.glob("*.html"))) == []
