"""A conversation: topics, their posts, past forms, unsent writing, quiet answers, and how far one has read."""

from django.db import models
from django.db.models import Q

from kith.conversation import limits
from kith.core.fields import KeyOf, RandomKey
from kith.core.ids import random_code
from kith.groups.models import Group, Persona


class Topic(models.Model):
    """A conversation in a group; counts and last post stand on the row, so that a list reads nothing else."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="+", db_index=False)  # its indexes begin with it, below
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=limits.MAX_TITLE)
    wish = models.CharField(max_length=12, default="")
    author = models.ForeignKey(Persona, models.CASCADE, related_name="+")
    mask = models.PositiveSmallIntegerField(default=0)  # of its first post
    made_at = models.DateTimeField()
    last_at = models.DateTimeField()
    last_place = models.PositiveIntegerField(default=1)
    waiting_since = models.DateTimeField(null=True)  # until somebody else has answered
    answered_after = models.PositiveIntegerField(null=True)  # minutes to the first answer
    gone_on = models.DateField(null=True)
    line = models.ForeignKey(
        Persona, models.CASCADE, null=True, related_name="+"
    )  # a line to the hosts: the one member it is with
    pinned_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    came_from = models.PositiveIntegerField(default=0)  # number of the topic that its posts were moved out of
    went_to = models.CharField(max_length=80, default="")  # numbers of topics that posts of it were moved to, by commas
    tags_shown = models.CharField(max_length=limits.MAX_TAGS * (limits.MAX_TAG + 1), default="")  # their names, line by line

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "number"], name="conversation_topic_number")]
        indexes = [
            models.Index(fields=["group", "-last_at", "-id"], name="conversation_topic_newest"),
            models.Index(
                fields=["group", "waiting_since"], condition=Q(waiting_since__isnull=False), name="conversation_topic_waiting"
            ),
            models.Index(fields=["group", "made_at"], name="conversation_topic_made"),
        ]

    def __str__(self) -> str:
        return f"topic {self.pk}"


class Tag(models.Model):
    """A word by which a group sorts its topics."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=limits.MAX_TAG)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "number"], name="conversation_tag_number")]

    def __str__(self) -> str:
        return f"tag {self.pk}"


class TopicTag(models.Model):
    """A topic's tag."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="+")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "topic"], name="conversation_topic_tag_once")]

    def __str__(self) -> str:
        return f"topic tag {self.pk}"


class Post(models.Model):
    """One entry; its page form is rendered at write time."""

    # Every index costs every post a page of writing: those below begin with group, topic and author, so these need none of their own.
    group = models.ForeignKey(Group, models.CASCADE, related_name="+", db_index=False)
    number = models.PositiveIntegerField()
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="posts", db_index=False)
    place = models.PositiveIntegerField()
    author = models.ForeignKey(Persona, models.CASCADE, related_name="+", db_index=False)
    words = models.TextField()
    html = models.TextField()
    note = models.CharField(max_length=limits.MAX_NOTE, default="")
    made_at = models.DateTimeField()
    edited_on = models.DateField(null=True)
    nameless = models.BooleanField(default=False)
    mask = models.PositiveSmallIntegerField(default=0)  # the number of this nameless voice in its topic; 0: none
    state = models.CharField(max_length=10, default="")  # "" | withdrawn | folded | returned
    host_note = models.CharField(max_length=1000, default="")
    quotes = models.ForeignKey("self", models.SET_NULL, null=True, related_name="quoted_by", db_index=False)
    quoted = models.TextField(default="")
    later = models.TextField(db_default="")  # "how I see it now"
    later_on = models.DateField(null=True)
    own_fold = models.BooleanField(db_default=False)  # folded by the person who wrote it
    gone_at = models.DateTimeField(
        null=True
    )  # taken back, and her words are still kept for her; thirty days later they are nowhere
    was = models.CharField(max_length=10, db_default="")  # its state before it was taken back
    unseen = models.BooleanField(db_default=False)  # taken back without a line that says so
    # Brought back by itself while everything was being taken back: that leaves it. A mark and no moment: it adds no time to a voice.
    stays = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="conversation_post_number"),
            models.UniqueConstraint(fields=["topic", "place"], name="conversation_post_place"),
        ]
        indexes = [
            models.Index(fields=["author", "-id"], name="conversation_post_author"),
            models.Index(fields=["gone_at"], condition=Q(gone_at__isnull=False), name="conversation_post_gone"),
            models.Index(fields=["quotes"], condition=Q(quotes__isnull=False), name="conversation_post_quotes"),
        ]

    def __str__(self) -> str:
        return f"post {self.pk}"


class Revision(models.Model):
    """How a post read before, or reads where it was taken back; for its author alone."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="revisions")
    words = models.TextField()
    note = models.CharField(max_length=limits.MAX_NOTE, default="")
    title = models.CharField(max_length=limits.MAX_TITLE, default="")  # of its topic, where it opens one
    wish = models.CharField(max_length=12, default="")
    later = models.TextField(default="")
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"revision {self.pk}"


