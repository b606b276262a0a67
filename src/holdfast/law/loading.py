"""Loading a pack: YAML 1.2 files, one kind of thing a file or folder, read strictly and joined with what they inherit.

- YAML 1.2, so that `no` and `22:30` stay text. Tags, aliases beyond a few, and duplicate keys are refused.
- Every fault is a `Fault` with a stable id; `load_pack` raises them all together as `PackRefused`.
- `compile_pack` gives bytes that `read_compiled` opens in a few milliseconds; they carry the digest of the files they
  came from.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

import msgspec
from ruamel.yaml.error import YAMLError

from holdfast.law.calendars import Calendar
from holdfast.law.calendars import Days
from holdfast.law.calendars import counted_days
from holdfast.law.data import Data
from holdfast.law.fault import Fault
from holdfast.law.fault import PackRefused
from holdfast.law.inherit import join
from holdfast.law.pack import Pack
from holdfast.law.reading import read_folder
from holdfast.law.reading import read_text

# The usual way to write it, on a line of its own. Any other is read as YAML, which takes far longer.
_PARENT = re.compile(r"inherits:[ \t]+(?P<q>[\"']?)(?P<id>[a-z][a-z0-9-]*)(?P=q)[ \t]*(?:#.*)?")
_COMPILED = b"holdfast-pack-5\n"
# Made once, as the program starts: msgspec ends the process where two threads work out one type at the same time.
_OPENS = msgspec.json.Decoder(Pack)


def load_pack(folder: Path, cache: Path | None = None) -> Pack:
    """The pack in a folder, with what it inherits from the folders beside it; PackRefused with every fault.

    `cache` is a folder for compiled packs; one is used only when it was made from these very files.
    """
    digest = digest_of(folder)
    kept = cache / f"{folder.name}.json" if cache else None
    if kept and kept.is_file():
        pack = read_compiled(kept.read_bytes(), digest)
        if pack is not None:
            return pack
    pack = parse_pack(folder)
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        being_written = kept.with_suffix(f".{id(pack)}.part")
        try:
            being_written.write_bytes(compile_pack(pack, digest))
            being_written.replace(kept)
        finally:
            being_written.unlink(missing_ok=True)  # a disk that ran full keeps no half of it
    return ready(pack)


def parse_pack(folder: Path) -> Pack:
    """The pack as its files say, joined with its parents; PackRefused with every fault that reading finds."""
    faults: list[Fault] = []
    pack = gather(folder, faults)
    if faults or pack is None:
        raise PackRefused(faults)
    return pack


def gather(folder: Path, faults: list[Fault]) -> Pack | None:
    """As much of a pack and its parents as can be read, joined; every fault is added to `faults`."""
    chain: list[Pack] = []
    seen: set[str] = set()
    current: Path | None = folder
    while current is not None:
        if current.name in seen:
            faults.append(
                Fault("law.E003", f"{current.name}/pack.yaml", "It inherits in a circle.", "Break the circle.")
            )
            return None
        seen.add(current.name)
        pack, found = read_folder(current)
        faults += found
        if pack is None:
            return None
        chain.append(pack)
        current = current.parent / pack.inherits if pack.inherits else None
    joined, found = join(list(reversed(chain)))
    faults += found
    return joined


def ready(pack: Pack) -> Pack:
    """The pack with its calendars ready for counting; PackRefused where a zone, weekday or country is not there."""
    try:
        return msgspec.structs.replace(pack, days=Days(pack.timezone, pack.calendars))
    except (KeyError, ValueError, NotImplementedError, OSError) as fault:  # each library says it in its own way
        what = "Its time zone, a weekday, a day or a country's holidays are not there, so no day can be counted."
        hint = "Look at `timezone` in pack.yaml, and at weekdays, holidays, from and until in calendars.yaml."
        raise PackRefused([Fault("law.E016", f"{pack.id}/calendars.yaml", what, hint)]) from fault


def compile_pack(pack: Pack, digest: str) -> bytes:
    """The pack as bytes that open quickly, its calendars' days already worked out."""
    calendars = {
        name: msgspec.structs.replace(calendar, days=counted_days(calendar))
        for name, calendar in pack.calendars.items()
    }
    plain = msgspec.structs.replace(pack, calendars=calendars, days=None)
    return _COMPILED + digest.encode() + b"\n" + msgspec.json.encode(plain)


def read_compiled(data: bytes, digest: str) -> Pack | None:
    """The pack in compiled bytes, or None when they were made from other files or by another version."""
    if not data.startswith(_COMPILED + digest.encode() + b"\n"):
        return None
    try:
        return ready(_OPENS.decode(data[len(_COMPILED) + len(digest) + 1 :]))
    except msgspec.MsgspecError:
        return None


def digest_of(folder: Path) -> str:
    """One digest over every file of a pack and of those it inherits from, and over this program's own pack types."""
    total = hashlib.sha256(_types().encode())
    current: Path | None = folder
    seen: set[str] = set()
    while current is not None and current.name not in seen and (current / "pack.yaml").is_file():
        seen.add(current.name)
        parent = ""
        for file in pack_files(current):
            data = file.read_bytes()
            total.update(f"{current.name}/{file.relative_to(current)}\n{len(data)}\n".encode())
            total.update(data)
            if file.name == "pack.yaml":
                parent = parent_of(data)
        current = current.parent / parent if parent else None
    return total.hexdigest()


def pack_files(folder: Path) -> list[Path]:
    """Every file of a pack but its worked cases, in order."""
    return sorted(
        file
        for file in folder.rglob("*")
        if file.suffix in (".yaml", ".md") and file.is_file() and "worked" not in file.relative_to(folder).parts
    )


def opens_cases(folder: Path) -> bool:
    """Whether a case can be opened under the pack in a folder: not where it is only inherited from."""
    head = (folder / "pack.yaml").read_text(encoding="utf-8", errors="replace")
    if any(line.split("#")[0].split() == ["abstract:", "true"] for line in head.splitlines()):
        return False
    return "abstract" not in head or _head(head).get("abstract") is not True


def parent_of(pack_yaml: bytes) -> str:
    """The id of the pack that another inherits from, read from its pack.yaml; '' for none."""
    text = pack_yaml.decode("utf-8", "replace")
    for line in text.splitlines():
        if found := _PARENT.fullmatch(line):
            return found["id"]
    return str(_head(text).get("inherits") or "") if "inherits" in text else ""


def _head(text: str) -> dict[str, Any]:
    """The keys of a head written in another way than one a line; none where it cannot be read, which reading tells."""
    try:
        head = read_text(text)
    except (YAMLError, ValueError):
        return {}
    return head if isinstance(head, dict) else {}


def _types() -> str:
    def described(struct: Any) -> str:
        return ",".join(f"{field.name}:{field.type}" for field in msgspec.structs.fields(struct))

    structs: list[type[msgspec.Struct]] = [Calendar]
    waiting: list[type[msgspec.Struct]] = [Data]
    while waiting:
        struct = waiting.pop()
        structs.append(struct)
        waiting += struct.__subclasses__()
    return "\n".join(sorted(f"{struct.__name__} {described(struct)}" for struct in structs))
