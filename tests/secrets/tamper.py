"""Ways to tamper with what is stored, as somebody does who has the disk, knows SQLite and is in no hurry.

Each is given chance (`Random`), the folder and the database's connection, and says what it did, '' where nothing.
"""

import shutil
import sqlite3
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

# Which columns of a row may be flipped, swapped or cut. Left out is what says nothing: see verifying_rows.py.
CHANGED = {
    "entry": ("number", "kind", "happened_at", "recorded_at", "role", "staff", "header", "sealed", "hash", "case_id"),
    "case": ("id", "code", "pack", "force", "area", "opened_at", "length", "head", "revision", "invented", "witnessed",
             "mark"),
    "case_key": ("case_id", "ring_key", "wrapped"),
    "duty_row": ("case_id", "duty", "started_by", "instance", "owed_by", "staff", "state", "owed_to", "started_at",
                 "due_by", "in_words", "missed", "live", "sort_at", "ended_by", "ended_at", "pack", "force", "area"),
    "log_line": ("number", "at", "role", "staff", "team", "act", "case", "allowed", "tie", "line", "hash"),
    "log_chain": ("length", "head"),
    "key_check": ("name", "wrapped"),
}  # fmt: skip
Way = Callable[[Random, Path, sqlite3.Connection], str]
OF_A_CASE = (("entry", "case_id"), ("duty_row", "case_id"), ("case_key", "case_id"), ("case", "id"))


def rows(raw: sqlite3.Connection, table: str, where: str = "1") -> list[int]:
    return [row for (row,) in raw.execute(f'SELECT rowid FROM "{table}" WHERE {where} ORDER BY rowid')]


def some_table(chance: Random) -> str:
    return chance.choices(list(CHANGED), [6, 5, 3, 6, 3, 1, 1])[0]


def changed_bit(chance: Random, value: Any) -> Any:
    """The value with one bit the other way round; of its own type where that can be."""
    if isinstance(value, int):
        return value ^ (1 << chance.randrange(4))
    text = isinstance(value, str)
    content = bytearray(value.encode() if text else value)
    if not content:
        return "X" if text else b"X"
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    try:
        return bytes(content).decode() if text else bytes(content)
    except UnicodeDecodeError:
        return bytes(content)


def put(raw: sqlite3.Connection, table: str, row: int, column: str, value: Any) -> bool:
    """Whether the database took it: some tampering its own constraints refuse."""
    try:
        raw.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?', (value, row))
    except (sqlite3.IntegrityError, sqlite3.DataError):
        return False
    return True


def get(raw: sqlite3.Connection, table: str, row: int, column: str) -> Any:
    return raw.execute(f'SELECT "{column}" FROM "{table}" WHERE rowid = ?', (row,)).fetchone()[0]


def flip(chance: Random, folder: Path, raw: sqlite3.Connection) -> str:
    table = some_table(chance)
    row, column = chance.choice(rows(raw, table)), chance.choice(CHANGED[table])
    before = get(raw, table, row, column)
    after = changed_bit(chance, before) if before is not None else "X"
    return f"flip {table}.{column}" if put(raw, table, row, column, after) else ""


def cut(chance: Random, folder: Path, raw: sqlite3.Connection) -> str:
    table = some_table(chance)
    row, column = chance.choice(rows(raw, table)), chance.choice(CHANGED[table])
    before = get(raw, table, row, column)
    if not isinstance(before, str | bytes) or not before:
        return ""
    done = put(raw, table, row, column, before[: chance.randrange(len(before))])
    return f"cut {table}.{column}" if done else ""


def drop(chance: Random, folder: Path, raw: sqlite3.Connection) -> str:
    table = some_table(chance)
    if table == "key_check":
        return ""  # the next start makes it again from the same keys
    raw.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (chance.choice(rows(raw, table)),))
    return f"drop {table}"


