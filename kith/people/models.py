"""Rows about a person: never shown inside a group, never beside a persona but sealed."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from kith.core.fields import RandomKey
from kith.people import limits


class Person(AbstractBaseUser):
    """An account: a way to sign in and a few choices. Its groups are a sealed list."""

    id = RandomKey()
    sign_in_name = models.CharField(max_length=limits.MAX_SIGN_IN_NAME + 5, unique=True)
    email_sealed = models.BinaryField(null=True)
    email_tag = models.BinaryField(max_length=32, null=True)  # keyed, to sign in by email
    email_asked = models.CharField(max_length=24, default="")  # what the link in the letter is made from; empty once it was used
    email_confirmed = models.DateField(null=True)  # the month in which she pressed that link; no other letter goes out before
    list_sealed = models.BinaryField(null=True)  # her personas and her own mailbox; see people.lists
    joined_month = models.DateField()
    adult_since = models.DateField()  # the month in which she said that she is 18 or over
    health_consent = models.PositiveSmallIntegerField(default=0)  # version of the words she agreed to
    steward_since = models.DateField(null=True)
    theme = models.CharField(max_length=5, default="")
    text_size = models.CharField(max_length=6, default="")
    contrast = models.CharField(max_length=4, default="")
    language = models.CharField(max_length=12, default="")
    filters_sealed = models.BinaryField(null=True)  # what she wants folded wherever she reads
    looks_sealed = models.BinaryField(null=True)  # how many looks stand in her list, and the digest of the last; see people.looks
    exit_drops_drafts = models.BooleanField(default=False)  # the exit button throws away what she has begun to write
    discreet = models.BooleanField(default=False)  # her tabs and her history show a name that says nothing
    idle = models.PositiveSmallIntegerField(default=0)  # minutes of nothing after which she wants to be signed out; 0 as usual
    closing_since = models.DateField(null=True)

    last_login = None  # type: ignore[assignment]  # a time of use is never stored
    objects = BaseUserManager["Person"]()
    USERNAME_FIELD = "sign_in_name"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return f"person {self.pk}"


class Session(models.Model):
    """One signed-in device. The idle deadline stands in the signed cookie, never here; the day of sign-in is sealed."""

    id = RandomKey()  # random: rows of people tell no order
    token_hash = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="sessions")
    device = models.CharField(max_length=40)  # coarse: "Phone", "Computer"
    own_device = models.BooleanField(default=False)
    day_sealed = models.BinaryField()
    notices = models.BooleanField(default=False)  # something new waits; a count could be matched with counts in mailboxes
    strong = models.BooleanField(default=False)  # signed in with a second step too

    def __str__(self) -> str:
        return f"session {self.pk}"


class RecoveryCode(models.Model):
    """One printed code; it sets a new pass-phrase once."""

    id = RandomKey()
    person = models.ForeignKey(Person, models.CASCADE, related_name="codes")
    code_hash = models.CharField(max_length=64)
    used_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "code_hash"], name="people_code_once")]

    def __str__(self) -> str:
        return f"code {self.pk}"


class OwnNote(models.Model):
    """A note to myself. It names a person, sealed words, and nothing of any group."""

    id = RandomKey()
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)  # its index begins with it, below
    sealed = models.BinaryField()  # the words and their moment
    head_sealed = models.BinaryField(
        null=True
    )  # how they begin, and their moment; none on a note of before heads, until it is changed
    number = models.PositiveIntegerField(
        default=0
    )  # counts the notes of one person alone: their order tells nothing of anybody's

    class Meta:
        indexes = [models.Index(fields=["person", "-number"], name="people_own_note_newest")]

    def __str__(self) -> str:
        return f"own note {self.pk}"


class Look(models.Model):
    """That somebody else has opened what is sealed about a person. Who, what, why and the day are sealed: a day would be a time."""

    id = RandomKey()
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"look {self.pk}"


class Factor(models.Model):
    """A second step of signing in: an app that counts, or a passkey. What it is made of, its name and its day are sealed."""

    id = RandomKey()
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8)  # app, passkey
    tag = models.BinaryField(max_length=32, null=True, unique=True)  # keyed, to find a passkey by what it says of itself
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"factor {self.pk}"


class Tally(models.Model):
    """How often signing in as somebody has failed: under a keyed tag of the name that was typed, whether anybody has it or not."""

    id = RandomKey()
    tag = models.BinaryField(max_length=32, unique=True)
    sealed = models.BinaryField()  # failures since the last time that it went well, how many in this hour, and the hour

    def __str__(self) -> str:
        return f"tally {self.pk}"


class Happening(models.Model):
    """Something that happened to an account, for its owner alone; what and when are sealed."""

    id = RandomKey()
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    new = models.BooleanField(default=True)  # she has not looked at it yet
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"happening {self.pk}"


class Undo(models.Model):
    """What was there before a change of the account, sealed; it can be put back for three days."""

    id = RandomKey()
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"undo {self.pk}"
