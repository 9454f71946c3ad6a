"""After an act the page says in one sentence what was done; the sentence comes from a fixed table, by a code in the address."""

import re
from html import unescape

import pytest

from kith.conversation import actions
from kith.core.clock import now
from kith.testing.cast import AT, make_cast
from kith.testing.clients import client_of
from kith.web.jinja import environment_for

pytestmark = pytest.mark.django_db
DONE = re.compile(r'<p class="notice notice--slim" id="done" role="status" tabindex="-1">([^<]*)</p>')
POSTED = "It is posted. We tell you under Notices when somebody answers you."
KEPT = "Your draft is kept. Only you can see it."


@pytest.fixture
def cast(db):
    made = make_cast()
    actions.start_topic(made.places["fay"], title="Nights", words="It is hard.", at=AT, intent="")
    actions.reply(made.places["ben"], 1, words="Here too.", at=AT, intent="")
    return made


@pytest.fixture
def ben(cast):
    return client_of(cast.viewer("ben"))


def said(client, path, fields=None):
    """Do something, or only look, and return where that leads and what the page says of it."""
    answer = client.get(path) if fields is None else client.post(path, fields)
    where = answer.headers.get("Location", path)
    page = client.get(where) if answer.status_code == 302 else answer
    assert page.status_code == 200
    return where, [unescape(words) for words in DONE.findall(page.content.decode())], page.content.decode()


class TestPosting:
    def test_a_topic(self, cast, ben):
        where, words, _html = said(ben, f"/g/{cast.group}/topics/new/", {"title": "Days", "words": "They are long."})
        assert (where, words) == (f"/g/{cast.group}/topics/2/?done=posted", [POSTED])

    def test_an_answer_says_it_below_the_posts_where_the_page_opens(self, cast, ben):
        where, words, html = said(ben, f"/g/{cast.group}/topics/1/reply/", {"words": "Again."})
        assert (where, words) == (f"/g/{cast.group}/topics/1/?post=3&done=answered#p3", [POSTED])
        assert html.index('id="p3"') < html.index('id="done"') < html.index('id="write"')

    def test_a_line_to_the_hosts(self, cast, ben):
        sent = ["It is sent. We tell you under Notices when somebody answers you."]
        where, words, _html = said(ben, f"/g/{cast.group}/line/", {"words": "My lamp went out."})
        assert (where, words) == (f"/g/{cast.group}/topics/2/?done=sent", sent)
        assert said(ben, f"/g/{cast.group}/topics/2/reply/", {"words": "Again."})[1] == sent


class TestKeepingADraft:
    def test_says_so_by_the_box(self, cast, ben):
        where, words, html = said(ben, f"/g/{cast.group}/topics/1/reply/", {"words": "Half a", "keep": "1"})
        assert (where, words) == (f"/g/{cast.group}/topics/1/?done=kept#done", [KEPT])
        assert html.index('id="done"') < html.index('id="write"')
        for path in ("topics/new/", "line/"):
            assert said(ben, f"/g/{cast.group}/{path}", {"words": "Half a", "keep": "1"})[1] == [KEPT]

    def test_says_nothing_where_there_was_nothing_to_keep(self, cast, ben):
        where, words, _html = said(ben, f"/g/{cast.group}/topics/1/reply/", {"words": " ", "keep": "1"})
        assert (where, words) == (f"/g/{cast.group}/topics/1/#write", [])
        assert said(ben, f"/g/{cast.group}/topics/new/", {"words": "", "keep": "1"})[1] == []


class TestOneOfMyPosts:
    @pytest.mark.parametrize(
        ("tail", "fields", "words"),
        [
            ("later/", {"later": "It got better."}, "Your note stands below your words now."),
            ("later/", {"away": "1"}, "No note stands below your words now."),
            ("own-fold/", {"fold": "1"}, "Your post is folded now. Others press to open it."),
            ("own-fold/", {"fold": "open"}, "Your post is open again. Everybody who reads here sees it."),
            ("name/", {"name": "none"}, "Your name is off this post now."),
            ("name/", {"name": "mine"}, "Your post shows your name now."),
        ],
    )
    def test_says_what_was_done_to_it(self, cast, ben, tail, fields, words):
        where, done, _html = said(ben, f"/g/{cast.group}/posts/2/{tail}", fields)
        assert where.startswith(f"/g/{cast.group}/posts/2/mine/?done=")
        assert done == [words]

    def test_says_that_it_is_back(self, cast, ben):
        actions.withdraw_post(cast.places["ben"], 2, at=now())
        assert said(ben, f"/g/{cast.group}/posts/2/restoration/", {})[1] == ["Your post is back where it was."]


