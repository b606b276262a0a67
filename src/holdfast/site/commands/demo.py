"""Prepares the demo of invented cases in a data folder of its own, and serves it to this machine only."""

import argparse
import json
import socket
from datetime import UTC
from datetime import datetime
from typing import Any

from holdfast.casefile.keyring import make_ring
from holdfast.casefile.keyring import ring_in
from holdfast.site.commands.refusing import NotDone
from holdfast.site.commands.refusing import in_words
from holdfast.site.commands.refusing import port
from holdfast.site.operator import operator_may
from holdfast.site.start import data_folder
from holdfast.site.start import faults_at_start
from holdfast.site.start import make_database
from holdfast.site.start import refuse_any
from holdfast.site.start import start


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen."""
    parser.add_argument("--port", type=port, default=8000, help="the port to listen at (8000)")
    parser.add_argument("--prepare", action="store_true", help="prepare everything, and do not serve")


def run(asked: argparse.Namespace) -> int:
    """Makes what is missing, prints where to look and how to sign in, and serves."""
    operator_may("set_up", log=False)
    operator_may("serve", log=False)
    if not asked.prepare and not _free(asked.port):
        raise NotDone([f"Port {asked.port} is taken by another program. Stop that, or name another with --port."])
    folder = data_folder()
    ring = ring_in(folder)
    if ring is not None and not ring.demo:
        raise NotDone(["The data folder was made for real cases. Name another one for the demo by HOLDFAST_DATA."])
    if ring is None:
        make_ring(folder, demo=True)
    start(demo=True)
    make_database()
    refuse_any(faults_at_start())
    told = _prepare(asked.port)
    print(json.dumps(told, ensure_ascii=False) if asked.json else _shown(told, serving=not asked.prepare), flush=True)
    in_words([("", fault) for fault in told["not_loaded"]])
    if asked.prepare:
        return 1 if told["not_loaded"] else 0
    from holdfast.site.commands.serve import serve

    return serve("127.0.0.1", asked.port)


def _prepare(port: int) -> dict[str, Any]:
    from holdfast.casefile.checkpoints import checkpoint
    from holdfast.doors.guide.places import places
    from holdfast.site.demo import PASSWORD
    from holdfast.site.demo import issue_all_words
    from holdfast.site.demo import load_examples
    from holdfast.site.demo import make_staff
    from holdfast.site.demo import take_in_examples

    places()  # the law of every place is read before it is said where to look
    now = datetime.now(UTC)
    staff = make_staff()
    faults = load_examples(now) + take_in_examples(now)
    checkpoint()
    here = f"http://127.0.0.1:{port}"
    return {
        "guide": f"{here}/",
        "survivor": f"{here}/my/",
        "desk": f"{here}/desk/",
        "password": PASSWORD,
        "staff": [{"name": name, "role": role} for name, role in staff],
        "cases": [example._asdict() for example in issue_all_words(now)],
        "not_loaded": faults,
    }


def _shown(told: dict[str, Any], *, serving: bool) -> str:
    from holdfast.casefile.codes import shown

    lines = [
        "",
        "  Every person and case here is invented.",
        "",
        f"  The guide, for everybody     {told['guide']}",
        f"  The survivor's own page      {told['survivor']}",
    ]
    lines += [f"      {case['title']:26} case {shown(case['code'])}   words: {case['words']}" for case in told["cases"]]
    lines += [f"  The desk, for staff          {told['desk']}", f"      password for all: {told['password']}"]
    lines += ["      The demo alone asks no passkey and no code beside it. Each sees what is their own work."]
    lines += [f"      {member['name']:24} {member['role']}" for member in told["staff"]]
    if not (data_folder() / "handbook").is_dir():
        lines += [
            "",
            "  No files (PDF, EPUB, braille) are built yet: make formats && .venv/bin/holdfast handbook PLACE",
        ]
    return "\n".join([*lines, "", *(["  Ctrl-C stops it.", ""] if serving else [])])


def _free(port: int) -> bool:
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
