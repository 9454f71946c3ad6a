"""PR1: what somebody does in one group leaves no sign outside it: in no cookie, and on no page of another group of hers."""

import pytest
from django.urls import reverse

from kith.conversation import actions as talk
from kith.groups import actions
from kith.groups.queries import get_place
from kith.testing.cast import AT, make_cast, open_group
from kith.testing.clients import client_of

pytestmark = pytest.mark.django_db
NAME, FACE = "Quiet Evenings", "Harbour"


@pytest.fixture
def other(db):
    """Ben and fay belong to a second group as well, where ben goes by another name; return the cast and that group's code."""
    cast = make_cast()
    code = open_group(cast, first="ada", second="eve", name=NAME)
    for who, face in (("ben", FACE), ("fay", "Heron")):
        actions.join_group(code, by=cast.viewer(who), name=face, at=AT)
    talk.start_topic(get_place(cast.viewer("fay"), code), title="There", words="I am here.", at=AT, intent="")
    talk.start_topic(cast.places["fay"], title="Here", words="Hello.", at=AT, intent="")
    return cast, code


# Every form of the second group that a member sends with something in it; the last one ends her belonging.
FORMS = [
    ("topics/new/", {"title": "A title", "words": "Some words.", "intent": "a"}),
    ("topics/1/reply/", {"words": "An answer.", "intent": "b"}),
    ("topics/1/reply/", {"words": "A draft.", "keep": "1"}),
    ("posts/1/responses/", {"kind": "heard"}),
    ("posts/1/note-wish/", {"note": "rain"}),
    ("posts/1/report/", {"reason": "other", "words": "Hm."}),
    ("posts/2/edit/", {"title": "A title", "words": "Other words."}),
    ("posts/2/later/", {"later": "It got better."}),
    ("posts/2/withdrawal/", {}),
    ("line/", {"words": "May I ask?", "intent": "c"}),
    ("mail/", {"wants": "on"}),
    ("willing/", {"wants": "on"}),
    ("me/", {"name": "Harbour Two"}),
    ("leave/", {"words": "keep"}),
]


def test_what_is_done_in_one_group_leaves_no_sign_outside_it(other):
    cast, code = other
    client = client_of(cast.viewer("ben"))
    here = [
        reverse(name, args=[cast.group]) for name in ("place", "members", "charter", "persona", "leave", "topics", "new_topic")
    ]
    here += [f"/g/{cast.group}/topics/1/", f"/g/{cast.group}/line/"]
    done = 0
    for tail, fields in FORMS:
        answer = client.post(f"/g/{code}/{tail}", fields)
        done += answer.status_code in (200, 302)
        for path in here:
            page = client.get(path)
            assert page.status_code == 200
            signs = [*page.headers.items(), *((name, cookie.value) for name, cookie in client.cookies.items())]
            seen = page.content.decode() + repr(signs)
            assert [sign for sign in (code, NAME, FACE) if sign in seen] == [], (tail, path)
    assert done == len(FORMS)
