"""Whose rows are whose, for tests that walk every table; and somebody who has used all that can be used."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pyotp
from django.db.models import Model, QuerySet

from kith.conversation import actions as talk
from kith.conversation import reading
from kith.conversation.models import Post, Told, Topic
from kith.core.inventory import Table, models_by_table, read_inventory, rows_of
from kith.groups.models import Invitation, Persona
from kith.groups.queries import list_own_keys
from kith.notify import actions as notify
from kith.notify.models import Outbox
from kith.people import actions as people
from kith.people import looks
from kith.people.lists import leave_persona
from kith.people.models import Person
from kith.safety.actions import answer_report, report
from kith.safety.models import Report
from kith.testing.cast import AT, PHRASE
from kith.testing.world import World

LATER = AT + timedelta(days=1)
Rows = QuerySet[Model]


def split(person: int) -> Iterator[tuple[Table, Rows, Rows]]:
    """Return for each table whose rows are somebody's those that are this person's, and all others."""
    keys = list_own_keys(person)
    for table in read_inventory().values():
        hers = rows_of(table, keys)
        if hers is not None:
            yield (
                table,
                hers,
                models_by_table()[table.name]._default_manager.exclude(pk__in=list(hers.values_list("pk", flat=True))),
            )


def use_everything(world: World, who: str = "ann") -> None:
    """Let somebody use all that can be used; what she cannot do as a member of these groups is written into her rows."""
    person, first, month = world.people[who], world.place(who, "first"), AT.date().replace(day=1)
    _account(person, month)
    for box in list_own_keys(person)["mailbox"]:
        notify.set_wants_mail(box, True)
        notify.tell(box, "groups.opened", about=first.code, at=LATER)
    Outbox.objects.update(sent_at=LATER)
    report(first, kind="post", number=2, reason="unkind", words="It hurt me.", at=LATER)
    answer_report(world.place("host_1", "first"), Report.objects.get(words="It hurt me.").pk, outcome="keep", at=LATER)
    talk.respond(first, 2, kind="me_too", at=LATER)
    talk.wish_note(first, 2, note="thunder", at=LATER)
    talk.save_draft(first, "reply:1", words="Half a thought.", title="Half", note="half", wish="ideas", nameless=True)
    talk.edit_post(first, 1, words="It rained more.", note="weather", wish="ideas", title="A wetter week", at=LATER)
    talk.note_later(first, 1, words="It has dried.", at=LATER)
    talk.edit_post(first, 1, words="It rained and rained.", note="weather", at=LATER)
    reading.note(first.persona, Topic.objects.get(group=first.key, number=1).pk, 3)
    reading.flush()
    reading.write_all_read(first.persona, 4)
    Told.objects.create(post=Post.objects.get(group=first.key, number=2), persona_id=first.persona, told_on=AT.date())
    Invitation.objects.create(
        group_id=first.key, code_hash="x" * 64, made_by_id=first.persona, made_on=AT.date(), used_on=AT.date()
    )
    written: dict[str, Any] = {
        "note": "I like rain.",
        "asked_on": month,
        "asking_words": "May I come in?",
        "check_asked_on": month,
    }
    Persona.objects.filter(pk=first.persona).update(**written, left_on=LATER.date())
    leave_persona(person, group=first.key, persona=first.persona)  # as leaving does, which keeps less


def _account(person: int, month: Any) -> None:
    people.set_email(person, email="wren@example.org", phrase=PHRASE, at=AT)
    people.set_display(person, theme="dark", text_size="large", contrast="more", language="en", discreet=True)
    people.set_idle(person, minutes=60)
    people.set_exit(person, drops_drafts=True)
    people.set_filters(person, kinds=["food"], words="thunder")
    people.set_own_name(person, name="Robin Real")
    secret = people.new_secret()
    people.add_app(person, secret=secret, code=pyotp.TOTP(secret).at(AT), phrase=PHRASE, name="Wren's phone", at=AT)
    codes = people.renew_codes(person, phrase=PHRASE, at=AT)
    people.use_code(name=Person.objects.get(pk=person).sign_in_name, code=codes[0], phrase="another long enough phrase", at=AT)
    people.open_session(person, device="phone", own_device=True, strong=True, at=AT)
    looks.look(person, by="operator", what="email", reason="repair", at=AT)
    Person.objects.filter(pk=person).update(email_confirmed=month, steward_since=month)
