"""Looks into an item that was taken: what it is, why it must be held, what it carries, a preview. Nothing is changed.

- What it is goes by its content (recognising.py). Its ends and its name are judged here; everything that needs a large
  reader is opened in a process of its own (apart.py).
- Whatever a content does, this answers: what could not be opened is held as damaged or too large. Only a vault that
  cannot be read is an error (StoreFault, NotAnItem).
- A film or a recording is never opened, only asked for its boxes: its size does not matter.
- Without a scanner nothing is held for that; 'no_scanner' is said with the metadata. A scanner that was asked and gave
  no answer holds the item; one for which it is too large holds all but films and recordings, which are long by nature.
"""

from typing import Any
from typing import NamedTuple

from holdfast.vault.apart import MOST_IN
from holdfast.vault.apart import Answer
from holdfast.vault.apart import NotOpened
from holdfast.vault.apart import ask
from holdfast.vault.boxes import film_values
from holdfast.vault.boxes_of_pictures import beside_the_pixels
from holdfast.vault.credentials import carries_credentials
from holdfast.vault.found import Credentials
from holdfast.vault.found import Found
from holdfast.vault.found import Made
from holdfast.vault.holding_back import Held
from holdfast.vault.holding_back import held_by_ends
from holdfast.vault.holding_back import held_by_what_follows
from holdfast.vault.media import called
from holdfast.vault.media import family_of
from holdfast.vault.metadata import Value
from holdfast.vault.metadata import metadata_of
from holdfast.vault.picture_parts import end_of_picture
from holdfast.vault.picture_parts import is_pixels_alone
from holdfast.vault.reading import Item
from holdfast.vault.recognising import HEAD
from holdfast.vault.recognising import Ends
from holdfast.vault.recognising import recognise
from holdfast.vault.scanning import BadScanner
from holdfast.vault.scanning import Scan
from holdfast.vault.scanning import Scanner
from holdfast.vault.scanning import configured
from holdfast.vault.sounds import sound_values

_SHOWN = {"image/jpeg", "image/png", "image/gif", "image/webp", "image/tiff", "image/bmp", "image/avif"}
_BOXED = {"image/heic", "image/heif", "image/avif", "video/mp4", "video/quicktime", "video/3gpp", "audio/mp4"}
_VERIFIED = ("signed", "edited_since", "none")
_CUT_OFF = "The picture breaks off. What is there of it can be seen as a preview, among what was made from it."
_ACTING = {"pdf": "pdf", "office": "office", "mail": "mail"}


class _Inside(NamedTuple):
    """What opening it found."""

    held: tuple[Held, ...] = ()
    values: tuple[Value, ...] = ()
    previews: tuple[Made, ...] = ()
    told: tuple[str, ...] = ()
    credentials: Credentials = "not_looked_at"


def look_in(item: Item, named: str, *, claimed: str = "") -> Found:
    """Looks into an item with this installation's scanner. `named`: the name it came under; `claimed`: a media type."""
    try:
        scanner = configured()
    except BadScanner:
        return look_in_with(item, named, _NoSuchScanner(), claimed=claimed)
    return look_in_with(item, named, scanner, claimed=claimed)


def look_in_with(item: Item, named: str, scanner: Scanner | None, *, claimed: str = "") -> Found:
    """The same with a scanner of the caller's choice, or none. StoreFault, NotAnItem."""
    head = item.read(0, HEAD)
    ends = Ends(head, head if item.size <= HEAD else item.read(item.size - HEAD, HEAD), item.size)
    media = recognise(ends)
    held = list(held_by_ends(media, named, claimed, ends))
    inside = _opened(item, media, ends)
    scan = scanner.scan(item.pieces(), item.size) if scanner and item.size else Scan("no_scanner")
    held += [*inside.held, *held_by_scan(scan, media)]
    told = [*inside.told]
    if carries_credentials(head) and inside.credentials == "not_looked_at":
        told.append("It carries content credentials, which nobody here verified.")
    metadata = metadata_of(
        inside.values,
        credentials=inside.credentials,
        scanned=scan.outcome,
        scanned_by=f"{scan.by}: {scan.found}"[:300] if scan.found else scan.by[:300],
        told="\n".join(told),
    )
    return Found(media, tuple(dict.fromkeys((why, words[:300]) for why, words in held)), metadata, inside.previews)


