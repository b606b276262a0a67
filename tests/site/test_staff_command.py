"""`holdfast staff end-sessions`: whoever runs the system signs somebody out everywhere, and the log says so."""

import sqlite3
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from tests.site.running import begun
from tests.site.running import holdfast
from tests.site.running import told


def test_somebody_is_signed_out_everywhere_and_nobody_else(tmp_path: Path) -> None:
    begun(tmp_path)
    password = "four copper kettles sing"
    for name in ("ann", "bob"):
        asked = ("staff", "add", name, "--role", "officer", "--staff", name)
        assert holdfast(*asked, data=tmp_path, given=password).returncode == 0
    now = datetime.now(UTC)
    times = [(now + timedelta(hours=hours)).strftime("%Y-%m-%d %H:%M:%S") for hours in (0, 0, 1)]
    with sqlite3.connect(tmp_path / "holdfast.sqlite3") as raw:
        for (member,) in raw.execute("SELECT id FROM access_staff_member").fetchall():
            for _ in range(2):
                row = (uuid4().hex, member, *times, "password and code", "Firefox")
                raw.execute("INSERT INTO access_sign_in (id, member_id, began_at, used_at, ends_at, how, browser) "
                            "VALUES (?, ?, ?, ?, ?, ?, ?)", row)  # fmt: skip
    assert told(holdfast("staff", "end-sessions", "ann", "--json", data=tmp_path)) == {"ended": 2}
    with sqlite3.connect(tmp_path / "holdfast.sqlite3") as raw:
        (left,) = raw.execute("SELECT COUNT(*) FROM access_sign_in").fetchone()
    assert left == 2
    lines = told(holdfast("log", "--act", "staff_end_sessions", "--json", data=tmp_path))
    assert [line["role"] for line in lines] == ["operator"]
