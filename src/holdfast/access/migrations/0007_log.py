"""The log as a chain. What the log before it held becomes the chain's first lines, in order and with its own times."""

from datetime import UTC
from datetime import datetime

from django.db import migrations
from django.db import models

WHY = "A line of the log is never changed or removed."
REFUSALS = {
    "log_line_never_changed": ('BEFORE UPDATE ON "log_line"', ""),
    "log_line_never_removed": ('BEFORE DELETE ON "log_line"', ""),
    # INSERT OR REPLACE removes a row without asking the trigger above.
    "log_line_never_replaced": (
        'BEFORE INSERT ON "log_line"',
        'WHEN EXISTS (SELECT 1 FROM "log_line" WHERE "number" = NEW."number")',
    ),
    "log_never_removed": ('BEFORE DELETE ON "log_chain"', ""),
    "log_never_shortened": ('BEFORE UPDATE ON "log_chain"', 'WHEN NEW."length" < OLD."length"'),
}


def take_over(apps, schema_editor):
    """Lines of the earlier log. Its reasons were the program's own sentences; those that have no word are sealed."""
    import secrets

    from holdfast.access.log.reasons import make_own_key
    from holdfast.access.log.reasons import tie_of
    from holdfast.casefile.codes import plain
    from holdfast.casefile.log import write_log_line

    schema_editor.connection.ensure_connection()
    connection = schema_editor.connection.connection
    earlier = connection.execute(
        'SELECT "case", "when" || \'\', staff, role, agency, act, reason, allowed FROM access_look ORDER BY id'
    ).fetchall()
    for case, when, staff, role, agency, act, reason, allowed in earlier:
        words = "" if tie_of(reason) else reason
        said = {
            "role": role, "staff": staff, "agency": agency, "organisation": "", "team": "", "act": act, "route": "",
            "case": plain(case), "allowed": bool(allowed), "tie": tie_of(reason), "rule": "earlier log",
            "key": "log" if words else "",
        }  # fmt: skip
        at = datetime.fromisoformat(when).replace(tzinfo=UTC)
        key = make_own_key(connection) if words else b""
        write_log_line(connection, at, said, words=words, key=key, nonce=secrets.token_bytes(12))


class Migration(migrations.Migration):
    dependencies = [("access", "0006_ways_in"), ("casefile", "0002_never_changed")]
    operations = [
        migrations.CreateModel(
            name="LoggedLine",
            fields=[
                ("number", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("at", models.CharField(max_length=27)),
                ("role", models.CharField(max_length=40)),
                ("staff", models.CharField(blank=True, max_length=60)),
                ("team", models.CharField(blank=True, max_length=120)),
                ("act", models.CharField(max_length=60)),
                ("case", models.CharField(blank=True, max_length=20)),
                ("allowed", models.BooleanField()),
                ("tie", models.CharField(blank=True, max_length=40)),
                ("line", models.BinaryField()),
                ("sealed", models.BinaryField()),
                ("hash", models.BinaryField()),
            ],
            options={
                "db_table": "log_line",
                "indexes": [
                    models.Index(fields=["case", "number"], name="log_by_case"),
                    models.Index(fields=["staff", "number"], name="log_by_staff"),
                    models.Index(fields=["team", "number"], name="log_by_team"),
                    models.Index(fields=["at"], name="log_by_time"),
                    models.Index(condition=models.Q(("allowed", False)), fields=["number"], name="log_refused"),
                ],
            },
        ),
        migrations.CreateModel(
            name="LogChain",
            fields=[
                ("name", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("length", models.PositiveIntegerField()),
                ("head", models.BinaryField()),
                ("witnessed", models.PositiveIntegerField(default=0)),
                ("last_at", models.CharField(blank=True, max_length=27)),
                ("judged", models.PositiveIntegerField(default=0)),
            ],
            options={"db_table": "log_chain"},
        ),
        migrations.CreateModel(
            name="LogKey",
            fields=[
                ("id", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("ring_key", models.CharField(max_length=200)),
                ("wrapped", models.BinaryField()),
            ],
            options={"db_table": "log_key"},
        ),
        migrations.CreateModel(
            name="UnusualSeen",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pattern", models.CharField(max_length=40)),
                ("staff", models.CharField(max_length=60)),
                ("window", models.CharField(max_length=20)),
                ("about", models.CharField(blank=True, max_length=20)),
                ("case_id", models.UUIDField()),
                ("number", models.PositiveIntegerField()),
            ],
            options={
                "db_table": "log_unusual",
                "indexes": [models.Index(fields=["staff"], name="log_unusual_of")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("pattern", "staff", "window", "about"), name="log_unusual_once"
                    )
                ],
            },
        ),
        migrations.RunPython(take_over, migrations.RunPython.noop),
        migrations.DeleteModel(name="Look"),
        *[
            migrations.RunSQL(
                f"CREATE TRIGGER \"{name}\" {when} {where} BEGIN SELECT RAISE(ABORT, '{WHY}'); END",
                f'DROP TRIGGER "{name}"',
            )
            for name, (when, where) in REFUSALS.items()
        ],
    ]