def _opened(item: Item, media: str, ends: Ends) -> _Inside:
    family = family_of(media)
    if not item.size or media in ("application/vnd.ms-outlook", ""):
        return _Inside()
    if family in ("film", "sound") or (media in _BOXED and media not in _SHOWN):
        return _film(item, media)
    task: Any = "picture" if media in _SHOWN else "drawing" if media == "image/svg+xml" else _ACTING.get(family or "")
    if not task:
        return _Inside()
    if item.size > MOST_IN:
        why = f"It is larger than the {MOST_IN >> 20} MB that are opened: what is in it was not looked at."
        return _Inside(held=(("too_large_to_open", why),))
    content = item.read() if item.size > len(ends.head) else ends.head
    try:
        if task == "picture":
            return _picture(content, media)
        return _acting(ask(task, content, **({"media": media} if task == "office" else {})), media)
    except NotOpened as fault:
        return _Inside(held=((fault.why, fault.words),))
    except (ValueError, TypeError, LookupError):
        return _Inside(held=(("damaged", "Opening it gave no answer that can be relied on."),))


def _picture(content: bytes, media: str) -> _Inside:
    held = tuple(held_by_what_follows(media, content))
    try:
        answer = ask("picture", content, media=media)
    except NotOpened as fault:
        return _Inside(held=(*held, (fault.why, fault.words)))
    told = []
    if answer.said.get("cut_off"):
        held = (*held, ("damaged", _CUT_OFF))
    end = end_of_picture(media, content)
    if end and not held and content[end:].strip(b"\0"):
        told.append(
            "More follows the picture in its file: often a short film of the moment. The preview leaves it out."
        )
    if answer.said.get("moves"):
        told.append("The picture moves: the preview shows how it begins.")
    width, height = answer.said["size"]
    values = [("Width", f"{width} pixels"), ("Height", f"{height} pixels"), *map(_value, answer.said["values"])]
    preview, thumbnail = answer.contents
    if not (is_pixels_alone(preview) and is_pixels_alone(thumbnail)):
        raise ValueError  # the process that made them is not trusted
    made = (
        Made("preview", "image/jpeg", preview, "{} x {} pixels".format(*answer.said["preview"])),
        Made("thumbnail", "image/jpeg", thumbnail, "{} x {} pixels".format(*answer.said["thumbnail"])),
    )
    verified: Any = answer.said.get("credentials")
    return _Inside(held, tuple(values), made, tuple(told), verified if verified in _VERIFIED else "not_looked_at")


def _film(item: Item, media: str) -> _Inside:
    """What a film, a recording or a HEIC picture says in its boxes. None of them is decoded here."""
    if media in ("audio/mpeg", "audio/wav"):
        return _Inside(values=tuple(sound_values(item.read, item.size, media)))
    if media not in _BOXED:
        return _Inside(told=(f"No metadata is read from this kind of file: {called(media)}.",))
    values, tracks = film_values(item.read, item.size)
    told, held = [], []
    if family_of(media) == "picture":
        told.append(f"There is no preview: Holdfast carries no decoder for this kind of file ({called(media)}).")
        values += _exif_of(item)
    elif ("not read", "a part that breaks off") in values or not tracks:
        held.append(("damaged", "The film or recording breaks off, or its list of contents is not there."))
    if {"meta", "text", "sbtl", "tmcd"} & set(tracks):
        told.append("It has a track of measurements or words, which may hold positions.")
    return _Inside(tuple(held), tuple(values), (), tuple(told))  # type: ignore[arg-type]


def _exif_of(item: Item) -> list[Value]:
    found: list[Value] = []
    for extent in beside_the_pixels(item.read, item.size)[:8]:
        if extent.kind == "Exif":
            try:
                block = item.read(extent.start, min(extent.size, HEAD))
                found += map(_value, ask("exif", block).said["values"])
            except NotOpened:
                found.append(("not read", "EXIF"))
    return found


def _acting(answer: Answer, media: str) -> _Inside:
    acts = [str(each) for each in answer.said.get("acts", [])]
    held: tuple[Held, ...] = (
        (("active_content", f"Recognised as {called(media)}, with {', '.join(acts)}."),) if acts else ()
    )
    told = ("It holds links that lead out of it.",) if answer.said.get("links") else ()
    return _Inside(held, tuple(map(_value, answer.said.get("values", []))), (), told)


def _value(said: Any) -> Value:
    return str(said[0]), str(said[1])


def held_by_scan(scan: Scan, media: str) -> tuple[Held, ...]:
    """Why an item is held for what a scan came to."""
    if scan.outcome == "found":
        return (("malware_found", f"The scanner calls it {scan.found}."),)
    if scan.outcome == "not_answered":
        return (("not_scanned", "The scanner gave no answer."),)
    if scan.outcome == "too_large" and family_of(media) not in ("film", "sound"):
        return (("not_scanned", "It is larger than the scanner looks through."),)
    return ()


class _NoSuchScanner:
    """Where the setting names something that is no scanner: whoever set it wanted one, so nothing passes unscanned."""

    def scan(self, pieces: Any, size: int) -> Scan:
        return Scan("not_answered", "", "HOLDFAST_SCANNER names no scanner")
