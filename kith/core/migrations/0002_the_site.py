"""The one row of the site's settings."""

from django.db import migrations


def make_site(apps, schema_editor):
    """Make the row if there is none; repeatable."""
    apps.get_model("core", "Site").objects.get_or_create(pk=1)


class Migration(migrations.Migration):
    """Data: the reverse leaves the row."""

    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunPython(make_site, migrations.RunPython.noop)]
