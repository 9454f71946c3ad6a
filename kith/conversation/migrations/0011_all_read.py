"""Being done with a whole group is one row from now on; the marks of single topics that stand for it stay true."""

import django.db.models.deletion
from django.db import migrations, models

import kith.core.fields


class Migration(migrations.Migration):
    dependencies = [
        ("conversation", "0010_post_stays"),
        ("groups", "0004_last_tag"),
    ]

    operations = [
        migrations.CreateModel(
            name="AllRead",
            fields=[
                (
                    "persona",
                    kith.core.fields.KeyOf(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="groups.persona",
                    ),
                ),
                ("upto", models.PositiveIntegerField()),
            ],
        ),
    ]
