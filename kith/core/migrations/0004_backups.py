from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_site_demo_since"),
    ]

    operations = [
        migrations.AddField(model_name="site", name=name, field=models.DateTimeField(null=True))
        for name in ("backed_up_at", "drilled_at", "drilled_made_at")
    ]
