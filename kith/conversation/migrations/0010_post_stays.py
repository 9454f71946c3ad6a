"""Nullable and without a default, so that SQLite adds it in place and does not copy the whole table."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conversation", "0009_fewer_indexes"),
    ]

    operations = [
        migrations.AddField(
            model_name="post",
            name="stays",
            field=models.BooleanField(null=True),
        ),
    ]
