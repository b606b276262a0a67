"""A new place to fill in: the files of a pack with their keys explained, as a lawyer with a text editor begins.

The files stand in `place/`, with `$id`, `$name`, `$language` and `$timezone` where the place's own words go. Nothing in
them is law: what has to be looked up is marked unverified, and so kept from every survivor and every public page. An
ellipsis marks words to fill in, and `holdfast check` names each until it is gone.
"""

from pathlib import Path
from string import Template

FILES = Path(__file__).parent / "place"


def place_files(given: dict[str, str], *, inherits: str = "", whole: bool = True) -> dict[str, str]:
    """Each file of a new pack by its path, as text. Where its parent is a place (not `whole`): head and terms only."""
    found = {
        file.relative_to(FILES).as_posix(): Template(file.read_text(encoding="utf-8")).substitute(given)
        for file in sorted(FILES.rglob("*"))
        if file.is_file()
    }
    if not inherits:
        return found
    head = found["pack.yaml"].replace(f"\nname: {given['name']}\n", f"\nname: {given['name']}\ninherits: {inherits}\n")
    return {**found, "pack.yaml": head} if whole else {"pack.yaml": head, "terms.yaml": found["terms.yaml"]}


def duty_file(given: dict[str, str], *, in_words: bool) -> str:
    """One duty to fill in. `given` holds id, stage, owed_by, starts, ends, within; a limit in words gets an alarm."""
    alarm = "alarm: {within: 1 hour}   # when staff are rung: always our own standard\n" if in_words else ""
    return f"""\
# Read it aloud: what the survivor will get (says), who does it, from when, by when, and what shows that it was done.
id: {given["id"]}
stage: {given["stage"]}
says: You will be told …
staff: Tell the survivor …
owed_by: {given["owed_by"]}
starts: {given["starts"]}
within: {given["within"]}
{alarm}ends: {given["ends"]}
authority: policy                # statute | code | policy | local-practice | our-standard
source:
  title: Which statute, code or policy? …
  article: ""
  link: ""                       # the publisher's own page; its host must be in pack.yaml
  last_checked_on: ""            # the day on which you read it, as 2026-11-21
  confidence: unverified         # verified | secondary, once it was read: until then only staff see this duty
in_force: {{from: not stated}}     # statute and code need their first day
"""
