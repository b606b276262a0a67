from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("casefile", "0005_role_queue"),
    ]

    operations = []
