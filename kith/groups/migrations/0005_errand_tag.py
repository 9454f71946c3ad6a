"""By what the errands of one persona are found without opening those of everybody; nullable, so that SQLite adds it in place."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0004_last_tag"),
    ]

    operations = [
        migrations.AddField(
            model_name="errand",
            name="whose_tag",
            field=models.BinaryField(max_length=32, null=True),
        ),
        migrations.AddIndex(
            model_name="errand",
            index=models.Index(fields=["whose_tag"], name="groups_errand_whose"),
        ),
    ]
