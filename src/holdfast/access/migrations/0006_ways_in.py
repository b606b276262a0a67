from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("access", "0005_need_to_know"),
    ]

    operations = []
