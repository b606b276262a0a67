"""The overnight pass: Splink over everybody at once, on DuckDB in memory, with nowhere on the disk to put anything.

- DuckDB is given no temporary folder and no way out of its process: what does not fit into the memory it may use ends
  the pass with a clear refusal, and never spills a name.
- It answers pairs of people by their place in the list. Words for why, and how surely, come from `alike.pair`.
"""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from typing import NamedTuple
from uuid import UUID

from holdfast.people.known import Known
from holdfast.people.linking.alike import pair
from holdfast.people.linking.proposal import Pair
from holdfast.people.linking.proposal import Proposal
from holdfast.people.linking.proposal import propose_from
from holdfast.people.linking.rows import person_of
from holdfast.people.linking.rows import rows_of
from holdfast.people.linking.settings import LOOKED_AT_FROM
from holdfast.people.linking.settings import settings

MEMORY = "1GB"
ABSENT = (
    "Splink is not installed, so nothing was compared overnight. Links are still found one at a time, at the desk. "
    "Install what requirements/linking.txt pins, and run `holdfast people link` again."
)
TOO_MUCH = (
    "The people of this installation do not fit into the memory that the pass may use, and it writes nothing to the "
    "disk. Nothing was proposed. Run it again with more: `holdfast people link --memory 4GB`."
)
FAILED = (
    "The comparing ended with a fault, and nothing was proposed. Links are still found one at a time at the desk. Look "
    "whether what requirements/linking.txt pins is what is installed, and run `holdfast people link` again."
)


class CannotLink(RuntimeError):
    """The pass could not be made. Whoever runs the system can put it right."""


class Between(NamedTuple):
    """Two cases that may belong together."""

    one: UUID
    other: UUID
    proposal: Proposal


def connection(memory: str = MEMORY) -> Any:
    """A DuckDB that lives in memory alone: no temporary folder, no files, no network, no extensions."""
    try:
        import duckdb
    except ImportError as fault:
        raise CannotLink(ABSENT) from fault
    made = duckdb.connect(":memory:", config={"temp_directory": "", "memory_limit": memory})
    made.execute("SET autoinstall_known_extensions = false; SET autoload_known_extensions = false")
    made.execute("SET enable_external_access = false")
    return made


def pairs_among(people: Sequence[Known], memory: str = MEMORY) -> list[tuple[int, int, float]]:
    """Who may be one person: their two places in the list, and the probability that Splink gives it."""
    try:
        import duckdb
        import pyarrow as pa
        from splink import DuckDBAPI
        from splink.internals.exceptions import SplinkException
    except ImportError as fault:
        raise CannotLink(ABSENT) from fault
    rows = rows_of(people)
    if len(rows) < 2:
        return []
    opened = connection(memory)
    try:
        return linked(DuckDBAPI(opened), pa.Table.from_pylist(rows, schema=_schema(pa)))
    except (duckdb.Error, SplinkException) as fault:
        full = isinstance(fault, duckdb.OutOfMemoryException) or "Out of Memory" in str(fault)
        raise CannotLink(TOO_MUCH if full else FAILED) from None  # what they say could hold what was compared
    finally:
        opened.close()


def linked(engine: Any, table: Any) -> list[tuple[int, int, float]]:
    """The same for any of Splink's engines and a table of `rows_of` in that engine's own form."""
    from splink import Linker

    logging.getLogger("splink").setLevel(logging.ERROR)
    linker = Linker(engine.register(table), settings(), log_level=logging.ERROR)
    predicted = linker.inference.predict(threshold_match_probability=LOOKED_AT_FROM)
    best: dict[tuple[int, int], float] = {}
    for row in predicted.as_record_list():
        two = sorted((person_of(row["unique_id_l"]), person_of(row["unique_id_r"])))
        key, score = (two[0], two[1]), float(row["match_probability"])
        if two[0] != two[1]:
            best[key] = max(score, best.get(key, 0.0))
    return sorted((one, other, score) for (one, other), score in best.items())


def propose_all(people: Sequence[Known], opened_at: dict[UUID, datetime], memory: str = MEMORY) -> list[Between]:
    """What to propose, each two cases once, in an order that is the same every night."""
    found: dict[tuple[UUID, UUID], list[Pair]] = {}
    for here, there, _score in pairs_among(people, memory):
        one, other = sorted((people[here], people[there]), key=lambda known: str(known.case))
        if one.case != other.case and (both := pair(one, other)) and both.sureness != "possible":
            found.setdefault((one.case, other.case), []).append(both)
    made: list[Between] = []
    for (one_case, other_case), pairs in sorted(found.items(), key=lambda item: (str(item[0][0]), str(item[0][1]))):
        proposal = propose_from(pairs, opened_at[one_case], opened_at[other_case])
        if proposal is not None:
            made.append(Between(one_case, other_case, proposal))
    return made


def _schema(pa: Any) -> Any:
    text, lines = pa.string(), pa.list_(pa.string())
    from holdfast.people.linking.settings import COLUMNS

    return pa.schema([(name, lines if name in ("numbers", "places") else text) for name in COLUMNS])
