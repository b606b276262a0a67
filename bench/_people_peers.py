"""What else people are looked up with, each on the same people and the same questions. None of them seals anything."""

import logging
import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any
from typing import Protocol
from uuid import UUID

from _people_kept import Everybody
from anyascii import anyascii

from holdfast.people.dates import read_born
from holdfast.people.known import Asked
from holdfast.people.known import Known
from holdfast.people.numbers import plain_number
from holdfast.people.scoring import Sought
from holdfast.people.scoring import score_of
from holdfast.people.scoring import valued

POSTGRES = Path("/usr/local/bin")


class Peer(Protocol):
    """Something that was filled, and finds."""

    called: str

    def __init__(self, folder: Path, people: Everybody): ...
    def find(self, asked: Asked) -> list[Known]: ...
    def close(self) -> None: ...


def _text(known: Known) -> str:
    numbers = " ".join(plain_number(number)[-10:] for number in known.numbers)
    return anyascii(f"{' '.join(known.names)} {known.born} {numbers} {' '.join(known.addresses)}").lower()


def _asked(asked: Asked) -> str:
    number = plain_number(asked.number)[-10:]
    return anyascii(f"{asked.name} {read_born(asked.born)} {number} {asked.address}").lower().strip()


def _names(known: Known) -> list[str]:
    return [anyascii(name).lower() for name in known.names]


def _keys(known: Known) -> list[str]:
    """Exact keys: when they were born, also with day and month changed round, their numbers, their postcodes."""
    born = known.born.split("-")
    turned = [f"{born[0]}-{born[2]}-{born[1]}"] if len(born) == 3 else []
    codes = ["".join(each.split()[-2:]).lower() for each in known.addresses]
    return [*filter(None, [known.born]), *turned, *(plain_number(each)[-8:] for each in known.numbers), *codes]


class Trigrams:
    """SQLite's FTS5 with its trigram tokenizer: any trigram, the best by bm25."""

    called = "SQLite FTS5 trigram"

    def __init__(self, folder: Path, people: Everybody):
        self.raw = sqlite3.connect(folder / "trigrams.sqlite3")
        self.raw.execute("PRAGMA synchronous=OFF")
        self.raw.execute("CREATE VIRTUAL TABLE t USING fts5(told, tokenize='trigram')")
        self.people = people
        self.raw.executemany("INSERT INTO t (rowid, told) VALUES (?, ?)", enumerate(map(_text, people)))
        self.raw.commit()

    def find(self, asked: Asked) -> list[Known]:
        text = _asked(asked).replace('"', " ")
        pieces = {text[at : at + 3] for at in range(len(text) - 2)}
        query = " OR ".join(f'"{piece}"' for piece in pieces)
        rows = self.raw.execute("SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT 10", (query,))
        return [self.people[row] for (row,) in rows]

    def close(self) -> None:
        self.raw.close()


class Everything:
    """rapidfuzz over everybody: the nearest text."""

    called = "rapidfuzz over everything"

    def __init__(self, folder: Path, people: Everybody):
        self.people = people
        self.texts = [_text(known) for known in people]

    def find(self, asked: Asked) -> list[Known]:
        from rapidfuzz import fuzz
        from rapidfuzz.process import extract

        found = extract(_asked(asked), self.texts, scorer=fuzz.token_set_ratio, limit=10)
        return [self.people[at] for _, _, at in found]

    def close(self) -> None:
        self.texts.clear()


class Tantivy:
    """tantivy, each word with one slip allowed."""

    called = "tantivy, fuzzy"

    def __init__(self, folder: Path, people: Everybody):
        import tantivy  # type: ignore[import-not-found]

        build = tantivy.SchemaBuilder()
        build.add_text_field("told", stored=False)
        build.add_integer_field("row", stored=True)
        self.schema = build.build()
        place = folder / "tantivy"
        place.mkdir()
        self.index = tantivy.Index(self.schema, path=str(place))
        self.people = people
        writer = self.index.writer(200_000_000)
        for row, known in enumerate(people):
            writer.add_document(tantivy.Document(told=[_text(known)], row=row))
        writer.commit()
        self.index.reload()
        self.searcher, self.tantivy = self.index.searcher(), tantivy

    def find(self, asked: Asked) -> list[Known]:
        made = self.tantivy.Query
        words = _asked(asked).replace("-", " ").replace(",", " ").split()
        parts = [(self.tantivy.Occur.Should, made.fuzzy_term_query(self.schema, "told", word)) for word in words]
        hits = self.searcher.search(made.boolean_query(parts), 10).hits
        return [self.people[self.searcher.doc(where)["row"][0]] for _, where in hits]

    def close(self) -> None:
        del self.searcher, self.index


