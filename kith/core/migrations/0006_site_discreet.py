from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0005_erasures"),
    ]

    operations = [
        migrations.AddField(
            model_name="site",
            name="discreet",
            field=models.BooleanField(default=False),
        ),
    ]
