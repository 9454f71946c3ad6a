"""Calling somebody by name: she is told, the name follows her, and it is taken back with the words."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from kith.conversation import actions, queries
from kith.conversation.actions.leaving import words_of_one_who_left
from kith.conversation.mentions import mark_named
from kith.conversation.models import Mention, Post
from kith.conversation.rows import Sought
from kith.core import text
from kith.groups.actions import invite, leave_group, rename_persona, use_invitation
from kith.groups.models import Persona
from kith.notify.models import Notice
from kith.testing.cast import AT, make_cast

LATER = AT + timedelta(hours=1)


@pytest.fixture
def cast(db):
    made = make_cast()
    actions.start_topic(made.places["ben"], title="One", words="It rains.", at=AT, intent="")
    return made


def say(cast, words, who="fay", **more):
    return actions.reply(cast.places[who], 1, words=words, at=LATER, intent="", **more)


def found(cast, words):
    token = queries.seek(cast.viewer("ben"), cast.group, Sought(words), at=AT)
    return [row.number for row in queries.get_found(cast.viewer("ben"), cast.group, token, at=LATER)[1].posts]


def told(place, kind="conversation.mentioned"):
    return list(Notice.objects.filter(mailbox=place.mailbox, kind=kind).values_list("who", flat=True))


@pytest.mark.django_db
class TestCalling:
    def test_tells_her_once_and_sets_the_name_apart(self, cast):
        say(cast, "I agree with @Kettle e, and @kettle e again. Also me@wren.example and @nobody.")
        assert told(cast.places["eve"]) == ["Fig"]
        html = Post.objects.get(number=2).html
        assert html.count('<b class="mention">') == 2
        assert Mention.objects.count() == 1

    def test_the_longest_name_that_stands_there_is_meant(self, cast):
        rename_persona(cast.places["fay"], name="Kettle")
        say(cast, "@Kettle e!", who="ben")
        assert told(cast.places["eve"]) == ["Wren"]
        assert told(cast.places["fay"]) == []

    def test_tells_the_author_that_only_not_twice(self, cast):
        say(cast, "@Wren, yes.")
        assert told(cast.places["ben"]) == ["Fig"]
        assert told(cast.places["ben"], "conversation.answered") == []

    def test_stands_in_her_catch_up(self, cast):
        say(cast, "@Kettle e, look.")
        assert [row.number for row in queries.catch_up(cast.places["eve"]).replies] == [2]

    def test_without_a_name_tells_no_name(self, cast):
        say(cast, "@Kettle e, look.", nameless=True)
        assert told(cast.places["eve"]) == [""]

    def test_with_a_mark_in_it_is_set_apart(self, cast):
        rename_persona(cast.places["eve"], name="O'Neil & <i>")
        say(cast, "@O'Neil & <i>, look.")
        assert told(cast.places["eve"]) == ["Fig"]
        assert """<b class="mention">@O'Neil &amp; &lt;i&gt;</b>, look.""" in Post.objects.get(number=2).html

    def test_in_an_address_calls_nobody(self, cast):
        rename_persona(cast.places["eve"], name="Ann")
        say(cast, "See https://a.example/@Ann and [there](https://a.example/@Ann).")
        assert told(cast.places["eve"]) == []

    def test_in_a_line_calls_nobody(self, cast):
        actions.start_line(cast.places["ben"], words="It is about @Fig.", at=AT, intent="")
        assert told(cast.places["fay"]) == []
        actions.drop_gone(at=LATER + timedelta(days=30))
        assert not Mention.objects.exists()