def swap(chance: Random, folder: Path, raw: sqlite3.Connection) -> str:
    table = chance.choice(("entry", "case", "case_key", "duty_row", "log_line"))
    one, other = chance.sample(rows(raw, table), 2)
    columns = chance.choice((CHANGED[table][-3:], CHANGED[table][1:2], CHANGED[table][2:4]))
    before = [[get(raw, table, row, column) for column in columns] for row in (one, other)]
    if before[0] == before[1]:
        return ""
    taken = True
    for row, values in ((one, before[1]), (other, before[0])):
        for column, value in zip(columns, values, strict=True):
            taken = put(raw, table, row, column, value) and taken
    now = [[get(raw, table, row, column) for column in columns] for row in (one, other)]
    return f"swap {table} {columns}" if taken and now != before else ""


def truncate(chance: Random, folder: Path, raw: sqlite3.Connection) -> str:
    """Takes entries off the end of a case, and puts its row right, as somebody would who knows how it is kept."""
    case, length = chance.choice(raw.execute('SELECT id, length FROM "case"').fetchall())
    left = chance.randrange(length)
    raw.execute("DELETE FROM entry WHERE case_id = ? AND number > ?", (case, left))
    raw.execute("DELETE FROM duty_row WHERE case_id = ? AND started_by > ?", (case, left))
    head = raw.execute("SELECT hash FROM entry WHERE case_id = ? AND number = ?", (case, left)).fetchone()
    raw.execute(
        'UPDATE "case" SET length = ?, head = ?, witnessed = MIN(witnessed, ?) WHERE id = ?',
        (left, head[0] if head else b"", left, case),
    )
    return f"truncate {length} to {left}"


def truncate_log(chance: Random, folder: Path, raw: sqlite3.Connection) -> str:
    length = raw.execute("SELECT length FROM log_chain").fetchone()[0]
    left = chance.randrange(1, length)
    raw.execute("DELETE FROM log_line WHERE number > ?", (left,))
    raw.execute(
        "UPDATE log_chain SET length = ?, witnessed = ?, head = (SELECT hash FROM log_line WHERE number = ?)",
        (left, left, left),
    )
    return f"truncate log {length} to {left}"


def write_anew(chance: Random, folder: Path, raw: sqlite3.Connection) -> str:
    """Changes the end of a case and hashes it anew: only a checkpoint, or the key, can tell."""
    case, length = chance.choice(raw.execute('SELECT id, length FROM "case"').fetchall())
    header, sealed = raw.execute(
        "SELECT header, sealed FROM entry WHERE case_id = ? AND number = ?", (case, length)
    ).fetchone()
    header = header.replace(b'"occurrence":null', b'"occurrence":1') if chance.random() < 0.5 else header
    sealed = changed_bit(chance, sealed)
    framed = len(header).to_bytes(8, "big") + header + len(sealed).to_bytes(8, "big") + sealed
    digest = sha256(b"holdfast/entry/1\n" + framed).digest()
    raw.execute(
        "UPDATE entry SET header = ?, sealed = ?, hash = ? WHERE case_id = ? AND number = ?",
        (header, sealed, digest, case, length),
    )
    raw.execute('UPDATE "case" SET head = ? WHERE id = ?', (digest, case))
    return "write anew"


def remove_case(chance: Random, folder: Path, raw: sqlite3.Connection) -> str:
    case = chance.choice(raw.execute('SELECT id FROM "case"').fetchall())[0]
    kept = chance.sample(OF_A_CASE, chance.randrange(len(OF_A_CASE)))
    for table, column in OF_A_CASE:
        if (table, column) not in kept:
            raw.execute(f'DELETE FROM "{table}" WHERE "{column}" = ?', (case,))
    return f"remove case, keeping {[table for table, _ in kept]}"