class TestHosts:
    @pytest.mark.parametrize(
        ("path", "fields", "words"),
        [
            ("pin", {"pin": "on"}, "It is pinned."),
            ("pin", {"pin": "off"}, "It is not pinned any more."),
            ("closure", {"closure": "on"}, "It is closed."),
            ("closure", {"closure": "off"}, "It is open again."),
            ("tags", {}, "The tags are saved."),
        ],
    )
    def test_are_told_what_they_did_to_a_topic(self, cast, path, fields, words):
        (done,) = said(client_of(cast.viewer("ada")), f"/g/{cast.group}/topics/1/{path}/", fields)[1]
        assert done.startswith(words)

    def test_are_told_that_the_tags_are_saved(self, cast):
        fields = {"number0": "0", "name0": "sleep"}
        assert said(client_of(cast.viewer("ada")), f"/g/{cast.group}/desk/tags/", fields)[1] == ["The tags are saved."]


class TestChangingAPost:
    def test_says_it_above_the_post_where_the_page_opens(self, cast, ben):
        where, words, html = said(ben, f"/g/{cast.group}/posts/2/edit/", {"words": "Here as well."})
        assert (where, words) == (f"/g/{cast.group}/topics/1/?post=2&done=changed#done", ["Your change is saved."])
        assert html.index('id="p1"') < html.index('id="done"') < html.index('id="p2"')
        assert html.count('class="post ') == 2

    def test_that_was_given_back_says_it_where_she_alone_sees_it(self, cast, ben):
        actions.return_post(cast.places["ada"], 2, reason="It names a street.", at=AT)
        where, words, _html = said(ben, f"/g/{cast.group}/posts/2/edit/", {"words": "Here as well."})
        assert (where, words) == (f"/g/{cast.group}/posts/2/mine/?done=changed", ["Your change is saved."])

    def test_says_it_at_the_head_where_the_post_is_not_on_the_page(self, cast, ben):
        for address in ("?done=changed", "?post=99&done=changed", "?post=0&done=given-back"):
            _where, words, html = said(ben, f"/g/{cast.group}/topics/1/{address}")
            assert len(words) == 1
            assert html.index('id="done"') < html.index('id="p1"')

    @pytest.mark.parametrize("code", ["answered", "pinned", "named"])
    def test_parts_the_posts_for_no_other_code(self, cast, ben, code):
        _where, words, html = said(ben, f"/g/{cast.group}/topics/1/?post=2&done={code}")
        assert len(words) == 1
        assert not html.index('id="p1"') < html.index('id="done"') < html.index('id="p2"')


class TestHostsAndAPost:
    @pytest.mark.parametrize(
        ("tail", "done", "words"),
        [
            ("fold/", "host-folded", "It is folded now. Your note stands above it, and everybody can still open it."),
            ("return/", "given-back", "It is given back. Nobody else here can read it now."),
        ],
    )
    def test_are_told_what_they_did_in_its_place(self, cast, tail, done, words):
        ada, base = client_of(cast.viewer("ada")), f"/g/{cast.group}/"
        where, said_so, html = said(ada, f"{base}posts/2/{tail}", {"reason": "It names a street."})
        assert (where, said_so) == (f"{base}topics/1/?post=2&done={done}#done", [words])
        assert html.index('id="p1"') < html.index('id="done"') < html.index('id="p2"')

    def test_are_told_that_it_is_open_again(self, cast):
        ada, base = client_of(cast.viewer("ada")), f"/g/{cast.group}/"
        actions.fold_post(cast.places["ada"], 2, reason="It names a street.", at=AT)
        where, words, _html = said(ada, f"{base}posts/2/opening/", {})
        assert where == f"{base}topics/1/?post=2&done=host-opened#done"
        assert words == ["It is open again. Everybody who reads here sees it."]

    def test_are_told_that_it_is_moved_where_it_is_now(self, cast):
        ada, base = client_of(cast.viewer("ada")), f"/g/{cast.group}/"
        where, words, html = said(ada, f"{base}posts/2/moving/", {"title": "Days", "following": "1"})
        assert where == f"{base}topics/2/?done=moved#done"
        assert words == ["It is moved. This is its own topic now, and both topics lead to each other."]
        assert html.index('id="done"') < html.index('id="p2"')


class TestTheCode:
    def test_that_is_unknown_says_nothing(self, cast, ben):
        for path in ("topics/1/", "topics/new/", "line/", "posts/2/mine/"):
            for code in ("", "x", "1", "<b>", "get", "__class__", "%00"):
                assert said(ben, f"/g/{cast.group}/{path}?done={code}")[1] == []

    def test_says_nothing_beside_what_was_refused(self, cast, ben):
        answer = ben.post(f"/g/{cast.group}/topics/new/?done=kept", {"title": "", "words": ""})
        assert answer.status_code == 422
        assert not DONE.search(answer.content.decode())

    def test_alone_makes_the_sentence_and_it_names_nobody(self, cast):
        told = {
            who: said(client_of(cast.viewer(who)), f"/g/{cast.group}/topics/1/?done=pinned")[1] for who in ("ben", "fay", "ada")
        }
        assert told["ben"] == told["fay"] == told["ada"] != []
        assert environment_for("en").from_string("{{ k.done('later') }}").render().count("<p") == 1
