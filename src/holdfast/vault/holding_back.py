"""Why an item must be held, as far as its first and last bytes and its name say: disguised, active, an archive.

Held is kept: nobody is shown it as it is until somebody has looked at why. The rules:

- Disguised: the name or the claimed type says another family; a name that hides its ending; two files in one.
- Active: programs, scripts, web pages. What documents and drawings hold inside is found by opening them (inside.py).
- An archive is never unpacked. Its own list of names is not shown either: it is not checked.
- What nothing recognises is held as damaged: it may be anything.

The words of each finding are ours: no name of a file and nothing of its content.
"""

import re
from collections.abc import Iterator

from holdfast.vault.found import Why
from holdfast.vault.media import MEDIA
from holdfast.vault.media import another_family
from holdfast.vault.media import called
from holdfast.vault.media import claimed_by
from holdfast.vault.media import ending_of
from holdfast.vault.media import family_of
from holdfast.vault.picture_parts import end_of_picture
from holdfast.vault.recognising import Ends
from holdfast.vault.recognising import recognise
from holdfast.vault.recognising_zip import ends_like_zip
from holdfast.vault.recognising_zip import list_zip

Held = tuple[Why, str]

# These turn the order of what follows, or are not seen at all: 'photo[turn]gpj.exe' reads as 'photo exe.jpg'.
_HIDING = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\u200b\u2060\ufeff\0-\x1f\x7f]")
_ZIP_INSIDE = {"archive", "office", "program"}  # families whose files may well be ZIPs
_TEXT_ONLY = re.compile(rb"<script[\s>]|<\?php|<html[\s>]|<iframe[\s>]", re.IGNORECASE)


def held_by_ends(media: str, named: str, claimed: str, ends: Ends) -> Iterator[Held]:
    """The reasons that the ends of a file and what was said of it give."""
    if not ends.size:
        yield "damaged", "It is empty."
        return
    yield from _disguised(media, named, claimed)
    yield from _two_in_one(media, ends)
    family = family_of(media)
    if _by_name(media, named):
        yield "active_content", "Its name is that of a script, which some machines run."
    elif family == "program" or media == "text/html":
        yield "active_content", f"Recognised as {called(media)}: opened, it may act."
    elif media == "application/vnd.ms-excel":
        yield "active_content", "In an old Excel workbook macros cannot be ruled out."
    elif family == "archive":
        yield "archive", _archive(media, ends)
    elif media == "application/vnd.ms-outlook":
        yield "archive", "An Outlook message holds files of its own, which were not looked into."
    elif family is None:
        yield "damaged", "What it is was not recognised."


def _disguised(media: str, named: str, claimed: str) -> Iterator[Held]:
    if _HIDING.search(named):
        yield "disguised", "Its name holds letters that are not seen or that turn the order of the others."
    by_name = claimed_by(named)
    for said, who in ((by_name, "name"), (claimed.partition(";")[0].strip().lower(), "claimed type")):
        if another_family(said, media) and not _by_name(media, named):
            yield "disguised", f"Its {who} says {called(said)}; its content says {called(media)}."
    parts = named.lower().rpartition("/")[2].split(".")
    ending = ending_of(named)
    if (
        len(parts) > 2
        and ending in MEDIA["application/x-dosexec"].endings
        and family_of(claimed_by(parts[0] + "." + parts[-2]))
    ):
        yield "disguised", "Its name has two endings, and the last is that of a program."


def _by_name(media: str, named: str) -> bool:
    """Words that only their name makes a script: there is no other way to tell one."""
    return media in ("text/plain", "application/xml", "application/json") and (
        ending_of(named) in MEDIA["application/x-script"].endings or ending_of(named) in ("com", "lnk", "url")
    )


def _archive(media: str, ends: Ends) -> str:
    listed = list_zip(ends.tail) if media == "application/zip" else None
    words = f"Recognised as {called(media)}: it is not unpacked here."
    if listed and listed.whole:
        words += f" It says that it holds {len(listed.names)} files, {listed.unpacked:,} bytes unpacked."
        words += " It asks for a password." if listed.locked else ""
    return words


def _two_in_one(media: str, ends: Ends) -> Iterator[Held]:
    """Files that another program takes for something else: each way known to be used against people."""
    family = family_of(media)
    if family not in _ZIP_INSIDE and family is not None and ends_like_zip(ends.tail):
        yield "disguised", f"It reads as {called(media)} and as ZIP archive at once."
    if (
        media == "application/pdf"
        and not ends.head.startswith(b"%PDF-")
        and ends.head[:1024].partition(b"%PDF-")[0].strip(b"\xef\xbb\xbf\r\n\t \0")
    ):
        yield "disguised", "Something else stands before the PDF document."
    if family in ("picture", "film", "sound"):
        if b"%PDF-" in ends.head[:1024]:
            yield "disguised", f"It reads as {called(media)} and as PDF document at once."
        if _TEXT_ONLY.search(ends.head[:65536]) or _TEXT_ONLY.search(ends.tail[-65536:]):
            yield "disguised", f"Recognised as {called(media)}, with a script or a web page in it."
        if _opens_a_comment(media, ends.head):
            yield "disguised", f"Recognised as {called(media)}, and also reads as a script."


def held_by_what_follows(media: str, content: bytes) -> Iterator[Held]:
    """Where a whole picture is at hand: whether another file follows it. A short film of the moment may."""
    end = end_of_picture(media, content)
    after = recognise(Ends.of(content[end:].lstrip(b"\0"))) if end else ""
    if family_of(after) in ("archive", "program", "page", "pdf", "office"):
        yield "disguised", f"Something else follows the picture: {called(after)}."


def _opens_a_comment(media: str, head: bytes) -> bool:
    """A length or a size that reads as `/*` or `=`: what follows is then a script for whoever runs it as one."""
    start = {"image/gif": 6, "image/bmp": 2, "image/jpeg": 4}.get(media)
    if start is None:
        return False
    return head[start : start + 2] == b"/*" or (media == "image/gif" and head[6:7] == b"=")
