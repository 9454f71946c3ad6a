"""The pages of the search: words stand in no address, whatever is typed is answered, every refusal says what to do."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kith.conversation import actions
from kith.core import clock
from kith.people.actions import set_filters
from kith.testing.cast import AT, make_cast, open_group
from kith.testing.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db):
    made = make_cast()
    actions.start_topic(made.places["ben"], title="A wet week", words="It rained & rained.", at=AT, intent="")
    return made


def search(client, path, **typed):
    """Send the form and go where it leads."""
    sent = client.post(path, typed)
    assert sent.status_code == 302, sent.content
    return sent.headers["Location"], client.get(sent.headers["Location"])


class TestTheForm:
    def test_leads_to_an_address_without_the_words(self, cast):
        for path in ("/search/", f"/g/{cast.group}/search/"):
            address, page = search(client_of(cast.viewer("fay")), path, words="raining")
            assert "rain" not in address
            html = page.content.decode()
            assert "It <mark>rained</mark> &amp; <mark>rained</mark>." in html
            assert f'href="/g/{cast.group}/topics/1/?post=1#p1"' in html
            assert 'value="raining"' in html

    def test_is_linked_where_one_looks_for_it(self, cast):
        fay = client_of(cast.viewer("fay"))
        assert f'href="/g/{cast.group}/search/"' in fay.get(f"/g/{cast.group}/topics/").content.decode()
        assert 'href="/search/"' in fay.get("/").content.decode()

    def test_says_what_is_missing_and_gives_the_words_back(self, cast):
        answer = client_of(cast.viewer("fay")).post("/search/", {"words": "-only"})
        assert answer.status_code == 422
        assert b"Type at least one word" in answer.content
        assert b'value="-only"' in answer.content

    def test_keeps_what_was_chosen(self, cast):
        _address, page = search(
            client_of(cast.viewer("fay")), f"/g/{cast.group}/search/", words="rain", author="Wren", kind="opening", order="best",
            since="2026-01-01",
        )  # fmt: skip
        html = page.content.decode()
        for kept in (
            'value="Wren"',
            '<option value="opening" selected>',
            'value="best" checked',
            'value="2026-01-01"',
            '<details class="fold" open>',
        ):
            assert kept in html

    def test_paces_itself_and_gives_the_words_back(self, cast):
        fay = client_of(cast.viewer("fay"))
        for _ in range(60):
            assert fay.post("/search/", {"words": "a long time"}).status_code == 302
        answer = fay.post("/search/", {"words": "a long time"})
        assert answer.status_code == 429
        assert b"a long time" in answer.content


class TestTheResults:
    def test_kindly_say_that_there_is_nothing(self, cast):
        _address, page = search(client_of(cast.viewer("fay")), f"/g/{cast.group}/search/", words="hydrangea")
        assert b"found nothing for this" in page.content
        assert b"Try fewer words" in page.content

    def test_end_with_a_clear_sentence(self, cast):
        fay = client_of(cast.viewer("fay"))
        address, _page = search(fay, "/search/", words="rain")
        with patch.object(clock, "now", return_value=clock.now() + timedelta(hours=3)):
            client = client_of(cast.viewer("fay"))
            answer = client.get(address)
        assert answer.status_code == 410
        assert b"This search has ended" in answer.content
        assert b'name="words"' in answer.content

    def test_name_the_group_where_there_are_more(self, cast):
        open_group(cast, first="fay", second="cleo", name="Quite another")
        _address, page = search(client_of(cast.viewer("fay")), "/search/", words="rain")
        assert b"<span>Living with it</span>" in page.content

    def test_lead_from_page_to_page(self, cast):
        for n in range(25):
            actions.start_topic(cast.places["ben"], title=f"Wet {n}", words="Rain.", at=AT, intent="")
        fay = client_of(cast.viewer("fay"))
        _address, page = search(fay, f"/g/{cast.group}/search/", words="rain")
        html = page.content.decode()
        older = html.partition('<a href="/g/')[2]
        assert "Older posts" in older
        path = html.split("Pages of what was found")[1].split('href="')[1].split('"')[0]
        more = fay.get(path).content.decode()
        assert more.count("found__words") == 6
        assert "That is everything." in more

    def test_cost_four_statements(self, cast, django_assert_num_queries):
        fay = client_of(cast.viewer("fay"))
        for path, count in ((f"/g/{cast.group}/search/", 3), ("/search/", 4)):
            address, _page = search(fay, path, words="rain")
            with django_assert_num_queries(count):
                fay.get(address)


TYPED = st.one_of(
    st.sampled_from(
        ['"', '""', '"a', "a*", "*", "NEAR(a b)", "a AND b", "NOT a", "a OR", "stems:a", "^a", "-", "--a", "a-b", "(", ")", "'", "a'b", "\\", ":*", "a & !b",
         "a <-> b", "\x00", "a\x00b", "\u202ea", "\ud83d", "{a}", "+a", "x" * 5000, "\u0301", "e\u0301", "\u4eca\u5929", "%s", "_", "a_b", "' OR 1=1 --"]
    ),
    st.text(max_size=60),
)  # fmt: skip


class TestWhateverIsTyped:
    @given(words=TYPED, author=TYPED, day=st.one_of(TYPED, st.dates().map(str)), kind=st.sampled_from(["", "mine", "wish", "answer", "x"]),
           best=st.booleans(), group=st.booleans())  # fmt: skip
    @settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
    def test_is_answered(self, shared, words, author, day, kind, best, group):
        client, code = shared
        fields = {"words": words, "author": author, "since": day, "until": day, "kind": kind, "order": "best" if best else "new"}
        typed = {name: value.encode("utf-8", "surrogatepass").decode("utf-8", "replace") for name, value in fields.items()}
        with patch("kith.web.throttle.pace"):
            answer = client.post(f"/g/{code}/search/" if group else "/search/", typed)
        assert answer.status_code in (302, 422)
        if answer.status_code == 302:
            assert client.get(answer.headers["Location"]).status_code == 200

    @given(token=st.one_of(TYPED, st.binary(max_size=60).map(bytes.hex)))
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    def test_no_token_breaks_it(self, shared, token):
        client, code = shared
        token = token.encode("utf-8", "replace").decode().replace("/", "").replace("?", "").replace("#", "") or "0"
        for path in (f"/search/{token}/", f"/g/{code}/search/{token}/"):
            assert client.get(path).status_code in (404, 410)

    @pytest.fixture
    def shared(self, cast):
        return client_of(cast.viewer("fay")), cast.group


class TestWhatLiesBehindAFold:
    def test_words_behind_a_content_note_stay_behind_it(self, cast):
        actions.reply(cast.places["ben"], 1, words="The rain took the roof.", note="storms", at=AT, intent="")
        _address, page = search(client_of(cast.viewer("fay")), "/search/", words="roof")
        assert b"Content note: storms" in page.content
        assert b"took the" not in page.content

    @pytest.mark.parametrize("word", ["roof", "storms"])
    def test_what_a_reader_wants_folded_is_folded_for_her_alone(self, cast, word):
        actions.reply(
            cast.places["ben"], 1, words="The rain took the roof.", note="storms" if word == "storms" else "", at=AT, intent=""
        )
        for who in ("fay", "ben"):  # he wrote it, and would see it folded nowhere
            set_filters(cast.viewer(who).person, kinds=[], words=word)
        _address, page = search(client_of(cast.viewer("ben")), "/search/", words="rain")
        assert b"You asked to fold this:" not in page.content
        _address, page = search(client_of(cast.viewer("fay")), "/search/", words="rain")
        assert page.content.count(b"You asked to fold this:") == 1
        _address, page = search(client_of(cast.viewer("eve")), "/search/", words="rain")
        assert b"You asked to fold this:" not in page.content
