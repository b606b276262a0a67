"""Names of keys that a service keeps are long; a check of each; and a mark on each case's row.

The mark may be empty, so that SQLite adds the column in place and the case's triggers stay.
"""

from django.db import migrations
from django.db import models


class Migration(migrations.Migration):

    dependencies = [
        ("casefile", "0005_role_queue"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeyCheck",
            fields=[
                ("name", models.CharField(max_length=200, primary_key=True, serialize=False)),
                ("wrapped", models.BinaryField()),
            ],
            options={"db_table": "key_check"},
        ),
        migrations.AddField(model_name="case", name="mark", field=models.BinaryField(null=True)),
        migrations.AlterField(
            model_name="casekey", name="ring_key", field=models.CharField(db_index=True, max_length=200)
        ),
    ]
