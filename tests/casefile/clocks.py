"""Clock processes for `test_ringing_killed.py`: `python clocks.py FOLDER EPOCH`.

It reads lines: each asks for one more clock, a process of its own that runs until it is killed, and is answered with
its number. A minute of a clock passes in a second, so that alarms climb while the test waits.
"""

import os
import signal
import sys
import time
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from pathlib import Path

FASTER = 60


def main() -> None:
    """Forks clocks as they are asked for. It never opens the database itself."""
    os.environ["HOLDFAST_DATA"] = sys.argv[1]
    epoch = datetime.fromisoformat(sys.argv[2])
    from holdfast.site.start import start

    start()
    from holdfast.casefile.clock import tick
    from holdfast.casefile.packs import pack_called
    from holdfast.casefile.ringing import ring_due

    pack_called("smallplace")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _ in sys.stdin:
        clock = os.fork()
        if clock:
            os.write(1, f"{clock}\n".encode())
            continue
        while True:
            now = datetime.now(UTC)
            tick(now)
            ring_due(epoch + timedelta(seconds=(now - epoch).total_seconds() * FASTER))
            time.sleep(0.01)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    main()
