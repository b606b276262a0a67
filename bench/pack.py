"""Loading the pack at start, from its compiled bytes and from its YAML, beside json.loads of the same bytes.

- Wall time, because loading reads files.
- Compiled is what every start but the first after a change does: digest of all files, bytes, calendars.
- The bare reading is json.loads of the compiled bytes: plain dicts, no types, nothing checked.
"""

import json
import tempfile
import time
from pathlib import Path

from _measure import HOUSE
from _measure import PACK
from _measure import figure
from _measure import heading
from _measure import in_turns
from _measure import middle
from _measure import ms
from _measure import ratio
from _measure import target

from holdfast.duties.owed import owed
from holdfast.examples import examples
from holdfast.law.loading import digest_of
from holdfast.law.loading import load_pack
from holdfast.law.rules import duty_rules

MOST = 0.050


def main() -> None:
    """Measures all three."""
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder)
        pack = load_pack(PACK, cache)
        compiled = next(cache.glob("*.json")).read_bytes()
        plain = compiled[compiled.index(b"{") :]
        heading(f"pack: {PACK.relative_to(HOUSE)}, {len(pack.duties)} duties, {len(compiled) // 1024:,} kB compiled")
        times = in_turns(
            {
                "compiled": lambda: load_pack(PACK, cache),
                "and its rules": lambda: duty_rules(load_pack(PACK, cache)),
                "digest": lambda: digest_of(PACK),
                "json": lambda: json.loads(plain),
            },
            rounds=25,
            clock=time.perf_counter,
        )
        compiled_time, bare = middle(times["compiled"]), middle(times["json"])
        figure("loaded from compiled bytes", ms(compiled_time), ratio(compiled_time, bare, "json.loads"))
        figure("    of which the digest of all files", ms(middle(times["digest"])))
        figure("json.loads of the same bytes", ms(bare))
        figure("loaded, and its rules made ready to be asked", ms(middle(times["and its rules"])))
        yaml = middle(in_turns({"yaml": lambda: load_pack(PACK)}, rounds=2, clock=time.perf_counter)["yaml"])
        figure("read from YAML, every file", ms(yaml), ratio(yaml, compiled_time, "the compiled"))
        target("under 50 ms", met=compiled_time < MOST)
        first = next(iter(examples_now()))
        assert owed(first.entries, load_pack(PACK, cache), first.at), "a pack that owes nothing is not the pack"


def examples_now() -> tuple:
    """The invented cases."""
    from datetime import UTC
    from datetime import datetime

    return examples(datetime(2026, 11, 20, 12, tzinfo=UTC))


if __name__ == "__main__":
    main()
