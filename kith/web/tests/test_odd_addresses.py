"""What no column can hold leads nowhere, on either database."""

import pytest

from kith.conversation import actions
from kith.conversation.models import Post
from kith.testing.cast import AT, make_cast
from kith.testing.clients import client_of

pytestmark = pytest.mark.django_db
PATHS = (
    "/g/%00/", "/g/%00/topics/", "/g/%00/topics/1/", "/g/%00/topics/1/posts/1/", "/g/%00/join/", "/steward/groups/%00/",
    "/invitation/%00/", "/concerns/%00/", "/g/{group}/desk/asking/%00/", "/find/%00/", "/g/{group}/decisions/9223372036854775808/",
    "/g/{group}/decisions/9223372036854775807/", "/g/{group}/decisions/99999999999999999999/", "/g/{group}/topics/9999999999/",
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("who", ["ada", "sue"])
def test_is_not_found(path, who):
    cast = make_cast()
    client = client_of(cast.viewer(who))
    for ask in (client.get, client.post):
        assert ask(path.format(group=cast.group)).status_code in (404, 405)


@pytest.mark.parametrize("intent", ["\x00", "x" * 41, "'", "é", "a b"])
def test_a_key_of_a_form_that_is_none_of_ours_is_none(intent):
    cast = make_cast()
    path = f"/g/{cast.group}/topics/new/"
    client = client_of(cast.viewer("ben"))
    for _time in range(2):
        assert client.post(path, {"title": "One", "words": "A line.", "intent": intent}).status_code == 302
    assert Post.objects.count() == 2


@pytest.mark.parametrize("query", ["before=1", "before=99", "before=1&tag=1"])
def test_a_list_of_topics_past_its_end_says_so_and_leads_back(query):
    cast = make_cast()
    ben = client_of(cast.viewer("ben"))
    actions.start_topic(cast.places["ben"], title="Nights", words="It is hard.", at=AT, intent="")
    html = ben.get(f"/g/{cast.group}/topics/?{query}").content.decode()
    assert "Nothing has been said here yet" not in html
    assert "There are no older topics than these." in html
    back = f"/g/{cast.group}/topics/" + ("?tag=1" if "tag" in query else "")
    assert f'href="{back}">Back to the newest topics</a>' in html
    assert "There are no older topics" not in ben.get(back).content.decode()
