"""PR8: what was erased is noted with a tag that tells nothing, and an older backup that is restored does not bring it back."""

import re
import shutil
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings

from kith.cli import working
from kith.conversation import actions as talk
from kith.conversation.actions.erasing import tag_of
from kith.conversation.models import Post, Revision
from kith.core import erasing
from kith.core.clock import month_of, now
from kith.core.models import Erasure, Site
from kith.groups.actions import close_account, invite, leave_group, run_errands, use_invitation
from kith.groups.models import Persona
from kith.people.models import Person
from kith.testing.cast import AT, PHRASE, make_cast
from kith.testing.clients import client_of
from kith.testing.copies import backup, kith, make_site, told
from kith.testing.serving import run_in
from tests.trust.test_words_are_gone import bytes_in

LATER = AT + timedelta(days=3)


@pytest.fixture
def cast(db, tmp_path):
    env = type(settings.ENV)(
        **{name: getattr(settings.ENV, name) for name in settings.ENV.__slots__} | {"backups": tmp_path / "backups"}
    )
    with override_settings(ENV=env):
        made = make_cast()
        talk.start_topic(made.places["ben"], title="One", words="Mine.", at=AT, intent="")
        yield made


def say(cast, who, words):
    return talk.reply(cast.places[who], 1, words=words, at=AT, intent="").number


def shown(number):
    post = Post.objects.get(number=number)
    return post.state == "" and bool(post.words)


class OlderCopy:
    """What was erased after this moment; leaving it, the database is as it was before, with nothing but the lines."""

    def __enter__(self):
        self._point = transaction.savepoint()
        return self

    def __exit__(self, *_problem):
        erasing.log_new(at=LATER)
        transaction.savepoint_rollback(self._point)
        self.again = erasing.reapply(erasing.read_log(erasing.log_path()), at=LATER)


class TestOlderCopies:
    def test_a_closed_account_stays_closed_and_its_words_as_she_chose(self, cast):
        ben, persona = cast.viewers["ben"].person, cast.places["ben"].persona
        for words, name, state in (("withdraw", "", "withdrawn"), ("nameless", "", ""), ("keep", "Wren", "")):
            point = transaction.savepoint()
            with OlderCopy() as copy:
                close_account(ben, phrase=PHRASE, words=words, now=True, at=AT)
                run_errands(at=AT)
                assert not Person.objects.filter(pk=ben).exists()
            assert copy.again >= 1
            assert not Person.objects.filter(pk=ben).exists()
            run_errands(at=AT)
            was = Persona.objects.get(pk=persona)
            assert (was.name, was.owner_tag, was.owner_sealed) == (name, None, None)
            assert Post.objects.get(number=1).state == state
            transaction.savepoint_rollback(point)
            erasing.log_path().unlink()

    def test_one_that_was_only_about_to_close_is_closed_too(self, cast):
        with OlderCopy():
            close_account(cast.viewers["ben"].person, phrase=PHRASE, words="keep", now=False, at=AT)
            assert Person.objects.filter(pk=cast.viewers["ben"].person).exists()  # the errands wait
        assert not Person.objects.filter(pk=cast.viewers["ben"].person).exists()

    def test_who_left_a_group_has_left_it_and_stays_a_person(self, cast):
        with OlderCopy():
            leave_group(cast.places["ben"], words="nameless", at=AT)
        assert Persona.objects.get(pk=cast.places["ben"].persona).left_on is not None
        assert Person.objects.filter(pk=cast.viewers["ben"].person).exists()

    def test_who_came_back_since_belongs_under_her_new_name(self, cast):
        leave_group(cast.places["ben"], words="keep", at=AT)
        erasing.log_new(at=AT)
        code = invite(cast.places["ada"], role="member", at=AT).code
        new = use_invitation(code, by=cast.viewers["ben"], name="New", at=AT)
        erasing.reapply(erasing.read_log(erasing.log_path()), at=LATER)
        assert Persona.objects.get(group__code=cast.group, name="New").left_on is None
        assert new is not None

    def test_words_taken_back_are_taken_back_and_can_still_be_brought_back(self, cast):
        number = say(cast, "ben", "CANARYWORD")
        with OlderCopy():
            talk.withdraw_post(cast.places["ben"], number, at=AT)
        assert not shown(number)
        talk.restore_post(cast.places["ben"], number, at=LATER)
        assert shown(number)

    def test_words_that_were_dropped_leave_nothing(self, cast):
        number = say(cast, "ben", "CANARYWORD")
        with OlderCopy():
            talk.withdraw_post(cast.places["ben"], number, at=AT)
            talk.drop_gone(at=AT + timedelta(days=31))
        assert not shown(number)
        assert not Revision.objects.filter(post__number=number).exists()

    def test_words_brought_back_since_stand_whatever_the_lines_said_before(self, cast):
        number = say(cast, "ben", "Mine.")
        with OlderCopy():
            talk.withdraw_post(cast.places["ben"], number, at=AT)
            erasing.log_new(at=AT)
            talk.restore_post(cast.places["ben"], number, at=AT)
        assert shown(number)
        talk.withdraw_post(cast.places["ben"], number, at=AT)
        assert erasing.reapply(erasing.read_log(erasing.log_path()), at=LATER) == 1  # the copy had it taken back
        assert shown(number)

    def test_a_new_post_with_the_key_of_an_old_one_is_left_alone(self, cast):
        number = say(cast, "ben", "Old.")
        key = Post.objects.get(number=number).pk
        with OlderCopy():
            talk.withdraw_post(cast.places["ben"], number, at=AT)
        Post.objects.filter(pk=key).delete()
        other = say(cast, "fay", "New.")
        Post.objects.filter(number=other).update(number=900)
        Post.objects.create(
            **{f.attname: getattr(Post.objects.get(number=900), f.attname) for f in Post._meta.fields}
            | {"id": key, "number": 901, "place": 901}
        )
        erasing.reapply(erasing.read_log(erasing.log_path()), at=LATER)
        assert shown(901)


