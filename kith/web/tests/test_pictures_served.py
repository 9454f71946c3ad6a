"""Pictures as they are served: to nobody whom they are not for, and without a byte that tells."""

import re

import pytest

from kith.conversation import actions
from kith.conversation.models import Picture
from kith.testing import pictures
from kith.testing.cast import AT, make_cast
from kith.testing.clients import client_of
from kith.web import throttle
from kith.web.headers import HEADERS
from kith.web.tests.sending import DATA, WORDS, file

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db):
    made = make_cast()
    actions.start_topic(made.places["ben"], title="One", words="First.", at=AT, intent="")
    return made


@pytest.fixture
def ben(cast):
    return client_of(cast.viewer("ben"))


class TestServing:
    @pytest.fixture
    def path(self, cast, ben):
        ben.post(f"/g/{cast.group}/topics/1/reply/", {"words": WORDS, "file_1": file(), "alt_1": "A door."})
        return f"/g/{cast.group}/pictures/{Picture.objects.get().name}/64.webp"

    def test_is_kept_nowhere_and_taken_for_nothing_else(self, cast, ben, path):
        answer = ben.get(path)
        assert answer.status_code == 200
        assert answer.content[:4] + answer.content[8:12] == b"RIFFWEBP"
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS
        assert answer.headers["Content-Type"] == "image/webp"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Content-Disposition"] == "inline"
        assert not {"ETag", "Last-Modified", "Content-Encoding", "Set-Cookie"} & set(answer.headers)
        assert not answer.cookies

    def test_absent_and_unseen_are_one(self, cast, path):
        row = actions.take_picture(cast.places["ada"], "topic", data=DATA, alt="", at=AT)
        ben = client_of(cast.viewer("ben"))
        unseen = ben.get(f"/g/{cast.group}/pictures/{row.name}/64.webp")
        absent = ben.get(f"/g/{cast.group}/pictures/{'z' * 16}/64.webp")
        assert unseen.status_code == absent.status_code == 404
        assert re.sub(rb'value="\w+"', b"", unseen.content) == re.sub(rb'value="\w+"', b"", absent.content)

    @pytest.mark.parametrize(
        "tail",
        [
            "..%2f..%2fkeys.json/64.webp",
            "x/0.webp",
            "x/64.webp%00",
            "%2e%2e/64.webp",
            "*/64.webp",
            "x/9999999999.webp",
            "x/64.png",
        ],
    )
    def test_no_other_path_leads_anywhere(self, cast, ben, path, tail):
        assert ben.get(f"/g/{cast.group}/pictures/{tail}").status_code == 404

    def test_goes_with_the_words_at_once(self, cast, ben, path):
        ben.post(f"/g/{cast.group}/posts/2/withdrawal/")
        assert client_of(cast.viewer("ada")).get(path).status_code == 404

    def test_no_canary_in_any_byte_served(self, cast, ben):
        for name, data in pictures.telling().items():
            throttle.forget()
            row = actions.take_picture(cast.places["ben"], f"edit:{abs(hash(name)) % 10**9}", data=data, alt="", at=AT)
            for width in row.widths:
                answer = ben.get(f"{row.path}{width}.webp")
                assert answer.status_code == 200
                assert b"CANARY" not in answer.content + repr(answer.headers).encode()
