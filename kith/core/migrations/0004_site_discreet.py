from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_site_demo_since"),
    ]

    operations = [
        migrations.AddField(
            model_name="site",
            name="discreet",
            field=models.BooleanField(default=False),
        ),
    ]
