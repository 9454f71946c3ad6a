"""Coming in, and the name one goes by."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kith.core import text
from kith.core.audit import record
from kith.core.errors import Invalid, NotFound, Refused, Stale
from kith.core.events import announce
from kith.groups import limits, personas, queries, rules
from kith.groups.actions.numbering import hold_group
from kith.groups.models import LEADING, Charter, Group, Invitation, Persona
from kith.groups.rows import Place
from kith.groups.viewer import Viewer
from kith.notify.actions import call_otherwise, tell, untell
from kith.people.sealing import token_hash


@transaction.atomic
def join_group(code: str, *, by: Viewer, name: str, words: str = "", at: datetime) -> Persona:
    """
    Come in through an open door, or ask to come in where a host answers.

    :raises SignInFirst: for guests
    :raises Refused: if the door is closed to this viewer
    :raises Invalid: if the name will not do here
    """
    group = _lock(queries.get_group(by, code))
    rules.check_join(by, group, by.persona_in(group.code))
    if group.door == "invitation":
        raise NotFound
    name = rules.check_persona_name(group.pk, name, mine=by.tag(group.code))
    words = text.clean(words)
    text.check_length(words, limits.MAX_ASKING_WORDS, field="words")
    if group.door == "open":
        return _enter(by, group, name, at)
    return _ask(by, group, name, words, at)


def _lock(group: Group) -> Group:
    return Group.objects.select_for_update().get(pk=group.pk)


def _enter(by: Viewer, group: Group, name: str, at: datetime, role: str = "member") -> Persona:
    if by.person is None:
        raise NotFound
    persona = personas.make_persona(by.person, group, name=name, role=role, joined_on=at.date())
    record("groups.joined", by=persona.pk, about=f"group:{group.pk}", at=at)
    announce("groups.joined", group=group.pk, persona=persona.pk, at=at)
    return persona


def _ask(by: Viewer, group: Group, name: str, words: str, at: datetime) -> Persona:
    if by.person is None:
        raise NotFound
    persona = personas.make_persona(by.person, group, name=name, asked_on=at.date(), words=words)
    for _host, mailbox in queries.leaders_mailboxes(group.pk):
        tell(mailbox, "groups.asked", about=f"{group.code}:{persona.handle}", who=name, at=at)
    record("groups.asked", by=persona.pk, about=f"group:{group.pk}", at=at)
    return persona


@transaction.atomic
def welcome(place: Place, handle: str, *, at: datetime) -> None:
    """
    Let somebody in who asked; `place` is a host's. Sent twice, it is done once.

    :raises Stale: if a host has said no to her
    """
    persona = _asking(place, handle, welcome=True)
    if persona is None:
        return
    persona.joined_on, persona.asking_words = at.date(), ""
    persona.save(update_fields=["joined_on", "asking_words"])
    if persona.mailbox_id:
        tell(persona.mailbox_id, "groups.welcomed", about=place.code, at=at)
    untell("groups.asked", f"{place.code}:{persona.handle}")
    record("groups.welcomed", by=place.persona, about=f"persona:{persona.pk}", at=at)
    announce("groups.joined", group=place.key, persona=persona.pk, at=at)


@transaction.atomic
def decline(place: Place, handle: str, *, at: datetime) -> None:
    """
    Say no to somebody who asked; she is told kindly in her own mailbox, for the persona's closes with it.

    Sent twice, it is done once.

    :raises Stale: if a host has let her in
    """
    persona = _asking(place, handle, welcome=False)
    if persona is None:
        return
    record("groups.declined", by=place.persona, about=f"persona:{persona.pk}", at=at)
    turn_away(persona, place.code, place.name, at)


def turn_away(persona: Persona, code: str, group: str, at: datetime) -> None:
    """Tell somebody who asked that she cannot come in, and keep nothing of her persona; inside the caller's transaction."""
    untell("groups.asked", f"{code}:{persona.handle}")
    tell(personas.own_mailbox_of(persona), "groups.declined", about=f"{code}:{persona.handle}", who=group, at=at)
    personas.part_persona(persona, on=at.date())
    personas.release_persona(persona, nameless=True)


