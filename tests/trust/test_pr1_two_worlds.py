"""PR1: nobody can tell that two personas are one person; and planted faults prove that the test would see it."""

from dataclasses import replace
from unittest.mock import patch

import pytest

from kith.conversation import queries as talk_queries
from kith.conversation.models import Told
from kith.conversation.queries import relaying
from kith.core import drawing
from kith.core.errors import Invalid
from kith.groups import personas, rules
from kith.groups import queries as group_queries
from kith.groups.models import Persona
from kith.groups.personas import owner_of
from kith.notify import actions as notify
from kith.notify import queries
from kith.notify.models import Outbox
from kith.people.lists import read_list
from kith.web import cookies, page
from tests.trust.two_worlds import differences

pytestmark = pytest.mark.django_db


def test_no_byte_differs():
    assert differences(forms=True) == []


def _avatar_by_owner(person, group, **fields):
    """Planted: one face for all personas of a person."""
    made = _make(person, group, **fields)
    made.avatar = drawing.avatar(str(len(read_list(person).personas) > 1))
    made.save(update_fields=["avatar"])
    return made


def _role_by_owner(person, group, **fields):
    """Planted: somebody who is in two groups is shown as a greeter."""
    made = _make(person, group, **fields)
    if len(read_list(person).personas) > 1 and made.role == "member":
        Persona.objects.filter(pk=made.pk).update(role="greeter")
    return made


def _note_by_owner(person, group, **fields):
    """Planted: a count of groups in the note."""
    fields["note"] = f"In {len(read_list(person).personas)} other groups."
    return _make(person, group, **fields)


def _joined_by_owner(person, group, **fields):
    """Planted: members stand in the order of their person's list."""
    made = _make(person, group, **fields)
    Persona.objects.filter(pk=made.pk).update(name=f"{'a' * len(read_list(person).personas)}{made.name}")
    return made


def _face_by_key(person, group, **fields):
    """Planted: the seed of a face is made from the person's key."""
    made = _make(person, group, **fields)
    Persona.objects.filter(pk=made.pk).update(avatar=drawing.avatar(f"{person}"))
    return made


def _name_marks_the_second(person, group, **fields):
    """Planted: a name gets a mark when its owner has another one somewhere."""
    fields["name"] += "*" * len(read_list(person).personas)
    return _make(person, group, **fields)


def _one_letter_for_all(mailbox, at):
    """Planted: a second letter is held back when its owner has one waiting already."""
    owners = {queries.owner_of(letter.mailbox_id) for letter in Outbox.objects.all()}
    if queries.owner_of(mailbox) not in owners:
        _send(mailbox, at)


def _letter_id_by_owner(mailbox, at):
    """Planted: a letter's Message-ID is made from its owner."""
    Outbox.objects.create(mailbox_id=mailbox, message_id=f"{queries.owner_of(mailbox)}-{mailbox}"[:60], made_at=at, due_at=at)


def _name_taken_where_its_owner_is(group, name, **more):
    """Planted: a name is refused where somebody belongs who goes by it in another group; no page shows it, only an answer does."""
    here = {owner_of(p) for p in Persona.objects.filter(group=group, left_on=None).exclude(owner_sealed=None)}
    if any(owner_of(p) in here for p in Persona.objects.filter(name=name).exclude(group=group).exclude(owner_sealed=None)):
        raise Invalid(name="Somebody has this name.")
    return _check(group, name, **more)


def _header_by_owner(request, template, **context):
    """Planted: the mark of a page for a cache holds a count of the groups of everybody on it."""
    response = _page(request, template, **context)
    if members := context.get("members"):
        response.headers["ETag"] = f'"{sum(_groups_of(member.handle) for member in members)}"'
    return response


def _cookie_by_owner(request, template, **context):
    """Planted: whoever sees a member that is in two groups keeps a cookie for longer."""
    response = _page(request, template, **context)
    if members := context.get("members"):
        cookies.put(response, "theme", "dark", max_age=60 * max(_groups_of(member.handle) for member in members))
    return response


def _order_by_owner(viewer, code):
    """Planted: members who are in more groups stand first."""
    return sorted(_members(viewer, code), key=lambda member: -_groups_of(member.handle))


def _found_by_owner(viewer, code, token, *, at):
    """Planted: what somebody wrote who is in two groups is found first."""
    place, found = _get_found(viewer, code, token, at=at)
    handles = dict(Persona.objects.exclude(owner_sealed=None).values_list("name", "handle"))
    posts = sorted(found.posts, key=lambda row: _groups_of(handles.get(row.name, "")) < 2)
    return place, replace(found, posts=tuple(posts))


def _groups_of(handle):
    persona = Persona.objects.filter(handle=handle).exclude(owner_sealed=None).first()
    return len(read_list(owner_of(persona)).personas) if persona else 0


def _turn_by_owner(personas, today):
    """Planted: whoever was told today that somebody waits, in any group, is told no more."""
    lately, enough = _turns(personas, today)
    told = {owner_of(row.persona) for row in Told.objects.filter(told_on=today).select_related("persona")}
    return lately, enough | {p.pk for p in Persona.objects.filter(pk__in=personas) if owner_of(p) in told}


_turns = relaying._turns
_make, _send, _check = personas.make_persona, notify._send_letter, rules.check_persona_name
_page, _members, _get_found = page.page, group_queries.list_members, talk_queries.get_found
IN_GROUPS = [_avatar_by_owner, _role_by_owner, _note_by_owner, _joined_by_owner, _face_by_key, _name_marks_the_second]


@pytest.mark.parametrize("fault", IN_GROUPS, ids=lambda f: f.__name__)
@pytest.mark.slow
def test_a_planted_fault_in_a_group_is_seen(fault):
    with patch("kith.groups.personas.make_persona", fault):
        assert differences() != []


@pytest.mark.slow
def test_a_planted_fault_in_the_answer_to_a_form_is_seen():
    with patch("kith.groups.rules.check_persona_name", _name_taken_where_its_owner_is):
        first = differences(forms=True)[0]  # later ones may follow from it: codes are drawn in turn
    assert "'Wren'" in first or "'Harbour'" in first


@pytest.mark.parametrize("fault", [_header_by_owner, _cookie_by_owner], ids=lambda f: f.__name__)
@pytest.mark.slow
def test_a_planted_fault_in_a_header_or_cookie_is_seen(fault):
    with patch("kith.web.groups.belonging.page", fault):
        assert any("/members/" in key for key in differences())


@pytest.mark.slow
def test_a_planted_fault_in_order_is_seen():
    with patch("kith.groups.queries.list_members", _order_by_owner):
        assert any("/members/" in key for key in differences())


@pytest.mark.slow
def test_a_planted_fault_in_who_is_told_is_seen():
    with patch("kith.conversation.queries.relaying._turns", _turn_by_owner):
        assert any("/desk/waiting/" in key for key in differences())


@pytest.mark.slow
def test_a_planted_fault_in_what_is_found_is_seen():
    with patch("kith.conversation.queries.get_found", _found_by_owner):
        assert any("/search/" in key for key in differences())


@pytest.mark.parametrize("fault", [_one_letter_for_all, _letter_id_by_owner], ids=lambda f: f.__name__)
@pytest.mark.slow
def test_a_planted_fault_in_letters_is_seen(fault):
    with patch("kith.notify.actions._send_letter", fault):
        assert differences() == ["letters"]
