"""My words: all of them, page by page, also from groups that are past; and the ways out of a group."""

import re

import pytest

from kith.conversation import actions as talk
from kith.conversation.models import Post
from kith.core import clock
from kith.groups import actions
from kith.groups.models import Group
from kith.testing.cast import AT, make_cast
from kith.testing.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db):
    made = make_cast()
    talk.start_topic(made.places["ben"], title="One", words="First words.", at=AT, intent="")
    talk.edit_post(made.places["ben"], 1, words="Second words.", at=AT)
    return made


def past_of(cast, name="ben"):
    return f"/me/words/{cast.group}/{cast.places[name].handle}/"


class TestPaging:
    def test_every_post_can_be_reached(self, cast):
        for n in range(45):
            talk.reply(cast.places["ben"], 1, words=f"NUMBER{n}.", at=AT, intent="")
        client, path, seen = client_of(cast.viewer("ben")), "/me/words/", set()
        for _page in range(9):
            html = client.get(path).content.decode()
            seen |= set(re.findall(r"NUMBER\d+\.", html))
            older = re.search(r'href="([^"]*\?before=\d+)"', html)
            if not older:
                break
            path = older[1] if older[1].startswith("/") else past_of(cast) + older[1]
        assert len(seen) == 45
        assert "That is everything." in html

    def test_nobody_elses(self, cast):
        assert client_of(cast.viewer("fay")).get(past_of(cast)).status_code == 404


@pytest.fixture(params=["left", "closed"])
def past(request, cast):
    """Ben's page of words after he has left with them kept, or after his group has closed."""
    if request.param == "left":
        actions.leave_group(cast.places["ben"], words="keep", at=AT)
    else:
        actions.close_group(cast.place("ada"), at=AT)
    return client_of(cast.viewer("ben"))


class TestWhereIWas:
    def test_my_words_stay_on_my_page(self, cast, past):
        page = past.get("/me/words/").content.decode()
        assert "Second words." in page
        assert "You were Wren there." in page
        one = past.get(past_of(cast) + "1/").content.decode()
        assert "Second words." in one
        assert "First words." in one

    def test_one_post_can_be_taken_back_and_no_copy_stays(self, cast, past):
        assert past.post(past_of(cast) + "1/").status_code == 302
        post = Post.objects.get()
        assert (post.state, post.words, post.revisions.count()) == ("withdrawn", "", 0)
        assert b"Second words." not in past.get("/me/words/").content
        assert past.get(past_of(cast) + "1/").status_code == 200

    @pytest.mark.parametrize("choice", ["withdraw", "nameless"])
    def test_all_can_be_chosen_anew(self, cast, past, choice):
        assert past.get(past_of(cast) + "all/").status_code == 200
        assert past.post(past_of(cast) + "all/", {"words": "keep"}).status_code == 422
        assert past.post(past_of(cast) + "all/", {"words": choice}).status_code == 302
        post = Post.objects.select_related("author").get()
        assert (post.author.name, post.words) == ("", "" if choice == "withdraw" else "Second words.")
        assert past.get(past_of(cast) + "all/").status_code == 404

    def test_nobody_else_comes_there(self, cast, past):
        for name in ("fay", "ada", "cleo"):
            other = client_of(cast.viewer(name))
            for tail in ("", "1/", "all/"):
                assert other.get(past_of(cast) + tail).status_code == 404
            assert other.post(past_of(cast) + "1/").status_code == 404
            assert other.post(past_of(cast) + "all/", {"words": "withdraw"}).status_code == 404
        assert Post.objects.get().words == "Second words."

    def test_somebody_elses_post_is_not_reached(self, cast, past):
        post = Post.objects.get()
        Post.objects.filter(pk=post.pk).update(author=cast.places["fay"].persona)
        assert past.get(past_of(cast) + "1/").status_code == 404
        assert past.post(past_of(cast) + "1/").status_code == 404

    def test_a_membership_that_lasts_is_not_past(self, cast):
        ben = client_of(cast.viewer("ben"))
        assert ben.get(past_of(cast) + "1/").status_code == 404
        assert ben.post(past_of(cast) + "all/", {"words": "withdraw"}).status_code == 404

    def test_drafts_in_a_closed_group_can_still_be_read(self, cast):
        talk.save_draft(cast.places["ben"], "reply:1", words="Half a thought.")
        actions.close_group(cast.place("ada"), at=AT)
        page = client_of(cast.viewer("ben")).get("/me/words/").content.decode()
        assert "Half a thought." in page
        assert f"/g/{cast.group}/" not in page


class TestClosingAGroup:
    def test_the_only_host_is_led_there_and_out(self, cast):
        actions.leave_group(cast.place("eve"), words="keep", at=AT)
        ada, base = client_of(cast.viewer("ada")), f"/g/{cast.group}/"
        for answer in (ada.get(base + "leave/"), ada.post(base + "leave/", {"words": "keep"})):
            assert base + "desk/ending/" in answer.content.decode()
        assert base + "desk/ending/" in ada.get(base + "desk/").content.decode()
        assert b"You are not the only host" not in ada.get(base + "desk/ending/").content
        assert ada.post(base + "desk/ending/").status_code == 422
        assert Group.objects.get(code=cast.group).closed_on is None
        assert ada.post(base + "desk/ending/", {"sure": "1"}).headers["Location"] == "/me/words/"
        assert Group.objects.get(code=cast.group).closed_on is not None

    def test_one_of_two_hosts_is_asked_to_talk_first(self, cast):
        page = client_of(cast.viewer("ada")).get(f"/g/{cast.group}/desk/ending/").content.decode()
        assert "You are not the only host" in page
        assert "Kettle e" in page

    def test_members_and_strangers_cannot(self, cast):
        for name in ("ben", "cleo", "sue"):
            assert client_of(cast.viewer(name)).post(f"/g/{cast.group}/desk/ending/", {"sure": "1"}).status_code == 404

    def test_a_link_into_it_says_the_same_before_and_after_sending(self, cast):
        made = actions.invite(cast.places["ada"], role="member", at=clock.now())
        actions.close_group(cast.place("ada"), at=AT)
        ben, cleo, base = client_of(cast.viewer("ben")), client_of(cast.viewer("cleo")), f"/g/{cast.group}/"
        for path in ("", "topics/", "topics/1/", "topics/new/", "posts/1/edit/", "leave/", "me/"):
            assert ben.get(base + path).status_code == 403, path
            assert cleo.get(base + path).status_code == 404, path
        for path in ("topics/new/", "posts/1/edit/", "leave/", "me/"):
            assert ben.post(base + path).status_code == 403, path
        assert ben.post(base + "topics/1/reply/", {"words": "Hm."}).status_code == 403
        assert b"This group has closed" in ben.get(base).content
        assert {cleo.get(base + "join/").status_code, cleo.post(base + "join/").status_code} == {404}
        path = f"/invitation/{made.code}/"
        assert {cleo.get(path).status_code, cleo.post(path, {"own": "Zed", "agree": "on"}).status_code} == {403}

    def test_the_notice_leads_to_my_words(self, cast):
        actions.close_group(cast.place("ada"), at=AT)
        page = client_of(cast.viewer("ben")).get("/me/notices/").content.decode()
        assert "A group of yours has closed" in page
        assert 'href="/me/words/"' in page
