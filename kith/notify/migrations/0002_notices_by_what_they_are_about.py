"""Indexes that stand in others are dropped by name: altering the field would copy the whole table on SQLite."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notify", "0001_initial"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["about"], name="notify_notice_about"),
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL("DROP INDEX notify_notice_mailbox_id_312c8a64", migrations.RunSQL.noop),
            ],
            state_operations=[
                migrations.AlterField(
                    model_name="notice",
                    name="mailbox",
                    field=models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="notices", to="notify.mailbox"
                    ),
                ),
            ],
        ),
    ]
