from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0008_happenings"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="discreet",
            field=models.BooleanField(default=False),
        ),
    ]