class Postgres:
    """PostgreSQL: pg_trgm on each name, exact keys on birth, number and postcode; scored as ours are."""

    called = "PostgreSQL pg_trgm and exact keys"

    def __init__(self, folder: Path, people: Everybody):
        import psycopg  # type: ignore[import-not-found]

        if not (POSTGRES / "initdb").exists():
            raise ImportError("no PostgreSQL server on this machine")
        self.folder = tempfile.mkdtemp(prefix="holdfast-bench-pg-")
        self.user = "nobody" if os.geteuid() == 0 else None  # it refuses to run as root
        if self.user:
            shutil.chown(self.folder, self.user)
        self._run("initdb", "-A", "trust", "-U", "bench")
        roomy = "-c shared_buffers=2GB -c maintenance_work_mem=1GB -c max_wal_size=16GB -c fsync=off"
        self._run("pg_ctl", "-w", "-o", f"-k {self.folder} -h '' {roomy}", "-l", f"{self.folder}/log", "start")
        self.raw: Any = psycopg.connect(host=self.folder, user="bench", dbname="postgres", autocommit=True)
        run = self.raw.execute
        run("CREATE EXTENSION pg_trgm")
        run("CREATE TABLE name (row int, told text)")
        run("CREATE TABLE key (row int, told text)")
        self.people = people
        for table, told in (("name", _names), ("key", _keys)):
            with self.raw.cursor().copy(f"COPY {table} FROM STDIN") as copy:
                for row, known in enumerate(people):
                    for each in told(known):
                        copy.write_row((row, each))
        run("CREATE INDEX ON name USING gin (told gin_trgm_ops)")
        run("CREATE INDEX ON key (told)")
        run("ANALYZE")

    def find(self, asked: Asked) -> list[Known]:
        born = read_born(asked.born)
        sought = Sought.of(asked, born)
        numbers, addresses = tuple(filter(None, [asked.number])), tuple(filter(None, [asked.address]))
        keys = _keys(Known(UUID(int=0), "other", (asked.name,), born, numbers, addresses))
        rows = self.raw.execute(
            "(SELECT row FROM name WHERE told %% %(name)s ORDER BY similarity(told, %(name)s) DESC LIMIT 300) "
            "UNION (SELECT row FROM key WHERE told = ANY(%(keys)s) LIMIT 2000)",
            {"name": anyascii(asked.name).lower(), "keys": keys},
        )
        weights = sought.weights()
        found = [self.people[row] for row in {row for (row,) in rows.fetchall()}]
        found.sort(key=lambda known: score_of(valued(sought, known), weights), reverse=True)
        return found[:10]

    def close(self) -> None:
        self.raw.close()
        self._run("pg_ctl", "-m", "fast", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, command: str, *words: str) -> None:
        said = [str(POSTGRES / command), "-D", f"{self.folder}/data", *words]
        subprocess.run(said, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, user=self.user, cwd="/")


class OneByOne:
    """Splink with the settings of the overnight pass, one question at a time, as it was not made for."""

    called = "Splink, one question at a time"

    def __init__(self, folder: Path, people: Everybody):
        import pyarrow as pa  # type: ignore[import-untyped]
        from splink import DuckDBAPI
        from splink import Linker

        from holdfast.people.linking.overnight import connection
        from holdfast.people.linking.settings import COLUMNS
        from holdfast.people.linking.settings import settings

        logging.getLogger("splink").setLevel(logging.ERROR)
        text, lines = pa.string(), pa.list_(pa.string())
        self.schema = pa.schema([(name, lines if name in ("numbers", "places") else text) for name in COLUMNS])
        self.people, self.table = people, pa.Table
        self.engine = DuckDBAPI(connection("8GB"))
        self.known = self.engine.register(pa.concat_tables(self._all(people)))
        self.linker = Linker(self.known, settings(), log_level=logging.ERROR)

    def find(self, asked: Asked) -> list[Known]:
        numbers, addresses = tuple(filter(None, [asked.number])), tuple(filter(None, [asked.address]))
        sought = Known(UUID(int=0), "other", (asked.name,), read_born(asked.born), numbers, addresses)
        new = self.engine.register(self._rows([sought], "asked"))
        pairs = self.linker.inference.predict_between(self.known, new).as_record_list()
        pairs.sort(key=lambda pair: -pair["match_weight"])
        found = [pair[side] for pair in pairs for side in ("unique_id_l", "unique_id_r") if "asked" not in pair[side]]
        return [self.people[at] for at in dict.fromkeys(int(each.partition(".")[0]) for each in found)]

    def close(self) -> None:
        del self.linker, self.known, self.engine

    def _all(self, people: Everybody) -> Iterator[Any]:
        """Some at a time: all as rows of Python would take more memory than the machine has."""
        coming, done = iter(people), 0
        while some := list(islice(coming, 50_000)):
            yield self._rows(some, first=done)
            done += len(some)

    def _rows(self, people: list[Known], called: str = "", first: int = 0) -> Any:
        from holdfast.people.linking.rows import person_of
        from holdfast.people.linking.rows import rows_of

        rows = [
            {**row, "unique_id": f"{first + person_of(row['unique_id'])}.{number}{called}"}
            for number, row in enumerate(rows_of(people))
        ]
        return self.table.from_pylist(rows, schema=self.schema)


PEERS: tuple[type[Any], ...] = (Trigrams, Everything, Tantivy, Postgres, OneByOne)
