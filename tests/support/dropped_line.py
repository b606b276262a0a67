"""A line between a browser and a server that can be cut and mended: real bytes, relayed in one thread."""

import asyncio
import threading
from contextlib import suppress


class Line:
    """Relays from a port of its own to the server's, until it is cut."""

    def __init__(self, to_port: int):
        self._to_port = to_port
        self._loop = asyncio.new_event_loop()
        self._open: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.port = 0
        self.is_cut = False
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,), daemon=True)
        self._thread.start()
        assert ready.wait(10)

    def cut(self) -> None:
        """Breaks every connection and lets no other through."""
        self._call(self._cut)

    def mend(self) -> None:
        """Lets connections through again."""
        self.is_cut = False

    def stop(self) -> None:
        """The end of it."""
        self._call(self._cut)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def _call(self, work) -> None:
        done = threading.Event()
        self._loop.call_soon_threadsafe(lambda: (work(), done.set()))
        assert done.wait(10)

    def _cut(self) -> None:
        self.is_cut = True
        for writer in list(self._open):
            writer.transport.abort()
        self._open.clear()

    def _run(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)

        async def begin() -> None:
            server = await asyncio.start_server(self._relay, "127.0.0.1", 0)
            self.port = server.sockets[0].getsockname()[1]
            self._server = server

        self._loop.run_until_complete(begin())
        ready.set()
        self._loop.run_forever()
        self._server.close()
        for task in list(self._tasks):
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*self._tasks, return_exceptions=True))

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        if self.is_cut:
            writer.transport.abort()
            return
        there_reader, there = await asyncio.open_connection("127.0.0.1", self._to_port)
        self._open |= {writer, there}
        with suppress(OSError, asyncio.CancelledError):
            await asyncio.gather(_pass_on(reader, there), _pass_on(there_reader, writer))
        for each in (writer, there):
            self._open.discard(each)
            each.transport.abort()


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while piece := await reader.read(65536):
        writer.write(piece)
        await writer.drain()
    if writer.can_write_eof():
        writer.write_eof()
