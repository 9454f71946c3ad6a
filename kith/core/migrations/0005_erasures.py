from django.db import migrations, models

import kith.core.fields


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0004_backups"),
    ]

    operations = [
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("id", kith.core.fields.RandomKey(serialize=False)),
                ("kind", models.CharField(max_length=40)),
                ("tag", models.BinaryField(max_length=32)),
                ("month", models.DateField()),
                ("logged", models.BooleanField(default=False)),
            ],
            options={"indexes": [models.Index(fields=["tag"], name="core_erasure_tag")]},
        ),
    ]
