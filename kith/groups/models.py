"""A group, what it agreed, and the faces people wear in it."""

from django.db import models
from django.db.models import Q

from kith.concerns.models import Concern
from kith.core.fields import RandomKey
from kith.core.ids import random_code, random_seed
from kith.groups import limits
from kith.notify.models import Mailbox


class Group(models.Model):
    """A support group: who leads it, how it meets, how one comes in."""

    id = RandomKey()
    code = models.CharField(max_length=12, unique=True, default=random_code)
    name = models.CharField(max_length=limits.MAX_NAME)
    kind = models.CharField(max_length=12, choices=[(k, k) for k in ("peer", "professional", "unchecked", "advocacy")])
    span = models.CharField(max_length=8, choices=[(s, s) for s in ("ongoing", "cohort")], default="ongoing")
    tint = models.CharField(max_length=10, default="moss")
    emblem_seed = models.CharField(max_length=12, default=random_seed)
    line = models.CharField(max_length=limits.MAX_LINE)
    for_whom = models.CharField(max_length=limits.MAX_ABOUT)
    not_for = models.CharField(max_length=limits.MAX_ABOUT, default="")
    door = models.CharField(max_length=10, choices=[(d, d) for d in ("open", "request", "invitation")])
    readable = models.BooleanField(default=False)
    language = models.CharField(max_length=12, default="en")
    meets = models.CharField(max_length=40, default="online")  # words by commas: online, in_person, phone, paper
    place = models.CharField(max_length=80, default="")
    charter_number = models.PositiveIntegerField(default=1)
    begun_on = models.DateField()
    approved_on = models.DateField(null=True)
    declined_on = models.DateField(null=True)
    declined_why = models.TextField(default="")  # a steward's words for those who lead it
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    relay_hours = models.PositiveSmallIntegerField(default=limits.RELAY_USUAL)  # so long a post waits before the hosts are told
    last_topic = models.PositiveIntegerField(default=0)
    last_post = models.PositiveIntegerField(default=0)
    last_tag = models.PositiveIntegerField(db_default=0)
    concerns = models.ManyToManyField(Concern, through="GroupConcern", related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(readable=True) | Q(door="open"), name="groups_only_open_ones_are_read")
        ]

    def __str__(self) -> str:
        return f"group {self.code}"


class GroupConcern(models.Model):
    """What a group is about, in the vocabulary's words."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    concern = models.ForeignKey(Concern, models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "concern"], name="groups_concern_once")]

    def __str__(self) -> str:
        return f"group concern {self.pk}"


class Charter(models.Model):
    """One version of what the group is for and agrees; members accept a version."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="charters")
    number = models.PositiveIntegerField()
    words = models.TextField()
    html = models.TextField()
    agreements = models.JSONField(default=list)  # [{"title": …, "text": …}]
    made_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "number"], name="groups_charter_once")]

    def __str__(self) -> str:
        return f"charter {self.pk}"


class Persona(models.Model):
    """A person's face in one group, and her membership; see people.sealing for who is behind it."""

    id = RandomKey()
    group = models.ForeignKey(Group, models.CASCADE, related_name="personas")
    handle = models.CharField(max_length=12, default=random_code)
    name = models.CharField(max_length=limits.MAX_PERSONA)
    skeleton = models.CharField(max_length=80)  # what the name looks like
    avatar_seed = models.CharField(max_length=12, default=random_seed)
    avatar = models.TextField()  # drawn once
    role = models.CharField(max_length=12, default="member")
    note = models.CharField(max_length=200, default="")
    asked_on = models.DateField(null=True)
    asking_words = models.TextField(default="")
    joined_on = models.DateField(null=True)
    check_asked_on = models.DateField(null=True)  # a host who wants a steward to check that she is a professional
    check_why = models.TextField(default="")  # why a steward did not, in words for her
    left_on = models.DateField(null=True)
    charter_number = models.PositiveIntegerField(default=0)
    mailbox = models.ForeignKey(Mailbox, models.SET_NULL, null=True, related_name="+")
    willing = models.BooleanField(default=False)  # glad to be told when somebody waits for an answer
    owner_tag = models.BinaryField(max_length=32, null=True)
    owner_sealed = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner_tag"], condition=Q(left_on=None), name="groups_one_current_persona"),
            models.UniqueConstraint(fields=["group", "handle"], name="groups_handle_once"),
            models.UniqueConstraint(fields=["group", "skeleton"], condition=Q(left_on=None), name="groups_name_once"),
        ]
        indexes = [
            models.Index(fields=["group", "role"], name="groups_persona_role"),
            models.Index(fields=["owner_tag"], name="groups_persona_owner"),
        ]

    def __str__(self) -> str:
        return f"persona {self.pk}"

    @property
    def leads(self) -> bool:
        """Say whether this persona leads the group."""
        return self.role in LEADING and self.left_on is None and self.joined_on is not None


LEADING = ("host", "facilitator")
ROLES = ("member", "greeter", "host", "facilitator")


class Invitation(models.Model):
    """A way in that a host made, used once; the code itself is only in the link."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="invitations")
    code_hash = models.CharField(max_length=64, unique=True)
    role = models.CharField(max_length=12, default="member")
    made_by = models.ForeignKey(Persona, models.CASCADE, related_name="+")
    made_on = models.DateField()
    used_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class Errand(models.Model):
    """Work that waits for a random moment; only its seal says for whom and where."""

    id = RandomKey()
    due_at = models.DateTimeField(db_index=True)
    whose_tag = models.BinaryField(max_length=32, null=True)
    task_sealed = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["whose_tag"], name="groups_errand_whose")]

    def __str__(self) -> str:
        return f"errand {self.pk}"
