"""Issues the words with which a survivor opens their own page. They are shown once; earlier words end at once.

Done with the survivor there, never sent. The issue is recorded in the case, without the words.
"""

import argparse
import json
from datetime import UTC
from datetime import datetime

from holdfast.site.commands.refusing import NotDone
from holdfast.site.operator import staff_may
from holdfast.site.start import start_on_data


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which case, who does it, and how the words are given."""
    parser.add_argument("case", help="the case's code")
    parser.add_argument("--staff", required=True, help="the staff identifier of whoever gives them the words")
    parser.add_argument("--how", choices=("on_paper", "read_aloud"), default="read_aloud", help="how they are given")
    parser.add_argument(
        "--safe", choices=("yes", "no", "not_known"), default="not_known", help="is it safe for them to keep?"
    )
    parser.add_argument(
        "--known",
        choices=("met_in_person", "known_from_the_case", "through_adviser"),
        required=True,
        help="how whoever gives them knows that it is the survivor",
    )
    parser.add_argument("--language", default="en", help="the reader's language; English words where it has no list")
    parser.add_argument("--keep", action="store_true", help="passkeys and people they let in stay; else they end too")


def run(asked: argparse.Namespace) -> int:
    """Records the issue, and shows the words."""
    start_on_data()
    from django.db import transaction

    from holdfast.access.survivor_words import issue_words
    from holdfast.access.ways_in.added import end_added
    from holdfast.casefile.append import append
    from holdfast.casefile.codes import shown

    member, case = staff_may(asked.staff, "issue_words", asked.case)
    if asked.safe == "no":
        raise NotDone(["It is not safe for them to keep, so no words were issued. Record that, and agree another way."])
    now = datetime.now(UTC)
    safe = "not_asked" if asked.safe == "not_known" else asked.safe
    said = {"how": asked.how, "safe": safe, "known": asked.known}
    with transaction.atomic():  # words that no entry tells of would open something
        append(case.id, "SurvivorWordsIssued", said, by=member.by, happened_at=now)
        if not asked.keep:
            end_added(case, by=member.by, at=now)
        words = issue_words(case.id, case.code, now, asked.language, keep_others=asked.keep)
    told = f"Case {shown(case.code)}, words: {words}\nThey are shown only now. Earlier words have ended."
    print(json.dumps({"case": case.code, "words": words}) if asked.json else told)
    return 0
