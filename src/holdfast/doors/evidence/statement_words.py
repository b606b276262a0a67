"""The words that staff read aloud about a statement: the pack's own, and where it has none, a few plain ones of ours.

- What a statement is comes from the easy edition of the guide's page on it, with the pack's terms in it.
- A line that asks the pack for anything but a term is left out: a figure or a number is not read aloud by chance.
"""

from holdfast.law.pack import Pack
from holdfast.law.placeholders import Placeholder
from holdfast.law.placeholders import parse

PAGE = "your-statement"
_OURS = (
    "You can tell what happened.",
    "It is written down or filmed.",
    "It is your choice. You can say no.",
    "It is read to you, and what is wrong is put right.",
    "You sign only if it is right.",
    "You can add more later.",
)


def aloud(pack: Pack) -> tuple[str, ...]:
    """What a statement is, and that it can be refused, one short sentence a line."""
    page = next((each for each in pack.guide if each.id == PAGE), None)
    lines = [line for line in (page.easy if page else "").splitlines() if line.strip()]
    found = tuple(filter(None, (_filled(line, pack) for line in lines)))
    choice = f"{page.title} {page.answer}" if page and "{{" not in page.answer else "It is your choice."
    return (choice, *found) if found else _OURS


def withdrawing(pack: Pack) -> tuple[str, ...]:
    """What a withdrawal does and does not do."""
    prosecutor = term(pack, "prosecutor", "the prosecutor")
    return (
        "You can say that you no longer want to go on. What you say is written down, and why.",
        "The first statement is not torn up. It stays.",
        f"Charges are not yours to drop. That is decided by the police or by {prosecutor}, not by you.",
        "The case may go on without you if there is other evidence.",
        "If somebody is pressing you, you can tell us now. We are asking you alone.",
        "You can have help and a plan to be safe, whatever you decide.",
    )


def impact(pack: Pack) -> tuple[str, ...]:
    """What an impact statement is, in the pack's own term."""
    known = pack.terms.get("impact-statement")
    own = known.says if known and known.says else "It says in your own words what this has done to you."
    return (
        own,
        "It is your choice. You can say no.",
        "You can change it or add to it until the court has heard it.",
        "You choose whether you read it aloud, somebody reads it for you, or it is not read aloud.",
    )


def term(pack: Pack, name: str, otherwise: str) -> str:
    """What this place calls something."""
    known = pack.terms.get(name)
    if known is None:
        return otherwise
    return known.name if known.name.startswith(("the ", "The ")) else f"the {known.name}"


def _filled(line: str, pack: Pack) -> str:
    found = []
    for piece in parse(line):
        if isinstance(piece, str):
            found.append(piece)
        elif isinstance(piece, Placeholder) and piece.verb == "term" and piece.name in pack.terms:
            found.append(pack.terms[piece.name].name)
        else:
            return ""
    return "".join(found).strip()
