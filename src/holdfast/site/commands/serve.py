"""Serves this installation. Refuses to start where it could not keep its promises; each reason has an id."""

import argparse
import gc
import sys

from holdfast.site.commands.refusing import port
from holdfast.site.operator import operator_may
from holdfast.site.start import faults_at_start
from holdfast.site.start import refuse_any
from holdfast.site.start import start


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen."""
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen at (this machine only)")
    parser.add_argument("--port", type=port, default=8000, help="the port to listen at (8000)")


def run(asked: argparse.Namespace) -> int:
    """Checks, then serves until it is stopped."""
    start()
    refuse_any(faults_at_start())
    operator_may("serve")
    print(f"Serving at http://{asked.host}:{asked.port}/", file=sys.stderr)
    return serve(asked.host, asked.port)


def serve(host: str, port: int) -> int:
    """One process: the pages, and beside them the clock."""
    import uvicorn

    from holdfast.casefile.clock import Clock
    from holdfast.doors.guide.places import places
    from holdfast.site.patient import Patient

    places()  # read before anybody asks: the first time after a change takes seconds
    # What was loaded to start stays for good: the collector need not walk through it each time, while somebody waits.
    gc.collect()
    gc.freeze()
    with Clock():
        server = uvicorn.Server(
            uvicorn.Config(
                "holdfast.site.asgi:application",
                host=host,
                port=port,
                log_config=None,  # settings say what is logged
                access_log=False,  # no log says who read which page
                server_header=False,
                lifespan="on",
                timeout_graceful_shutdown=5,
                timeout_keep_alive=5,
                http=Patient,
                ws="none",
                h11_max_incomplete_event_size=32_768,  # the headers of one request, all together
                limit_concurrency=800,  # below the files that a process may have open
            )
        )
        try:
            server.run()
        except KeyboardInterrupt:
            return 0
    return 0 if server.started else 1
