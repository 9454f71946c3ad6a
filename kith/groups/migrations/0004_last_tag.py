"""The last number that a tag of a group had: so that none is given twice."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0003_relay"),
    ]

    operations = [
        migrations.AddField(
            model_name="group",
            name="last_tag",
            field=models.PositiveIntegerField(db_default=0),
        ),
    ]
