"""A form with files, sent without script, as it comes in: each file is an intake of its own, words stay bounded.

A file counts once its end was seen. What is cut short is forgotten: nothing of a form is acknowledged before it is
answered, so whoever sent it sends it again.
"""

from typing import NamedTuple
from uuid import UUID
from uuid import uuid4

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser
from python_multipart.multipart import parse_options_header

from holdfast.doors.evidence.permit import Permit
from holdfast.doors.evidence.said import name_kept
from holdfast.site.intakes import keep_free
from holdfast.site.intakes import open_intake
from holdfast.vault.intake import Intake

MOST_FILES, MOST_FIELDS, LONGEST_FIELD = 20, 64, 80_000
_PART = 4 << 20


class TooMuch(Exception):
    """More than a form may bring: `what` says of what."""

    def __init__(self, what: str):
        self.what = what
        super().__init__(f"This form brings more {what} than can be taken in at once.")


class Whole(NamedTuple):
    """A file of which the end was seen."""

    intake: Intake
    named: str


class FormIn:
    """Reads the form. `write` and what it calls run in a thread. FormParserError where it is no form."""

    def __init__(self, content_type: bytes, permit: Permit, most: int):
        _, options = parse_options_header(content_type)
        boundary = options.get(b"boundary", b"")
        if not boundary:
            raise FormParserError("a form has to say what stands between its parts")
        self.permit, self.most = permit, most
        self.fields: dict[str, str] = {}
        self.files: list[Whole] = []
        self.empty = self.size = self._letters = self._parts = 0
        self.ended = False
        self._header: list[bytes] = [b"", b""]
        self._headers: dict[bytes, bytes] = {}
        self._name, self._named = "", ""
        self._intake: Intake | None = None
        self._is_file = False
        self._kept = bytearray()
        called = {
            "on_part_begin": self._begin, "on_header_field": self._header_name, "on_header_value": self._header_value,
            "on_header_end": self._header_end, "on_headers_finished": self._headers_end, "on_part_data": self._data,
            "on_part_end": self._end, "on_end": self._last,
        }  # fmt: skip
        self._parser = MultipartParser(boundary, called)  # type: ignore[arg-type]

    def write(self, content: bytes) -> None:
        """The next of it. FormParserError, TooMuch, OSError."""
        self._parser.write(content)

    def close(self) -> None:
        """Forgets what was cut short. What is whole stays, for whoever has its intake."""
        if self._intake is not None:
            self._intake.done()
            self._intake = None

    def _begin(self) -> None:
        self._headers, self._header, self._kept = {}, [b"", b""], bytearray()
        self._name, self._named, self._is_file = "", "", False
        self._parts += 1
        if self._parts > MOST_FIELDS + MOST_FILES:
            raise TooMuch("fields")

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._header[0] += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._header[1] += data[start:end]

    def _header_end(self) -> None:
        self._headers[self._header[0].lower()] = self._header[1]
        self._header = [b"", b""]

    def _headers_end(self) -> None:
        kind, options = parse_options_header(self._headers.get(b"content-disposition", b""))
        if kind != b"form-data":
            raise FormParserError("a part of a form says that it is one")
        self._name = options.get(b"name", b"").decode("utf-8", "replace")[:60]
        self._is_file = b"filename" in options
        self._named = name_kept(options.get(b"filename", b"").decode("utf-8", "replace"))
        if self._is_file and len(self.files) >= MOST_FILES:
            raise TooMuch("files")

    def _data(self, data: bytes, start: int, end: int) -> None:
        self._kept += data[start:end]
        if not self._is_file:
            self._letters += end - start
            if self._letters > LONGEST_FIELD:
                raise TooMuch("words")
            return
        self.size += end - start
        if self.size > self.most:
            raise TooMuch("bytes")
        if len(self._kept) >= _PART:
            self._add()

    def _end(self) -> None:
        if not self._is_file:
            self.fields.setdefault(self._name, self._kept.decode("utf-8", "replace"))
            return
        if self._kept:
            self._add()
        if self._intake is not None:
            self.files.append(Whole(self._intake, self._named))
            self._intake = None
        elif self._named:
            self.empty += 1

    def _last(self) -> None:
        self.ended = True

    def _add(self) -> None:
        if self._intake is None:
            self._intake = open_intake(self.permit._replace(item=new_item()))
        keep_free(len(self._kept))
        content, self._kept = bytes(self._kept), bytearray()
        self._intake.add(self._intake.acknowledged, content)


def new_item() -> UUID:
    """A number for an item that was not announced."""
    return uuid4()
