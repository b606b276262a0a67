"""One question to `may`, beside one to Django's own `user.has_perm`, and beside making what it has to know of a case.

- Asked are answers of every kind: the last tie of a role, a partner's referral and consent, a refusal, a kind of entry.
- `has_perm` is the friendliest case for Django: its permissions are in memory already, and no object is asked about.
- What is known of a case is made once for a page, by `case_known`, from 200 entries in a real database.
"""

from datetime import UTC
from datetime import datetime
from datetime import timedelta
from zoneinfo import ZoneInfo

from _measure import figure
from _measure import heading
from _measure import in_turns
from _measure import middle
from _measure import ms
from _measure import ratio
from _measure import target
from _store import store

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
MOST = 20e-6  # seconds


def main() -> None:
    """Measures, and prints."""
    heading("may this person do this")
    with store():
        _measure()


def _measure() -> None:
    from django.contrib.auth.models import Permission
    from django.contrib.auth.models import User

    from holdfast.access.known import case_known
    from holdfast.access.may import CaseKnown
    from holdfast.access.may import Consent
    from holdfast.access.may import Person
    from holdfast.access.may import Referral
    from holdfast.access.may import may
    from holdfast.casefile.append import Draft
    from holdfast.casefile.append import open_case
    from holdfast.casefile.reading import read_case
    from holdfast.record.entry import By

    hour = timedelta(hours=1)
    case = CaseKnown(
        "234CFGHJ",
        force="cheshire",
        owed_by=frozenset({"investigator"}),
        referrals=tuple(Referral("support_service", f"service{n}", AT - hour) for n in range(5)),
        consents=(Consent("health", AT - hour), Consent("support_service", AT - hour)),
        walled_off=frozenset(f"PC{n}" for n in range(20)),
    )
    police = Person("investigator", "DC7", organisation="cheshire", team="blue")
    partner = Person("adviser", "A1", agency="support_service", organisation="Service 4")
    user = User.objects.create_user("bench")
    user.user_permissions.add(*Permission.objects.all()[:20])
    user.has_perm("auth.view_user")
    drafts = [Draft("QuestionAsked", {"question": "When?"}, AT) for _ in range(199)]
    opened = open_case("england-and-wales", by=By("officer", "PC1"), happened_at=AT, drafts=drafts)
    file, zone = read_case(opened.case_id), ZoneInfo("Europe/London")
    found = in_turns(
        {
            "tie": lambda: may(police, "read_case", case, at=AT),
            "kind": lambda: may(police, "record", case, at=AT, kind="DutyUnsafe"),
            "refused": lambda: may(police._replace(role="officer"), "read_case", case, at=AT),
            "partner": lambda: may(partner, "record", case, at=AT, kind="SafetyPlanMade"),
            "django": lambda: user.has_perm("auth.view_user"),
        },
        rounds=30,
        calls=500,
    )
    known = in_turns({"known": lambda: case_known(file, zone)}, rounds=20)
    beside = middle(found["django"])
    for name, says in (
        ("tie", "an investigator, by the last of the ties"),
        ("kind", "the same, recording one kind"),
        ("refused", "an officer without a tie"),
        ("partner", "an adviser, by referral and consent, recording"),
    ):
        each = middle(found[name])
        figure(says, f"{each * 1e6:.2f} µs", ratio(each, beside, "has_perm"))
    figure("django: user.has_perm, permissions in memory", f"{beside * 1e6:.2f} µs")
    figure("what is known of a case of 200 entries", ms(middle(known["known"])), "once a page")
    worst = max(middle(found[name]) for name in ("tie", "kind", "refused", "partner"))
    target("may under 20 µs", met=worst < MOST)


if __name__ == "__main__":
    main()
