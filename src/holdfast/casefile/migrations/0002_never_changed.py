"""The database itself refuses to change or remove an entry, whoever asks: a program, a person at its prompt, a mistake."""

from django.db import migrations

WHY = "An entry is never changed or removed. Record a correction instead."
REFUSALS = {
    "entry_never_changed": ('BEFORE UPDATE ON "entry"', ""),
    "entry_never_removed": ('BEFORE DELETE ON "entry"', ""),
    # INSERT OR REPLACE removes a row without asking the trigger above.
    "entry_never_replaced": (
        'BEFORE INSERT ON "entry"',
        'WHEN EXISTS (SELECT 1 FROM "entry" WHERE "case_id" = NEW."case_id" AND "number" = NEW."number")',
    ),
    "case_never_removed": ('BEFORE DELETE ON "case"', ""),
    "case_never_shortened": ('BEFORE UPDATE ON "case"', 'WHEN NEW."length" < OLD."length"'),
}


class Migration(migrations.Migration):
    dependencies = [("casefile", "0001_initial")]
    operations = [
        migrations.RunSQL(
            f"CREATE TRIGGER \"{name}\" {when} {where} BEGIN SELECT RAISE(ABORT, '{WHY}'); END",
            f'DROP TRIGGER "{name}"',
        )
        for name, (when, where) in REFUSALS.items()
    ]
