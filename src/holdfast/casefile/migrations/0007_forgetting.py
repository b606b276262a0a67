from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("casefile", "0006_keys"),
    ]

    operations = []
