"""What a reader asked to fold is folded for her alone: in a topic, in lists, on an open page, never because of who wrote."""

import re

import pytest

from kith.conversation import actions as talk
from kith.people.actions import set_filters, set_own_name
from kith.people.models import Person
from kith.testing.cast import AT, make_cast
from kith.testing.clients import client_of

pytestmark = pytest.mark.django_db
FOLD = re.compile(r'<details class="content-note"><summary><span><b>You asked to fold this:</b> ([^<]+)</span>')


@pytest.fixture
def cast(db):
    made = make_cast()
    talk.start_topic(made.places["fay"], title="My knife", words="I was <weighed> again.", at=AT, intent="")
    talk.reply(made.places["ada"], 1, words="Quiet words.", note="Hospital and needles", at=AT, intent="")
    talk.reply(made.places["fay"], 1, words="Knives in the drawer.", nameless=True, at=AT, intent="")
    talk.reply(made.places["ben"], 1, words="My own knife.", at=AT, intent="")
    return made


def fold(cast, who, words="", kinds=()):
    set_filters(cast.viewer(who).person, kinds=kinds, words=words)
    return client_of(cast.viewer(who))


def folds(client, path):
    return FOLD.findall(client.get(path).content.decode())


class TestTopic:
    def test_folds_words_kinds_and_nothing_of_ones_own(self, cast):
        ben = fold(cast, "ben", "knife\nweighed", ["medical"])
        assert folds(ben, f"/g/{cast.group}/topics/1/") == ["knife", "weighed", "Medical tests", "knife"]
        assert folds(ben, f"/g/{cast.group}/topics/1/posts/3/") == ["knife"]

    def test_the_title_is_behind_a_fold_and_the_page_still_has_a_heading(self, cast):
        path = f"/g/{cast.group}/topics/1/"
        html = fold(cast, "ben", "knife").get(path).content.decode()
        assert re.findall("<h1>(.*?)</h1>", html) == ["A topic that you asked to fold"]
        assert re.findall("<h1>(.*?)</h1>", client_of(cast.viewer("fay")).get(path).content.decode()) == ["My knife"]

    def test_folds_for_nobody_else(self, cast):
        fold(cast, "ben", "knife")
        assert folds(client_of(cast.viewer("ada")), f"/g/{cast.group}/topics/1/") == []

    def test_never_folds_because_of_who_wrote(self, cast):
        talk.reply(cast.places["ada"], 1, words="So it is.", quote=1, quoted="again", at=AT, intent="")
        ben = fold(cast, "ben", f"{cast.places['ada'].persona_name}\n{cast.places['fay'].persona_name}\nNameless\nNameless 1")
        assert folds(ben, f"/g/{cast.group}/topics/1/") == []

    def test_costs_no_query_more(self, cast, django_assert_max_num_queries):
        plain, path = client_of(cast.viewer("ben")), f"/g/{cast.group}/topics/1/"
        with django_assert_max_num_queries(20) as before:
            plain.get(path)
        folding = fold(cast, "ben", "knife")
        with django_assert_max_num_queries(20) as after:
            folding.get(path)
        assert len(before) == len(after)

    def test_an_own_name_alone_folds_nothing(self, cast):
        set_own_name(cast.viewer("ben").person, name="Knife Smith")
        assert folds(client_of(cast.viewer("ben")), f"/g/{cast.group}/topics/1/") == []


class TestLists:
    def test_titles_are_folded_where_topics_are_listed(self, cast):
        ben = fold(cast, "ben", "knife")
        for path in ("topics/", ""):
            assert "knife" in folds(ben, f"/g/{cast.group}/{path}"), path

    def test_answers_to_me_are_folded(self, cast):
        talk.start_topic(cast.places["ben"], title="Mine", words="Hello.", at=AT, intent="")
        talk.reply(cast.places["fay"], 2, words="The knife again.", at=AT, intent="")
        ben = fold(cast, "ben", "knife")
        assert folds(ben, "/") == ["knife"]
        assert "knife" in folds(ben, f"/g/{cast.group}/")

    def test_notices_do_not_say_the_title(self, cast):
        talk.reply(cast.places["fay"], 1, words="Hi.", quote=4, quoted="My own", at=AT, intent="")
        html = fold(cast, "ben", "knife").get("/me/notices/").content.decode()
        assert "My knife" not in html
        assert "You asked to fold this: knife" in html

    def test_words_behind_a_content_note_are_in_no_list(self, cast):
        talk.start_topic(cast.places["fay"], title="Waiting", words="Behind a note.", note="quiet", at=AT, intent="")
        talk.start_topic(cast.places["ben"], title="Mine", words="Hello.", at=AT, intent="")
        talk.reply(cast.places["fay"], 3, words="Also behind one.", note="quiet", at=AT, intent="")
        html = client_of(cast.viewer("ben")).get(f"/g/{cast.group}/").content.decode()
        assert "Waiting" in html
        assert "ehind" not in html.replace("It is folded behind a note.", "")


class TestMyFilters:
    def test_are_chosen_kept_sealed_and_shown_again(self, cast):
        ben = client_of(cast.viewer("ben"))
        assert ben.post("/me/filters/", {"kind": ["food", "nonsense"], "words": "knife, diet\n\nknife\n"}).status_code == 302
        html = ben.get("/me/filters/").content.decode()
        assert re.search(r'value="food" checked', html)
        assert "nonsense" not in html
        assert "\nknife\ndiet</textarea>" in html
        assert b"knife" not in bytes(Person.objects.get(pk=cast.viewer("ben").person).filters_sealed)

    @pytest.mark.parametrize("words", ["x" * 31, "\n".join(f"word {n}" for n in range(25))])
    def test_too_much_is_said_with_the_words_given_back(self, cast, words):
        answer = client_of(cast.viewer("ben")).post("/me/filters/", {"words": words})
        assert answer.status_code == 422
        assert words in answer.content.decode()

    def test_filters_and_own_name_do_not_write_over_each_other(self, cast):
        person = cast.viewer("ben").person
        set_own_name(person, name="Benedikt")
        set_filters(person, kinds=["food"], words="knife")
        set_own_name(person, name="Ben")
        assert folds(client_of(cast.viewer("ben")), f"/g/{cast.group}/topics/1/") == ["knife", "knife"]

    def test_every_sealed_row_is_of_one_size(self, cast):
        fold(cast, "ben", "a")
        fold(cast, "fay", "\n".join("\U0001f33c" * 28 + f"{n:02}" for n in range(24)), ["food", "loss", "abuse"])
        set_own_name(cast.viewer("fay").person, name="\U0001f33c" * 60)
        sizes = {len(bytes(s)) for s in Person.objects.exclude(filters_sealed=None).values_list("filters_sealed", flat=True)}
        assert len(sizes) == 1
