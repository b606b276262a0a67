"""A connection that does not bring its request in time is closed: otherwise a few slow ones would hold every place.

The server itself counts only the time between two requests. This one counts, too, from the opening of a connection, or
from the first byte of a request, until its headers are whole; limits.py counts the body.
"""

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEADERS_WITHIN = 15.0  # seconds: many times what the slowest telephone line needs


class Patient(H11Protocol):
    """uvicorn's own protocol, with a limit to its patience."""

    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begins to count."""
        super().connection_made(transport)
        self._late = self.loop.call_later(HEADERS_WITHIN, self._close_late)

    def data_received(self, data: bytes) -> None:
        """Counts from the first byte of each further request; stops when its headers are whole."""
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._stop()
        elif self._late is None and self.conn.trailing_data[0]:
            self._late = self.loop.call_later(HEADERS_WITHIN, self._close_late)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stops counting."""
        self._stop()
        super().connection_lost(exc)

    def _stop(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _close_late(self, *_: Any) -> None:
        if not self.transport.is_closing():
            self.transport.abort()
