"""An address that is a button, opened as a page: never blank, never a fault, and the box to answer in is found again."""

import pytest

from kith.conversation import actions
from kith.testing.cast import AT, make_cast
from kith.testing.clients import client_of
from kith.web.headers import HEADERS

pytestmark = pytest.mark.django_db
BUTTONS = (
    "posts/1/own-fold/",
    "posts/1/restoration/",
    "posts/1/responses/",
    "topics/1/pin/",
    "topics/1/closure/",
    "topics/1/tags/",
    "line/asking/",
    "drafts/topic/",
    "read/",
    "charter/1/read/",
)


@pytest.fixture
def cast(db):
    made = make_cast()
    actions.start_topic(made.places["ben"], title="Nights", words="It is hard.", at=AT, intent="")
    return made


class TestAButton:
    @pytest.mark.parametrize("who", ["guest", "ben", "ada"])
    def test_says_that_it_is_one(self, cast, who):
        for tail in BUTTONS:
            answer = client_of(cast.viewer(who)).get(f"/g/{cast.group}/{tail}", headers={"Accept": "text/html,*/*;q=0.8"})
            assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
            assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
            assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
            html = answer.content.decode()
            assert "This address is a button, not a page." in html
            assert '<a class="button button--main" href="/">' in html

    def test_says_so_in_plain_text_to_whoever_takes_no_page(self, cast):
        for method in ("GET", "PUT", "DELETE"):
            answer = client_of(cast.viewer("ben")).generic(
                method, f"/g/{cast.group}/read/", headers={"Accept": "application/json"}
            )
            assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
            assert answer.headers["Content-Type"].startswith("text/plain")
            assert answer.content == b"This address is a button, not a page.\n"

    def test_is_answered_on_the_way_out_too(self, cast):
        answer = client_of(cast.viewer("ben")).put("/exit/")
        assert (answer.status_code, b"a button, not a page" in answer.content) == (405, True)


class TestTheAddressOfAnAnswer:
    def test_leads_to_the_box(self, cast):
        for who in ("ben", "fay", "ada"):
            answer = client_of(cast.viewer(who)).get(f"/g/{cast.group}/topics/1/reply/")
            assert (answer.status_code, answer.headers["Location"]) == (302, f"/g/{cast.group}/topics/1/#write")

    def test_tells_nothing_to_whoever_may_not_read(self, cast):
        for who, status in (("cleo", 404), ("guest", 401)):
            for number in (1, 99):
                assert client_of(cast.viewer(who)).get(f"/g/{cast.group}/topics/{number}/reply/").status_code == status

    def test_leads_strangers_too_where_they_may_read(self):
        cast = make_cast(readable=True, door="open")
        for who in ("cleo", "guest"):
            assert client_of(cast.viewer(who)).get(f"/g/{cast.group}/topics/1/reply/").status_code == 302