class TestLines:
    def test_row_first_the_line_by_the_worker_and_nothing_of_what_was_rolled_back(self, cast):
        point = transaction.savepoint()
        close_account(cast.viewers["ben"].person, phrase=PHRASE, words="keep", now=True, at=AT)
        transaction.savepoint_rollback(point)
        assert not Erasure.objects.exists()
        close_account(cast.viewers["fay"].person, phrase=PHRASE, words="keep", now=True, at=AT)
        assert not erasing.log_path().exists()
        working._swept.clear()
        working.log_erasures()
        held = erasing.log_path().read_text()
        assert held.count(" people.keep ") == 1
        assert erasing.log_path().stat().st_mode & 0o077 == 0
        working.log_erasures()  # once a day
        erasing.log_new(at=AT)
        assert erasing.log_path().read_text() == held

    def test_they_tell_no_order_no_day_and_nobody(self, cast):
        numbers = [say(cast, "ben", f"Words {n}.") for n in range(60)]
        for number in numbers:
            talk.withdraw_post(cast.places["ben"], number, at=AT)
        tags = [bytes(tag).hex() for tag in Erasure.objects.order_by("pk").values_list("tag", flat=True)]
        erasing.log_new(at=AT)
        lines = erasing.log_path().read_text().splitlines()
        assert all(re.fullmatch(r"2026-03 conversation\.withdrawn [0-9a-f]{64}", line) for line in lines)
        made = {tag: n for n, tag in enumerate(tag_of_number(number) for number in numbers)}
        order = [made[line.split()[2]] for line in lines]
        assert abs(rank_correlation(order)) < 0.5
        assert abs(rank_correlation([made[tag] for tag in tags])) < 0.5

    def test_a_torn_last_line_and_nonsense_are_passed_over_and_old_ones_go(self, cast):
        Erasure.objects.create(kind="people.keep", tag=b"a" * 32, month=AT.date().replace(day=1, year=2023))
        Erasure.objects.create(kind="people.keep", tag=b"b" * 32, month=AT.date().replace(day=1))
        path = erasing.log_path()
        path.parent.mkdir()
        path.write_text(f"2023-01 people.keep {'00' * 32}\n2026-02 people.keep {'11' * 32}\nnonsense\n2026-02 people.keep 22")
        path.chmod(0o600)
        assert set(erasing.read_log(path)) == {bytes(32), b"\x11" * 32}
        erasing.log_new(at=AT)
        assert set(erasing.read_log(path)) == {b"\x11" * 32, b"b" * 32}


