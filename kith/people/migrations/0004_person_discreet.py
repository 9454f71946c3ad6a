from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_exit_and_drafts"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="discreet",
            field=models.BooleanField(default=False),
        ),
    ]
