"""Puts a backup back into an empty folder, erases again what was erased since, and says what is missing.

The folder may hold one thing: keyring.json, the copy of the key ring that belongs to the backup. Nothing is replaced.
The answer is 1 where something is missing or not sound.
"""

import argparse
import json
import os
import shutil
from pathlib import Path
from typing import Any

from holdfast.site.commands.refusing import NotDone
from holdfast.site.commands.refusing import counted
from holdfast.site.operator import operator_may
from holdfast.site.progress import Progress
from holdfast.site.start import start


def arguments(parser: argparse.ArgumentParser) -> None:
    """What, where to, and what may know more."""
    parser.add_argument("backup", type=Path, help="the file that `holdfast backup` wrote")
    parser.add_argument("--into", type=Path, required=True, help="an empty folder, or one that holds only keyring.json")
    parser.add_argument(
        "--keyring", type=Path, help="the copy of the key ring, where it does not lie in the folder yet"
    )
    parser.add_argument(
        "--checkpoints", type=Path, help="the second place of checkpoints and erasures (HOLDFAST_CHECKPOINT_COPY)"
    )


def run(asked: argparse.Namespace) -> int:
    """Restores, replays the erasures, verifies, and tells what the second place knows beyond the backup."""
    from holdfast.casefile.backup.restoring import free_for
    from holdfast.casefile.backup.restoring import restore
    from holdfast.casefile.keyring import FILE

    operator_may("restore", log=False)  # the log is what is put back: it ends where the backup did
    into = asked.into.resolve()
    free_for(into)
    os.environ["HOLDFAST_DATA"] = str(into)
    into.mkdir(mode=0o700, parents=True, exist_ok=True)
    into.chmod(0o700)
    if asked.keyring:
        if (into / FILE).exists():
            raise NotDone(["The folder holds a key ring already, and it is not replaced. Leave out --keyring."])
        shutil.copyfile(asked.keyring, into / FILE)
        (into / FILE).chmod(0o600)
    if not (into / FILE).is_file():
        raise NotDone([f"There is no {FILE} in the folder. Put your copy of it there: no backup opens without it."])
    start()
    from django.conf import settings

    from holdfast.casefile.keys.chosen import keeper

    keys = keeper()
    try:
        with Progress("restoring") as told:
            done = restore(asked.backup, into, keys, keys.ring.checkpoint_name, told)
    except Exception:
        if asked.keyring:
            (into / FILE).unlink()
        raise
    return _settle(asked, done, asked.checkpoints or Path(settings.HOLDFAST_CHECKPOINT_COPY))


def _settle(asked: argparse.Namespace, done: Any, known: Path) -> int:
    from holdfast.casefile.backup.settling import settle
    from holdfast.casefile.verifying import verify_all

    settled = settle(known)
    report = verify_all(words=True)
    found = bool(report.findings or settled.missing)
    if asked.json:
        missing = [one._asdict() for one in settled.missing]
        findings = [{"where": one.where, "outcome": one.outcome, "says": one.says} for one in report.findings]
        said = {"at": done.head.at.isoformat(), "cases": done.cases, "entries": done.entries, "missing": missing}
        print(json.dumps({**said, "erased_again": settled.erased_again, "findings": findings, "sound": not found}))
        return 1 if found else 0
    print(f"Restored as of {done.head.at:%Y-%m-%d %H:%M} UTC: {counted(done.cases, 'case')}, "
          f"{counted(done.entries, 'entry', 'entries')}. Everybody is signed out.")  # fmt: skip
    if settled.erased_again:
        print(f"{counted(settled.erased_again, 'case')} erased after the backup: the keys were destroyed again.")
    for one in settled.missing:
        what = f"{one.seen - one.here} of {one.seen} are missing" if one.here else f"it is missing whole ({one.seen})"
        print(f"{'case ' + one.chain if len(one.chain) == 36 else one.chain}: a checkpoint saw more entries: {what}.")
    if settled.second is None:
        print("No second place of checkpoints was found: what was recorded after the backup cannot be named.")
    elif settled.missing:
        print("Keep the second place as it is: it is the proof of what was lost. Name a new one by "
              "HOLDFAST_CHECKPOINT_COPY before you serve.")  # fmt: skip
    for each in report.findings:
        print(f"{each.outcome}: {each.where}. {each.says}")
    print("The vault was not in the backup. Put its files back, then `holdfast verify` names what is missing of it.")
    print("Not sound: see above." if found else "Every chain verifies, and nothing that a checkpoint saw is missing.")
    return 1 if found else 0
