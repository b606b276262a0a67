"""The ports of the sound: one for each line, from those that were set, or any that is free."""

import asyncio

from holdfast.doors.telephone.line import Line


class Ports:
    """`first` and `last` bound them; 0 for any that is free."""

    def __init__(self, host: str, first: int, last: int):
        self._host, self._first, self._last, self._next = host, first, last, 0

    async def open(self, line: Line) -> int:
        """Opens one for a line; its number. OSError where none is free."""
        loop, tried = asyncio.get_running_loop(), 0
        first, last = self._first, self._last
        while True:
            port = first + self._next % (last - first + 1) if first else 0
            self._next += 2  # the odd one beside it is RTCP's
            try:
                transport, _ = await loop.create_datagram_endpoint(lambda: line, local_addr=(self._host, port))
            except OSError:
                tried += 2
                if not first or tried > last - first:
                    raise
            else:
                return int(transport.get_extra_info("sockname")[1])
