from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("access", "0006_ways_in"),
    ]

    operations = []
