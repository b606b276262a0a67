"""A process that records as fast as it can, and says of each entry that it was kept, until it is killed.

`python recording.py FOLDER`. Beside its writers run the clock with its checkpoints, looks into the log, and the keys
being exchanged, so that a kill falls into each of them.
"""

import os
import sys
import threading
from pathlib import Path

WRITERS = 4


def main() -> None:  # noqa: C901 one short function for each thing that goes on at once
    """Runs until it is killed."""
    os.environ["HOLDFAST_DATA"] = sys.argv[1]
    from holdfast.site.start import start

    start()
    from tests.casefile.writing import ask
    from tests.casefile.writing import new_case
    from tests.secrets.searching import canary

    from holdfast.access.looks import log_look
    from holdfast.access.may import Person
    from holdfast.casefile.clock import Clock
    from holdfast.casefile.keys.rotating import add_key
    from holdfast.casefile.keys.rotating import rewrap
    from holdfast.casefile.reading import read_case

    saying = threading.Lock()

    def say(case: object, number: int) -> None:
        with saying:
            os.write(1, f"{case} {number}\n".encode())

    def write(which: int) -> None:
        case = None
        for number in range(10_000_000):
            if number % 25 == 0:
                case = new_case()
                say(case, 1)
            assert case is not None
            say(case, ask(case, f"{canary(which)} and {canary(number % 9000)}"))

    def look() -> None:
        from holdfast.casefile.rederiving import every_case

        while True:
            for case in every_case():
                log_look(Person("investigator", "DC1"), read_case(case).code, "see_case", canary(9100))

    def exchange() -> None:
        while True:
            rewrap()
            add_key()

    with Clock(0.05):
        for work in (*[lambda which=which: write(which) for which in range(WRITERS)], look, exchange):
            threading.Thread(target=work, daemon=True).start()
        threading.Event().wait()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    main()
