"""Runs what is asynchronous in a thread of its own: a browser's loop may be running in the one that a test has."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from typing import TypeVar

Answer = TypeVar("Answer")


def run_apart(work: Coroutine[Any, Any, Answer]) -> Answer:
    """As asyncio.run, wherever it is called from."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, work).result()