@pytest.mark.django_db
class TestTheNameFollows:
    def test_when_she_takes_another(self, cast):
        say(cast, "@Kettle e, look.")
        rename_persona(cast.places["eve"], name="Juniper & Sons")
        post = Post.objects.get(number=2)
        assert post.words == "@Juniper & Sons, look."
        assert '<b class="mention">@Juniper &amp; Sons</b>' in post.html
        rename_persona(cast.places["eve"], name="Ash")
        assert Post.objects.get(number=2).words == "@Ash, look."

    def test_when_she_leaves_without_it(self, cast):
        say(cast, "@Fig, look.", who="ben")
        leave_group(cast.places["fay"], words="nameless", at=LATER)
        post = Post.objects.get(number=2)
        assert "Fig" not in post.words + post.html

    def test_with_the_words_when_they_change_or_go(self, cast):
        posted = say(cast, "@Kettle e, look.")
        actions.edit_post(cast.places["fay"], posted.number, words="@Lamp a, look.", at=LATER)
        assert (told(cast.places["eve"]), told(cast.places["ada"])) == ([], ["Fig"])
        actions.withdraw_post(cast.places["fay"], posted.number, at=LATER)
        assert told(cast.places["ada"]) == []
        actions.drop_gone(at=LATER + timedelta(days=30))
        assert not Mention.objects.exists()

    def test_and_nobody_elses_words(self, cast):
        rename_persona(cast.places["eve"], name="Ann")
        rename_persona(cast.places["ada"], name="Ann Lee")
        words = (
            "{} and @Annabel, @ANN_LEE, me@annex.example, @Ann Lee, [Ann](https://a.example/@ann). {}: https://a.example/@Ann?"
        )
        say(cast, words.format("@Ann", "@ann"))
        rename_persona(cast.places["eve"], name="Zebra <b>")
        post = Post.objects.get(number=2)
        assert post.words == words.format("@Zebra <b>", "@Zebra <b>").replace("@ANN_LEE", "@Zebra <b>_LEE")
        assert 'href="https://a.example/@ann"' in post.html
        assert post.html.count('<b class="mention">@Zebra &lt;b&gt;</b>') == 3
        assert post.html.count('<b class="mention">@Ann Lee</b>') == 1
        assert post.html.count('<b class="mention">') == 4

    def test_into_the_search(self, cast):
        say(cast, "@Kettle e, look.")
        say(cast, "@Wren, do not look.")
        rename_persona(cast.places["eve"], name="Juniper")
        assert (found(cast, "kettle"), found(cast, "juniper"), found(cast, "look")) == ([], [2], [3, 2])
        leave_group(cast.places["eve"], words="nameless", at=LATER)
        assert (found(cast, "juniper"), found(cast, "member")) == ([], [2])

    def test_not_into_the_search_where_the_post_is_not_shown(self, cast):
        for words in ("@Kettle e, folded.", "@Kettle e, folded by me.", "@Kettle e, taken back."):
            say(cast, words)
        actions.fold_post(cast.places["ada"], 2, reason="Hard detail.", at=LATER)
        actions.fold_own(cast.places["fay"], 3, folded=True, at=LATER)
        actions.withdraw_post(cast.places["fay"], 4, at=LATER)
        rename_persona(cast.places["eve"], name="Juniper")
        assert found(cast, "juniper") == []
        assert "@Juniper</b>, folded." in Post.objects.get(number=2).html
        assert Post.objects.get(number=4).html == ""
        actions.restore_post(cast.places["fay"], 4, at=LATER)
        assert "@Juniper</b>, taken back." in Post.objects.get(number=4).html
        assert found(cast, "juniper") == [4]

    @pytest.mark.parametrize(
        ("quoted", "now"), [("@Kettle e, look.", "@Juniper, look."), ("And me@kettle e.", "And me@kettle e."), ("@Kett", "")]
    )
    def test_into_quotes_that_stay_when_their_source_changes(self, cast, quoted, now):
        say(cast, "@Kettle e, look.\nAnd me@kettle e.")
        say(cast, "Yes, @Kettle e.", who="ben", quote=2, quoted=quoted)
        rename_persona(cast.places["eve"], name="Juniper")
        actions.edit_post(cast.places["fay"], 2, words=f"{Post.objects.get(number=2).words}\nMore.", at=LATER)
        post = Post.objects.get(number=3)
        assert post.quoted == now
        assert ("wrote" in post.html, now in post.html) == (bool(now), True)
        assert '<p>Yes, <b class="mention">@Juniper</b>.' in post.html
        leave_group(cast.places["eve"], words="nameless", at=LATER)
        assert "Juniper" not in "".join(post.words + post.html + post.quoted for post in Post.objects.all())

    def test_into_later_notes_and_what_a_post_said_before(self, cast):
        say(cast, "Hello.")
        say(cast, "@Kettle e, look.")
        for number in (2, 3):
            actions.note_later(cast.places["fay"], number, words="I asked @Kettle e, not @Kettle els.", at=LATER)
        actions.edit_post(cast.places["fay"], 3, words="@Kettle e, look again.", at=LATER)
        actions.withdraw_post(cast.places["fay"], 3, at=LATER)
        rename_persona(cast.places["eve"], name="Juniper")
        assert "I asked @Juniper, not @Kettle els." in Post.objects.get(number=2).html
        assert found(cast, "juniper") == [2]
        assert {form.words for form in Post.objects.get(number=3).revisions.all()} == {"@Juniper, look.", "@Juniper, look again."}
        actions.restore_post(cast.places["fay"], 3, at=LATER)
        assert Post.objects.get(number=3).later == "I asked @Juniper, not @Kettle els."

    def test_and_not_to_one_who_left_her_words_under_a_name_like_it(self, cast):
        say(cast, "Hello.")
        actions.note_later(cast.places["fay"], 2, words="I asked @Wren.", at=LATER)
        leave_group(cast.places["ben"], words="keep", at=LATER)
        invitation = invite(cast.places["ada"], role="member", at=LATER)
        use_invitation(invitation.code, by=cast.viewer("ben"), name="Wren", at=LATER)
        say(cast, "@Wren, welcome back.")
        rename_persona(cast.place("ben"), name="Sedge")
        assert Post.objects.get(number=2).later == "I asked @Wren."
        assert Post.objects.get(number=3).words == "@Sedge, welcome back."

    def test_into_drafts_and_only_where_they_call_her(self, cast):
        fay, hers = cast.places["fay"], say(cast, "@Kettle e, look.")
        actions.return_post(cast.places["ada"], hers.number, reason="Hard detail.", at=LATER)
        before = actions.save_draft(fay, "reply:1", words="@Kettle e and Kettle e, not @Kettle els, not me@kettle e.")
        actions.save_draft(cast.places["ben"], "topic", words="@Wren.", title="Of @Kettle e")
        rename_persona(cast.places["eve"], name="Juniper")
        draft = queries.get_draft(fay, "reply:1")
        assert (draft.words, draft.version) == ("@Juniper and Kettle e, not @Kettle els, not me@kettle e.", before.version)
        assert queries.get_draft(fay, f"edit:{hers.number}").words == "@Juniper, look."
        assert queries.get_draft(cast.places["ben"], "topic").words == "@Wren."
        leave_group(cast.places["eve"], words="nameless", at=LATER)
        assert queries.get_draft(fay, f"edit:{hers.number}").words == "@a member, look."

    def test_into_a_draft_of_a_post_by_whom_that_post_calls(self, cast):
        leave_group(cast.places["ben"], words="keep", at=LATER)
        invitation = invite(cast.places["ada"], role="member", at=LATER)
        use_invitation(invitation.code, by=cast.viewer("ben"), name="Wren", at=LATER)
        hers = say(cast, "@Wren, welcome back.")
        for where in (f"edit:{hers.number}", "topic"):
            actions.save_draft(cast.places["fay"], where, words="@Wren, hello.")
        rename_persona(cast.place("ben"), name="Sedge")
        assert queries.get_draft(cast.places["fay"], f"edit:{hers.number}").words == "@Sedge, hello."
        assert queries.get_draft(cast.places["fay"], "topic").words == "@Wren, hello."  # he left his words under that name

    def test_into_a_post_that_was_changed_since_she_left(self, cast):
        hers = say(cast, "@Kettle e, look.")
        gone = say(cast, "@Kettle e, look here.")
        leave_group(cast.places["eve"], words="keep", at=LATER)
        actions.edit_post(cast.places["fay"], hers.number, words="@Kettle e, look again.", at=LATER)
        actions.edit_post(cast.places["fay"], gone.number, words="Nobody.", at=LATER)
        post = Post.objects.get(number=hers.number)
        assert '<b class="mention">@Kettle e</b>' in post.html
        assert list(Mention.objects.values_list("post__number", "name")) == [(hers.number, "Kettle e")]
        words_of_one_who_left(post.group_id, Persona.objects.get(name="Kettle e").pk, "nameless", LATER)
        post.refresh_from_db()
        assert post.words == "@a member, look again."
        assert "Kettle" not in post.html

    def test_and_nobody_is_told_who_left(self, cast):
        hers = say(cast, "@Kettle e, look.")
        leave_group(cast.places["eve"], words="keep", at=LATER)
        before = Notice.objects.count()
        actions.edit_post(cast.places["fay"], hers.number, words="@Kettle e, look again.", at=LATER)
        assert Notice.objects.count() == before

    def test_at_no_cost_for_each_post(self, cast):
        spent = []
        for count in (2, 12):
            for n in range(count):
                number = actions.reply(cast.places["fay"], 1, words="@Kettle e, look.", at=LATER, intent=f"{count}:{n}").number
                actions.edit_post(cast.places["fay"], number, words="@Kettle e, look up.", at=LATER)
                actions.save_draft(cast.places["fay"], f"edit:{number}", words="@Kettle e, look down.")
                actions.reply(cast.places["ben"], 1, words="Yes.", quote=number, at=LATER, intent=f"{count}:{n}")
            with CaptureQueriesContext(connection) as renamed:
                rename_persona(cast.places["eve"], name="Juniper")
            assert not Post.objects.filter(html__contains="Kettle").exists()
            rename_persona(cast.places["eve"], name="Kettle e")
            spent.append(len(renamed))
        assert spent[0] == spent[1]


NAMES = st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12), max_size=3)


@given(st.text(max_size=200), NAMES)
def test_marking_changes_no_tag_and_no_word(words, names):
    html = text.render(words)
    marked = mark_named(html, names)
    assert marked.replace('<b class="mention">', "").replace("</b>", "") == html.replace("</b>", "")