def _asking(place: Place, handle: str, *, welcome: bool) -> Persona | None:
    """Return who waits for an answer; None where she has had this same answer already."""
    rules.check_leads(place)
    persona = Persona.objects.select_for_update().filter(group=place.key, handle=handle).first()
    if persona is None:
        raise NotFound
    if persona.joined_on is None and persona.left_on is None:
        return persona
    if (persona.joined_on is not None) != welcome:
        raise Stale(_("Another host has answered this already. Nothing was changed."))
    return None


@transaction.atomic
def use_invitation(invitation: str, *, by: Viewer, name: str, at: datetime) -> Persona:
    """
    Come in with an invitation, which then is used up; a host's invitation makes a host.

    :raises NotFound: if it was used or has run out
    :raises Refused: if the group has closed, or the viewer belongs already and it is not for a host
    :raises Invalid: if the name will not do here
    """
    found = Invitation.objects.select_for_update(of=("self",)).filter(code_hash=token_hash(invitation))
    row = rules.check_invitation(found.select_related("group").first(), at.date())
    if by.person is None:
        raise NotFound
    group = _lock(row.group)
    row.used_on = at.date()
    row.save(update_fields=["used_on"])
    persona = by.persona_in(group.code)
    if persona is not None and row.role == "member":
        raise Refused(_("You already belong to this group."))
    if persona is None:
        name = rules.check_persona_name(group.pk, name, mine=by.tag(group.code))
        persona = _enter(by, group, name, at, role=row.role)
    else:
        persona.role = persona.role if persona.role in LEADING else row.role
        persona.joined_on = persona.joined_on or at.date()
        persona.save(update_fields=["role", "joined_on"])
    if row.role in LEADING:
        open_if_ready(group, at)
    return persona


def open_if_ready(group: Group, at: datetime) -> bool:
    """Open a group that a steward approved and that two lead; call it under the group's lock."""
    leaders = queries.leaders_mailboxes(group.pk)
    if group.opened_on or not group.approved_on or len(leaders) < limits.MIN_HOSTS:
        return False
    group.opened_on = at.date()
    group.save(update_fields=["opened_on"])
    for _host, mailbox in leaders:
        tell(mailbox, "groups.opened", about=group.code, at=at)
    announce("groups.opened", group=group.pk)
    return True


@transaction.atomic
def accept_charter(place: Place, number: int, *, at: datetime) -> None:
    """
    Note that a member has read a version of the charter; never one that is not there yet, and never back.

    :raises NotFound: for strangers and for versions that do not exist
    """
    if not place.persona or not Charter.objects.filter(group=place.key, number=number).exists():
        raise NotFound
    if Persona.objects.filter(pk=place.persona, charter_number__lt=number).update(charter_number=number):
        record("groups.read_charter", by=place.persona, about=f"charter:{place.key}:{number}", at=at)


@transaction.atomic
def rename_persona(place: Place, *, name: str) -> None:
    """
    Change the name one goes by in a group; old posts, quotes and notices follow.

    :raises Invalid: if the name will not do here
    """
    hold_group(place.key)  # somebody may be calling her by her old name at this moment
    persona = Persona.objects.get(pk=place.persona)
    name, was = rules.check_persona_name(place.key, name, mine=bytes(persona.owner_tag or b"")), persona.name
    try:
        with transaction.atomic():
            Persona.objects.filter(pk=place.persona).update(name=name, skeleton=text.skeleton(name))
    except IntegrityError as error:
        raise Invalid(name=_("Somebody in this group has just taken this name. Please choose another.")) from error
    call_otherwise(personas.mailboxes_in(place.key), was=was, now=name)
    announce("groups.renamed", group=place.key, persona=place.persona, was=was)
