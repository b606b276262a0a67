"""The overnight pass over people who are made up: how many true pairs it finds, how many it proposes wrongly, how long.

`python bench/linking.py [--people N]`. Each twentieth person is known to a second case too, by what a call taker took
down with two corruptions (bench/_people_asked.py, seed fixed). The same people each time.
"""

import argparse
import resource
import time
from uuid import UUID

from _people_asked import questions
from _people_made import made

from holdfast.people.dates import read_born
from holdfast.people.known import Known
from holdfast.people.linking.alike import pair
from holdfast.people.linking.overnight import pairs_among

EACH = 20
OFTEN = "{:<58}{:>12}"


def main() -> None:
    """Makes the people, runs the pass once, prints what it found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--memory", default="2GB")
    asked = parser.parse_args()
    base = list(made(asked.people))
    people = [each.known for each in base]
    truth: set[tuple[int, int]] = set()
    place = {each.known: number for number, each in enumerate(base)}
    for number, question in enumerate(questions(base[::EACH])):
        said = question.asked
        names, numbers, places = ((each,) if each else () for each in (said.name, said.number, said.address))
        again = Known(UUID(int=(1 << 100) + number), "survivor", names, read_born(said.born), numbers, places)
        truth.add((place[question.about], len(people)))
        people.append(again)
    began = time.perf_counter()
    found = {(one, other) for one, other, _ in pairs_among(people, asked.memory)}
    took = time.perf_counter() - began
    explained = {
        (one, other)
        for one, other in found
        if people[one].case != people[other].case and _worth_a_look(people[one], people[other])
    }
    right = explained & truth
    print(OFTEN.format("people", f"{len(people):,}"))
    print(OFTEN.format("true pairs, two corruptions each", f"{len(truth):,}"))
    print(OFTEN.format("proposed", f"{len(explained):,}"))
    print(OFTEN.format("true pairs proposed, of 100", f"{100 * len(right) / len(truth):.1f}"))
    print(OFTEN.format("of 100 proposed, right", f"{100 * len(right) / max(1, len(explained)):.1f}"))
    print(OFTEN.format("seconds", f"{took:.1f}"))
    print(OFTEN.format("own memory at most, MB", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}"))


def _worth_a_look(one: Known, other: Known) -> bool:
    """Whether the pass would propose it: more than possible, by the rules that explain it."""
    both = pair(one, other)
    return both is not None and both.sureness != "possible"


if __name__ == "__main__":
    main()
