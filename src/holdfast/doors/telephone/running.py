"""One run of the answering point: the pack's words made ahead, what an earlier run left finished, and how it stops."""

import asyncio
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from django.conf import settings as of_django

from holdfast.casefile.packs import pack_called
from holdfast.doors.telephone.left import finish_left_here
from holdfast.doors.telephone.point import Point
from holdfast.doors.telephone.point import Settings
from holdfast.doors.telephone.point import rules_of
from holdfast.doors.telephone.prompts import Prompts

WORDS = 5.0  # seconds for the prompts to be spoken ahead
SWITCH = 0.001  # seconds for which one thread may keep the others from running: sound goes out each 20 ms


async def run_point(settings: Settings, told: Callable[[str], None]) -> int:
    """Answers until it is stopped. OSError where the address cannot be had, PackRefused where the pack has faults."""
    pack = pack_called(settings.pack)
    rules = rules_of(pack.emergency)
    prompts = Prompts(Path(of_django.HOLDFAST_DATA) / "prompts")
    point = Point(settings, rules, prompts)
    sys.setswitchinterval(SWITCH)
    loop = asyncio.get_running_loop()

    def stop() -> None:
        if point.stopping:
            point.stop_now()
        else:
            point.stopping = True
            told("Taking no new calls. Stopping when the last caller has gone; stop again to end at once.")

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    made = loop.run_in_executor(None, prompts.make, list(rules.values()), pack.language)
    await asyncio.wait({made}, timeout=WORDS)  # nobody rings here yet; a voice that hangs keeps nobody waiting
    left = loop.run_in_executor(None, finish_left_here, point.process)
    if not rules:
        told(f"{pack.name} has no stage for calls on which nobody speaks: each goes to a person at once.")
    told(f"Answering at {settings.host}:{settings.port}")
    await point.run()
    await asyncio.wait_for(asyncio.gather(made, left), timeout=5)
    return 0
