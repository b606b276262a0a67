from django.db import migrations
from django.db import models


class Migration(migrations.Migration):

    dependencies = [
        ("access", "0004_sign_in"),
    ]

    operations = [
        migrations.AddIndex("wall", models.Index(fields=["staff"], name="wall_by_staff")),
        migrations.CreateModel(
            name="StaffConnection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("staff", models.CharField(max_length=60)),
                ("what", models.CharField(max_length=20)),
                ("key", models.CharField(max_length=64)),
                ("given_by", models.CharField(max_length=60)),
                ("given_at", models.DateTimeField()),
            ],
            options={
                "db_table": "access_staff_connection",
                "constraints": [
                    models.UniqueConstraint(fields=["staff", "what", "key"], name="staff_connection_once")
                ],
                "indexes": [models.Index(fields=["key"], name="staff_connection_key")],
            },
        ),
        migrations.CreateModel(
            name="ConnectionQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("case", models.CharField(max_length=80)),
                ("staff", models.CharField(max_length=60)),
                ("raised_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_by", models.CharField(blank=True, default="", max_length=60)),
                ("connected", models.BooleanField(null=True)),
            ],
            options={
                "db_table": "access_connection_question",
                "constraints": [models.UniqueConstraint(fields=["case", "staff"], name="connection_question_once")],
            },
        ),
        migrations.CreateModel(
            name="CaseApart",
            fields=[
                ("case", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("unit", models.CharField(max_length=60)),
            ],
            options={"db_table": "access_case_apart"},
        ),
        migrations.CreateModel(
            name="CaseShared",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("case", models.CharField(max_length=80)),
                ("partner", models.CharField(max_length=64)),
                ("until", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "access_case_shared",
                "constraints": [models.UniqueConstraint(fields=["case", "partner"], name="case_shared_once")],
                "indexes": [models.Index(fields=["partner"], name="case_shared_partner")],
            },
        ),
    ]
