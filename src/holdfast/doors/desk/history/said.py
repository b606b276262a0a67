"""Who somebody is, why two people match and how surely, in the words that a page shows."""

from collections.abc import Iterable

from holdfast.people.known import Why

PARTIES = {
    "survivor": "Survivor",
    "suspect": "Suspect",
    "child": "Child",
    "witness": "Witness",
    "caller": "Caller",
    "other": "Somebody else",
}
WHAT = {"name": "name", "born": "birth date", "number": "number", "address": "address"}
WHY_LINKED = {
    "same_survivor": "the same survivor",
    "same_suspect": "the same suspect",
    "same_people": "the same people",
    "same_address": "the same address",
    "counter_allegation": "a counter-allegation: the suspect of one is the survivor of the other",
}
REFUSED_BECAUSE = {
    "different_people": "they are different people",
    "only_the_name": "only the name is the same",
    "only_the_place": "only the place is the same",
    "other": "another reason",
}


def why_in_words(why: Iterable[Why]) -> str:
    """'name: sounds alike; birth date: day and month swapped'."""
    return "; ".join(f"{WHAT.get(each.what, each.what)}: {each.how}" for each in why)
