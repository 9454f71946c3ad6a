"""Indexes that stand in others are dropped by name: altering the field would copy the whole table on SQLite."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conversation", "0008_what_was_taken_back"),
        ("groups", "0003_relay"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="post",
            index=models.Index(condition=models.Q(("quotes__isnull", False)), fields=["quotes"], name="conversation_post_quotes"),
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL("DROP INDEX conversation_post_author_id_1b429c1f", migrations.RunSQL.noop),
                migrations.RunSQL("DROP INDEX conversation_post_group_id_6abbb232", migrations.RunSQL.noop),
                migrations.RunSQL("DROP INDEX conversation_post_topic_id_6a1d59c4", migrations.RunSQL.noop),
                migrations.RunSQL("DROP INDEX conversation_post_quotes_id_61546cce", migrations.RunSQL.noop),
                migrations.RunSQL("DROP INDEX conversation_topic_group_id_3cdb4d3d", migrations.RunSQL.noop),
            ],
            state_operations=[
                migrations.AlterField(
                    model_name="post",
                    name="author",
                    field=models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="groups.persona"
                    ),
                ),
                migrations.AlterField(
                    model_name="post",
                    name="group",
                    field=models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="groups.group"
                    ),
                ),
                migrations.AlterField(
                    model_name="post",
                    name="quotes",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="quoted_by",
                        to="conversation.post",
                    ),
                ),
                migrations.AlterField(
                    model_name="post",
                    name="topic",
                    field=models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="posts", to="conversation.topic"
                    ),
                ),
                migrations.AlterField(
                    model_name="topic",
                    name="group",
                    field=models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="groups.group"
                    ),
                ),
            ],
        ),
    ]
