"""Looks into Office and OpenDocument files, old Office, rich text and e-books: what in them would act, what they say.

Runs apart (apart.py). Members are read in memory, each up to a bound, the whole up to another: a ZIP's own word for how
large they are is not believed. A document with a member that goes beyond is not opened.
"""

import io
import re
import zipfile
from collections.abc import Iterator

from holdfast.vault.apart import Answer
from holdfast.vault.apart import NotOpened
from holdfast.vault.exif import MOST_LETTERS
from holdfast.vault.exif import Value
from holdfast.vault.plain_xml import NotPlain
from holdfast.vault.plain_xml import leaves
from holdfast.vault.recognising_zip import names_of_compound

MOST_MEMBERS, MOST_OF_ONE, MOST_OF_ALL = 5_000, 64 << 20, 256 << 20
BROKEN = (zipfile.BadZipFile, OSError, ValueError, LookupError, NotImplementedError, RuntimeError, EOFError)
_SAID = ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml", "meta.xml")
_TEXTS = re.compile(r"(?:\.rels|^word/(?:document|header\d*|footer\d*)\.xml|^xl/workbook\.xml|^content\.xml)$")
_OUTSIDE = re.compile(
    rb'Type="[^"]*/(?:attachedTemplate|oleObject|frame|externalLinkPath|subDocument|control)"[^>]*TargetMode="External"'
    rb'|TargetMode="External"[^>]*Type="[^"]*/(?:attachedTemplate|oleObject|frame|externalLinkPath|subDocument)"'
)
_DDE = re.compile(rb"\bDDE(?:AUTO)?\b\s")


def open_office(content: bytes, media: str) -> Answer:
    """What would act (`acts`) and what it says of itself (`values`). NotOpened."""
    if content.startswith(b"{\\rt"):
        return Answer({"acts": sorted(set(_in_rich_text(content))), "values": []})
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return Answer({"acts": sorted(set(_in_compound(content))), "values": []})
    with archive_of(content) as archive:
        names = archive.namelist()
        acts = set(_by_names(names))
        if media == "application/vnd.ms-office.macro":
            acts.add("macros")
        values: list[Value] = []
        for name in names:
            if name in _SAID:
                values += _values(member(archive, name))
            elif _TEXTS.search(name):
                acts |= set(_in_text(member(archive, name)))
        return Answer({"acts": sorted(acts), "values": values[:300]})


def archive_of(content: bytes) -> zipfile.ZipFile:
    """A ZIP in memory; NotOpened where it cannot be read, asks for a password or claims to be too much."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except BROKEN as fault:
        raise NotOpened("damaged", "It begins like a document and is not built like one.") from fault
    members = archive.infolist()
    if len(members) > MOST_MEMBERS or sum(each.file_size for each in members) > MOST_OF_ALL:
        raise NotOpened("too_large_to_open", "Unpacked it would be larger than what is opened.")
    if any(each.flag_bits & 1 for each in members):
        raise NotOpened("damaged", "It asks for a password: nobody here can look into it.")
    return archive


def member(archive: zipfile.ZipFile, name: str, most: int = MOST_OF_ONE) -> bytes:
    """A member's content, read up to a bound whatever the archive says of its size; NotOpened."""
    try:
        with archive.open(name) as opened:
            content = opened.read(most + 1)
    except BROKEN as fault:
        raise NotOpened("damaged", "A part of it breaks off.") from fault
    if len(content) > most:
        raise NotOpened("too_large_to_open", "A part of it, unpacked, is larger than what is opened.")
    return content


def _by_names(names: list[str]) -> Iterator[str]:
    for name in map(str.lower, names):
        if name.endswith("vbaproject.bin") or "/macrosheets/" in name or name.startswith(("basic/", "scripts/")):
            yield "macros"
        if "/activex/" in name:
            yield "controls that run"
        if "/embeddings/" in name or name.startswith("object "):
            yield "files inside it"
        if name.endswith((".js", ".vbs", ".exe", ".dll", ".jar", ".hta")):
            yield "programs inside it"


def _in_text(content: bytes) -> Iterator[str]:
    if _OUTSIDE.search(content):
        yield "something that it fetches from elsewhere"
    if _DDE.search(content):
        yield "a field that starts a program"
    if b"<script:event-listener" in content:
        yield "macros"


def _in_compound(content: bytes) -> Iterator[str]:
    names = names_of_compound(content)
    if names & {"Macros", "_VBA_PROJECT", "_VBA_PROJECT_CUR", "VBA", "PROJECT"}:
        yield "macros"
    if names & {"Ole10Native", "ObjectPool", "Package"} or "\x01Ole10Native" in names:
        yield "files inside it"
    if names & {"EncryptedPackage", "EncryptionInfo"}:
        raise NotOpened("damaged", "It asks for a password: nobody here can look into it.")


def _in_rich_text(content: bytes) -> Iterator[str]:
    if re.search(rb"\\obj(?:data|update|ocx|autlink|link|emb)", content):
        yield "files inside it"
    if re.search(rb"\\\*\\template\s|DDEAUTO|\\field.{0,200}(?:INCLUDE|DDE)", content):
        yield "something that it fetches from elsewhere"


def _values(content: bytes) -> list[Value]:
    try:
        found = [(name.rpartition("}")[2], text[:MOST_LETTERS]) for name, text in leaves(content)]
    except NotPlain:
        return [("not read", "the document's properties")]
    return [(name, text) for name, text in found if not name.startswith(("xmlns", "xsi:"))]
