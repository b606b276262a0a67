"""Placeholders are read without loss, and what cannot be read is named with its line."""

import pytest

from holdfast.law.placeholders import VERBS
from holdfast.law.placeholders import Broken
from holdfast.law.placeholders import Placeholder
from holdfast.law.placeholders import parse


def test_prose_around_placeholders_comes_back_as_it_was_written():
    text = "One {{term:report}},\ntwo  {{duty:tell-bail}}\n"
    assert [piece for piece in parse(text) if isinstance(piece, str)] == ["One ", ",\ntwo  ", "\n"]


def test_a_placeholder_knows_its_line():
    assert parse("a\n\n{{see:orders}}")[-1] == Placeholder("see", "orders", 3)


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_read(verb):
    assert parse(f"{{{{{verb}:some-name.with_dots}}}}") == (Placeholder(verb, "some-name.with_dots", 1),)


@pytest.mark.parametrize(
    "text",
    ["{{duty}}", "{{duty:}}", "{{dutty:tell-bail}}", "{{duty:Tell Bail}}", "{{", "}}", "{{}}", "{{duty:{{x}}"],
    ids=[
        "no name",
        "empty name",
        "verb not on the list",
        "name with a space",
        "opened only",
        "closed only",
        "empty",
        "nested",
    ],
)
def test_braces_that_are_no_placeholder_are_broken(text):
    assert any(isinstance(piece, Broken) for piece in parse(text))


def test_one_broken_placeholder_does_not_hide_the_next():
    assert parse("{{oops}} and {{term:report}}")[-1] == Placeholder("term", "report", 1)
