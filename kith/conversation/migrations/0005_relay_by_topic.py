"""The relay by topic and by when it is due, and who was told; the rows of the draft before were never written by any release."""

import django.db.models.deletion
from django.db import migrations, models

import kith.core.fields


class Migration(migrations.Migration):
    dependencies = [
        ("conversation", "0004_moved_topics_and_names"),
        ("groups", "0003_relay"),
    ]

    operations = [
        migrations.DeleteModel(name="Relay"),
        migrations.CreateModel(
            name="Relay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField()),
                ("due_at", models.DateTimeField(null=True)),
                ("turn", models.CharField(default="members", max_length=8)),
                ("told_members_at", models.DateTimeField(null=True)),
                ("told_hosts_at", models.DateTimeField(null=True)),
                (
                    "group",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="groups.group"),
                ),
                (
                    "post",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="relay", to="conversation.post"
                    ),
                ),
                (
                    "topic",
                    models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="conversation.topic"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["group", "since"], name="conversation_relay_since"),
                    models.Index(condition=models.Q(("due_at__isnull", False)), fields=["due_at"], name="conversation_relay_due"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Told",
            fields=[
                ("id", kith.core.fields.RandomKey(serialize=False)),
                ("told_on", models.DateField()),
                (
                    "persona",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="groups.persona"),
                ),
                (
                    "post",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="conversation.post"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("post", "persona"), name="conversation_told_once")],
            },
        ),
        migrations.AddIndex(
            model_name="topic",
            index=models.Index(fields=["group", "made_at"], name="conversation_topic_made"),
        ),
        # SQLite uses a partial index only for "IS NOT NULL", not for the "NOT (... IS NULL)" that these were made with.
        migrations.RemoveIndex(model_name="topic", name="conversation_topic_waiting"),
        migrations.AddIndex(
            model_name="topic",
            index=models.Index(
                condition=models.Q(("waiting_since__isnull", False)),
                fields=["group", "waiting_since"],
                name="conversation_topic_waiting",
            ),
        ),
        migrations.RemoveIndex(model_name="post", name="conversation_post_gone"),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(condition=models.Q(("gone_at__isnull", False)), fields=["gone_at"], name="conversation_post_gone"),
        ),
    ]