class Draft(models.Model):
    """Unsent writing, one for each place; `version` tells two tabs apart. No day: days of writing link personas."""

    id = RandomKey()
    persona = models.ForeignKey(Persona, models.CASCADE, related_name="+")
    place = models.CharField(max_length=24)  # "topic", "reply:<topic's number>", "edit:<post's number>"
    title = models.CharField(max_length=limits.MAX_TITLE, default="")
    words = models.TextField(default="")
    wish = models.CharField(max_length=12, default="")
    note = models.CharField(max_length=limits.MAX_NOTE, default="")
    nameless = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["persona", "place"], name="conversation_one_draft")]

    def __str__(self) -> str:
        return f"draft {self.pk}"


def picture_name() -> str:
    """Make the random name of a picture: in its address, and of its files."""
    return random_code(16)


class Picture(models.Model):
    """
    A picture in a post, or on its way into one; its files are named by `name`.

    It has no time but the last day on which it is kept while it stands in no post that can be read.
    """

    id = RandomKey()
    group = models.ForeignKey(Group, models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=20, unique=True, default=picture_name)
    persona = models.ForeignKey(Persona, models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, models.CASCADE, null=True, related_name="pictures")
    place = models.CharField(max_length=24, default="")  # of its draft, until it is posted
    seat = models.PositiveSmallIntegerField(default=0)
    alt = models.CharField(max_length=limits.MAX_ALT, default="")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    keep_until = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "name"], name="conversation_picture_name")]
        indexes = [
            models.Index(fields=["persona", "place"], condition=Q(post=None), name="conversation_picture_unposted"),
            models.Index(fields=["keep_until"], condition=Q(keep_until__isnull=False), name="conversation_picture_until"),
        ]

    def __str__(self) -> str:
        return f"picture {self.pk}"


class Response(models.Model):
    """A quiet answer without words; the author sees who, nobody sees a count."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="responses")
    persona = models.ForeignKey(Persona, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=[(k, k) for k in limits.RESPONSES])
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "persona"], name="conversation_one_response")]

    def __str__(self) -> str:
        return f"response {self.pk}"


class ReadMark(models.Model):
    """How far a persona has read in a topic: one row per topic read, in no order."""

    id = RandomKey()
    persona = models.ForeignKey(Persona, models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="+")
    upto = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["persona", "topic"], name="conversation_one_mark")]

    def __str__(self) -> str:
        return f"read mark {self.pk}"


class AllRead(models.Model):
    """Up to which post a persona is done with all of her group but lines to the hosts: one row, whatever the number of topics."""

    persona = KeyOf(Persona)
    upto = (
        models.PositiveIntegerField()
    )  # the post's number; within a topic numbers grow with places, also where posts were moved

    def __str__(self) -> str:
        return f"all read {self.pk}"


class Mention(models.Model):
    """A persona named in a post, and how her name is written there."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="mentions")
    persona = models.ForeignKey(Persona, models.CASCADE, related_name="+")
    name = models.CharField(max_length=80, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["persona", "post"], name="conversation_mention_once")]

    def __str__(self) -> str:
        return f"mention {self.pk}"


class NoteWish(models.Model):
    """A reader's private word to an author: "I wish this had a note". Nobody counts them."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="+")
    persona = models.ForeignKey(Persona, models.CASCADE, related_name="+")
    note = models.CharField(max_length=limits.MAX_NOTE, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "persona"], name="conversation_note_wish_once")]

    def __str__(self) -> str:
        return f"note wish {self.pk}"


class Relay(models.Model):
    """A post that waits for an answer and is passed on, one in a topic: to willing members first, then to the hosts."""

    topic = models.OneToOneField(Topic, models.CASCADE, related_name="+")
    post = models.OneToOneField(Post, models.CASCADE, related_name="relay")
    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    since = models.DateTimeField()
    due_at = models.DateTimeField(null=True)  # when the next turn comes; empty once everybody had theirs
    turn = models.CharField(max_length=8, default="members")  # whose: "members", "hosts", or nobody's any more
    told_members_at = models.DateTimeField(null=True)
    told_hosts_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["group", "since"], name="conversation_relay_since"),
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="conversation_relay_due"),
        ]

    def __str__(self) -> str:
        return f"relay {self.pk}"


class Told(models.Model):
    """Who was told that a post waits: so that turns are taken, and the notice can be taken back. For some weeks, and in no order."""

    id = RandomKey()
    post = models.ForeignKey(Post, models.CASCADE, related_name="+")
    persona = models.ForeignKey(Persona, models.CASCADE, related_name="+")
    told_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "persona"], name="conversation_told_once")]

    def __str__(self) -> str:
        return f"told {self.pk}"


class Searched(models.Model):
    """A post that stands in the index of the search; see conversation.search. Take it out of there before its row."""

    post = KeyOf(Post)
    stems = models.BinaryField(null=True)  # what must be taken out again, where the index itself keeps no text

    def __str__(self) -> str:
        return f"searched {self.pk}"
