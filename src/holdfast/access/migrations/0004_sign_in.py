import uuid

import django.db.models.deletion
from django.db import migrations
from django.db import models

AGENCIES = [
    ("police", "Police"), ("support_service", "Support service"), ("witness_care", "Witness care"),
    ("probation", "Probation"), ("housing", "Housing"), ("health", "Health"), ("school", "School"),
    ("children_services", "Children’s services"), ("adult_services", "Adult services"), ("inspection", "Inspection"),
]


class Migration(migrations.Migration):

    dependencies = [
        ("access", "0003_wall"),
    ]

    operations = [
        migrations.AddField("staffmember", "organisation", models.CharField(blank=True, default="", max_length=60)),
        migrations.AddField("staffmember", "unit", models.CharField(blank=True, default="", max_length=60)),
        migrations.AddField("staffmember", "session_minutes", models.PositiveSmallIntegerField(blank=True, null=True)),
        migrations.AddField(
            "staffmember", "subject",
            models.CharField(blank=True, default=None, max_length=255, null=True, unique=True),
        ),
        migrations.AlterField(
            "staffmember", "agency", models.CharField(choices=AGENCIES, default="police", max_length=40)
        ),
        migrations.CreateModel(
            name="SignIn",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("began_at", models.DateTimeField()),
                ("used_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("how", models.CharField(blank=True, default="", max_length=40)),
                ("browser", models.CharField(blank=True, default="", max_length=40)),
                ("member", models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="sign_ins", to="access.staffmember")),
            ],
            options={"db_table": "access_sign_in"},
        ),
        migrations.CreateModel(
            name="Recovery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("started_by", models.CharField(max_length=60)),
                ("started_at", models.DateTimeField()),
                ("words", models.CharField(max_length=200)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("ended_at", models.DateTimeField(null=True)),
                ("used", models.BooleanField(default=False)),
                ("member", models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="recoveries", to="access.staffmember")),
            ],
            options={"db_table": "access_recovery"},
        ),
    ]