def tag_of_number(number):
    return tag_of(Post.objects.get(number=number)).hex()


def rank_correlation(order):
    n = len(order)
    return 1 - 6 * sum((place - made) ** 2 for place, made in enumerate(order)) / (n * (n * n - 1))


class TestReceipt:
    def test_she_is_shown_it_once_it_stands_in_no_address_and_finds_her_erasure(self, cast):
        client = client_of(cast.viewers["ben"])
        answer = client.post("/me/closing/", {"words": "keep", "when": "now", "phrase": PHRASE})
        assert answer.status_code == 200
        assert answer["Clear-Site-Data"] == '"cookies", "storage", "cache"'  # so no cookie could carry it to another page
        words = answer.content.decode()
        assert "Sign out" not in words
        (receipt,) = re.findall(r"\b[a-z0-9]{4}(?:-[a-z0-9]{4}){3}\b", words)
        assert erasing.month_erased(receipt.upper().replace("-", " ")) == erasing.month_erased(receipt) == month_of(now())
        assert erasing.month_erased("aaaa-aaaa-aaaa-aaaa") is None
        again = client.post("/me/closing/", {"words": "keep", "when": "now", "phrase": PHRASE})
        assert again.status_code == 401
        assert receipt not in again.content.decode()

    def test_with_it_the_operator_finds_her_in_an_older_copy_although_every_line_is_lost(self, cast, capsys):
        ben = cast.viewers["ben"].person
        point = transaction.savepoint()
        receipt = close_account(ben, phrase=PHRASE, words="keep", now=True, at=AT)
        call_command("erased", receipt)
        assert "was erased in" in capsys.readouterr().out
        transaction.savepoint_rollback(point)
        assert Person.objects.filter(pk=ben).exists()
        with pytest.raises(CommandError, match="is here"):
            call_command("erased", receipt)
        call_command("erased", receipt, again="withdraw")
        assert not Person.objects.filter(pk=ben).exists()
        with pytest.raises(CommandError, match="no receipt"):
            call_command("erased", "abcd-abcd-abcd-abcd")


@pytest.mark.django_db
def test_the_steward_sees_when_the_last_backup_was_made_and_when_one_was_proven():
    client = client_of(make_cast().viewer("sue"))
    assert client.get("/steward/").content.decode().count("Never") == 2
    Site.objects.filter(pk=1).update(backed_up_at=AT, drilled_at=LATER)
    words = client.get("/steward/").content.decode()
    assert "4 March" in words
    assert "7 March" in words


@pytest.mark.nightly
def test_a_real_older_backup_restored_holds_nobody_who_was_erased_since(tmp_path):
    site, new = tmp_path / "site", tmp_path / "new"
    key = make_site(site)
    archive = backup(site)
    assert bytes_in(site)
    run_in(site, "from kith.testing.copies import close; close('Wren')")
    after = told(site)
    assert after["counts"]["people.Person"] == 6
    new.mkdir()
    shutil.copy(site / "keys.json", new)
    said = kith(new, "restore", archive, typed=key)  # the lines lie beside it
    assert "because it was erased since" in said
    held = told(new)
    assert held["counts"]["people.Person"] == 6
    assert held["read"] == after["read"]
    assert {name: n for name, n in bytes_in(new).items() if name.startswith("kith.sqlite3")} == {}
