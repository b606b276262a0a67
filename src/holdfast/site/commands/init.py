"""Makes the data folder: keys, where there are none, and every table. Run it again after each new version."""

import argparse
import json

from holdfast.casefile.keyring import make_ring
from holdfast.casefile.keyring import ring_in
from holdfast.site.commands.refusing import NotDone
from holdfast.site.operator import operator_may
from holdfast.site.start import data_folder
from holdfast.site.start import make_database
from holdfast.site.start import start


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing but what all have."""


def run(asked: argparse.Namespace) -> int:
    """Makes what is missing, and never replaces a key."""
    operator_may("set_up", log=False)  # there is no log before there are tables
    folder = data_folder()
    made = ring_in(folder) is None
    if made and (folder / "holdfast.sqlite3").exists():
        why = "There is a database here and no key ring. None was made: a new one could never open these cases."
        raise NotDone([f"{why} Put back your copy of keyring.json."])
    if made:
        make_ring(folder)
    start()
    make_database()
    if asked.json:
        print(json.dumps({"data": str(folder), "made_keys": made}))
    else:
        print(f"The data folder is {folder}.")
        print("Keys were made. Copy keyring.json to a safe place now: without it no case can ever be opened again."
              if made else "The keys were there already.")  # fmt: skip
    return 0