def roll_back(chance: Random, folder: Path, raw: sqlite3.Connection) -> str:
    """Puts a case, whole or in part, back as an earlier copy of the disk has it."""
    older = folder.parent / "older.sqlite3"
    raw.execute("ATTACH ? AS older", (str(older),))
    case = chance.choice(raw.execute('SELECT id FROM older."case"').fetchall())[0]
    parts = OF_A_CASE[:2] if chance.random() < 0.3 else (OF_A_CASE[3], *OF_A_CASE[:2])
    if chance.random() < 0.3:
        parts = (chance.choice((OF_A_CASE[0], OF_A_CASE[1], OF_A_CASE[3])),)
    before = raw_rows(raw, parts, case)
    for table, column in parts:
        raw.execute(f'DELETE FROM main."{table}" WHERE "{column}" = ?', (case,))
        raw.execute(f'INSERT INTO main."{table}" SELECT * FROM older."{table}" WHERE "{column}" = ?', (case,))
    raw.commit()
    after = raw_rows(raw, parts, case)
    raw.execute("DETACH older")
    if before == after:
        return ""  # nothing had happened in between
    return f"roll back {[table for table, _ in parts]}"


def raw_rows(raw: sqlite3.Connection, parts: Any, case: str) -> list[Any]:
    found = []
    for table, column in parts:
        left_out = "id" if table == "duty_row" else ""  # the number that SQLite gives a row says nothing
        columns = [row[1] for row in raw.execute(f'PRAGMA main.table_info("{table}")') if row[1] != left_out]
        listed = ", ".join(f'"{name}"' for name in columns)
        found.append(raw.execute(f'SELECT {listed} FROM main."{table}" WHERE "{column}" = ? ORDER BY 1, 2, 3', (case,)))
    return [each.fetchall() for each in found]


def invent_a_duty(chance: Random, folder: Path, raw: sqlite3.Connection) -> str:
    columns = ", ".join(f'"{name}"' for name in CHANGED["duty_row"] if name != "instance")
    raw.execute(
        f"INSERT INTO duty_row (instance, {columns}) SELECT instance + 50, {columns} FROM duty_row WHERE rowid = ?",
        (chance.choice(rows(raw, "duty_row")),),
    )
    return "invent a duty"


def look_later(chance: Random, folder: Path, raw: sqlite3.Connection) -> str:
    """Stops a case's clock, or sets it to a day on which nothing changes."""
    row = chance.choice(rows(raw, "case"))
    before, after = get(raw, "case", row, "look_again_at"), chance.choice((None, "2199-01-01 00:00:00"))
    return "look later" if before != after and put(raw, "case", row, "look_again_at", after) else ""


def ring_later(chance: Random, folder: Path, raw: sqlite3.Connection) -> str:
    """Keeps the control room from being rung, or has it rung on a day that nothing gives."""
    row = chance.choice(rows(raw, "case"))
    before, after = get(raw, "case", row, "ring_at"), chance.choice((None, "2199-01-01 00:00:00"))
    return "ring later" if before != after and put(raw, "case", row, "ring_at", after) else ""


def checkpoint_file(chance: Random, folder: Path, raw: sqlite3.Connection) -> str:
    place = chance.choice((folder / "checkpoints", folder / "checkpoint-copy"))
    files = sorted(place.glob("0*.txt"))
    what = chance.choice(("flip", "cut", "drop", "swap", "roll back both", "public key"))
    file = chance.choice(files)
    if what == "flip":
        file.write_bytes(changed_bit(chance, file.read_bytes()))
    elif what == "cut":
        file.write_bytes(file.read_bytes()[: chance.randrange(file.stat().st_size)])
    elif what == "drop":
        file.unlink()
    elif what == "swap":
        one, other = chance.sample(files, 2)
        first = one.read_bytes()
        shutil.copy(other, one)
        other.write_bytes(first)
    elif what == "roll back both":
        for each in ("checkpoints", "checkpoint-copy"):
            max((folder / each).glob("0*.txt")).unlink()
    else:
        (place / "public-key.txt").write_bytes(changed_bit(chance, (place / "public-key.txt").read_bytes()))
    return f"checkpoint: {what}"


WAYS: dict[Way, int] = {
    flip: 10, cut: 4, drop: 5, swap: 5, truncate: 3, truncate_log: 1, write_anew: 2, remove_case: 3, roll_back: 4,
    invent_a_duty: 1, look_later: 1, ring_later: 1, checkpoint_file: 4,
}  # fmt: skip
