"""Builds the files of a book ahead of time, on every processor, and only those whose text or writer has changed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from concurrent.futures import Future
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures import as_completed
from contextlib import suppress
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import msgspec

from holdfast.handbook.book import Book
from holdfast.handbook.formats import FORMATS
from holdfast.handbook.formats import file_name
from holdfast.handbook.not_made import MissingLetters
from holdfast.handbook.not_made import NotMade
from holdfast.handbook.shelf import Index
from holdfast.handbook.shelf import Made
from holdfast.handbook.shelf import alone
from holdfast.handbook.shelf import put
from holdfast.handbook.shelf import read_index
from holdfast.handbook.shelf import swept
from holdfast.handbook.shelf import write_index

Progress = Callable[[int, int], None]
WORTH_A_PROCESS = 60  # weight of work below which starting other processes takes longer than it saves
MOST_PROCESSES = 8


class Job(NamedTuple):
    """One file to be written."""

    format: str
    page: int  # 0 is the whole
    chapter: str
    key: str
    weight: int

    @property
    def file(self) -> str:
        """Its name."""
        return file_name(FORMATS[self.format], self.page)


def build(
    book: Book,
    formats: Sequence[str],
    folder: Path,
    on_progress: Progress = lambda done, of: None,
    *,
    pages: bool = True,
    processes: int | None = None,
) -> Index:
    """Writes the files of these formats into a folder and answers the whole index of the folder.

    - `pages`: a file for each page too, not only for the whole.
    - What is there already from the same text and the same writers stays as it is; files of other formats stay too.
    - A format that this machine or this language cannot have is in the index with the reason, never an error.
    """
    with alone(folder):
        return _build(book, formats, folder, on_progress, pages=pages, processes=processes)


def _build(
    book: Book, formats: Sequence[str], folder: Path, on_progress: Progress, *, pages: bool, processes: int | None
) -> Index:
    before = read_index(folder)
    known = {(each.format, each.page): each for each in before.files} if before else {}
    wanted = list(_jobs(book, formats, pages=pages))
    fresh = {(job.format, job.page): known[job.format, job.page] for job in wanted if _is_there(job, known, folder)}
    left = sorted((job for job in wanted if (job.format, job.page) not in fresh), key=lambda job: -job.weight)
    try:
        on_progress(len(fresh), len(wanted))
        for made in _made(book, left, folder, processes):
            fresh[made.format, made.page] = made
            on_progress(len(fresh), len(wanted))
    except BaseException:  # what was made until then is there, and need not be made again
        with suppress(OSError):
            write_index(folder, _index(book, {**known, **fresh}))
        raise
    chapters = {each.id for each in book.chapters}
    others = {
        at: each
        for at, each in known.items()
        if each.format in FORMATS and (not each.chapter or each.chapter in chapters)
    }
    index = _index(book, {**others, **fresh})
    write_index(folder, index)
    swept(folder, index.files)
    return index


def _index(book: Book, found: dict[tuple[str, int], Made]) -> Index:
    order = list(FORMATS)
    kept = (each for each in found.values() if each.format in FORMATS)
    listed = sorted(kept, key=lambda each: (each.page, order.index(each.format)))
    return Index(book.place, book.language, book.neutral, tuple(listed))


def _jobs(book: Book, formats: Sequence[str], *, pages: bool) -> Iterator[Job]:
    whole = book.digest()
    alone = {chapter.id: book.alone(chapter) for chapter in book.chapters} if pages else {}
    digests = {chapter: one.digest() for chapter, one in alone.items()}
    for name in formats:
        made = FORMATS[name]
        yield Job(name, 0, "", _key(name, whole), made.weight * max(1, len(book.chapters)))
        for chapter, one in alone.items() if made.each_page else ():
            yield Job(name, one.number, chapter, _key(name, digests[chapter]), made.weight)


def _key(format_name: str, digest: str) -> str:
    return hashlib.sha256(f"{_writers()} {format_name} {digest}".encode()).hexdigest()[:32]


@cache
def _writers() -> str:
    """A digest of these writers themselves: files made by other ones are made again."""
    here = Path(__file__).parent
    found = sorted([*here.glob("*.py"), *here.glob("styles/*.css")])
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in found)).hexdigest()


def _is_there(job: Job, known: dict[tuple[str, int], Made], folder: Path) -> bool:
    """Whether the file is there already. What could not be made is tried again: a program may have been installed."""
    made = known.get((job.format, job.page))
    if made is None or made.why or made.key != job.key:
        return False
    path = folder / made.file
    return path.is_file() and path.stat().st_size == made.bytes


def _made(book: Book, jobs: list[Job], folder: Path, processes: int | None) -> Iterator[Made]:
    count = processes or min(os.cpu_count() or 1, MOST_PROCESSES)
    if count == 1 or sum(job.weight for job in jobs) < WORTH_A_PROCESS:
        yield from (_one(book, job, folder) for job in jobs)
        return
    # Not by fork: the libraries that draw and translate keep state that a copy of this process would share.
    given = msgspec.msgpack.encode(book), folder
    with ProcessPoolExecutor(count, get_context("spawn"), initializer=_hold, initargs=given) as pool:
        asked: Iterable[Future[Made]] = [pool.submit(_in_process, job) for job in jobs]
        for done in as_completed(asked):
            yield done.result()


_held: dict[str, tuple[Book, Path]] = {}


def _hold(book: bytes, folder: Path) -> None:
    _held["here"] = (msgspec.msgpack.decode(book, type=Book), folder)


def _in_process(job: Job) -> Made:
    book, folder = _held["here"]
    return _one(book, job, folder)


def _one(book: Book, job: Job, folder: Path) -> Made:
    """Writes one file, or says why not."""
    made = Made(job.format, job.page, job.chapter, job.file, book.day, job.key)
    text = book if not job.chapter else book.alone(next(each for each in book.chapters if each.id == job.chapter))
    try:
        content = FORMATS[job.format].write(text)
    except NotMade as why:
        return msgspec.structs.replace(made, why=str(why))
    except MissingLetters as why:
        return msgspec.structs.replace(made, why=str(why), fault=True)
    put(folder / job.file, content)
    return msgspec.structs.replace(made, bytes=len(content), sha256=hashlib.sha256(content).hexdigest())
