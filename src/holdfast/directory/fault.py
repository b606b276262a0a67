"""What is wrong with a row of a file, said without repeating what stands in it: it may be an address."""

from typing import NamedTuple


class RowFault(NamedTuple):
    """One fault. `row` counts from 1 (the line of a table, the place in a list); 0 is the whole file.

    `refused` says that the row was not taken; else it was, without what is named.
    """

    file: str
    row: int
    id: str
    what: str
    hint: str = ""
    refused: bool = True

    def __str__(self) -> str:
        """In one line."""
        where = f"{self.file} row {self.row}" if self.row else self.file
        named = f" ({self.id})" if self.id else ""
        return f"{where}{named}: {self.what}{' ' + self.hint if self.hint else ''}"


class FileRefused(Exception):
    """The file as a whole cannot be read. `str()` is a sentence for whoever gave it."""


class DirectoryUnread(Exception):
    """The directory's own file is damaged, or was written by another version: import the sources again."""


def shown_id(value: object) -> str:
    """The id of a record for a message: only where it looks like one, and short."""
    text = str(value) if isinstance(value, str | int) else ""
    return text if text and len(text) <= 64 and all(sign.isalnum() or sign in "-_:." for sign in text) else ""
