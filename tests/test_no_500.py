"""No 500 anywhere: every page, as every role, with whatever anybody can type into it."""

from unittest.mock import patch

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kith.core import hub
from kith.core.models import Site
from kith.testing.cast import PHRASE
from kith.testing.forms import FORMS, filled
from kith.testing.walk import pages
from kith.testing.world import LOOKERS
from kith.web import live, throttle
from kith.web.tests.test_live import ask
from tests.test_routes import client_for, world  # noqa: F401 - the fixture

FIELDS = (
    *sorted({name for form in FORMS.values() for name in form}),
    "words", "title", "note", "wish", "quote", "quoted", "intent", "base", "kind", "reason", "answer", "role", "name", "own", "agree",
    "phrase", "new", "code", "email", "way", "adult", "health_consent", "next", "device", "theme", "text", "contrast", "door", "tint",
    "meets", "concerns", "agreement_title", "agreement_text", "line", "for_whom", "charter", "host", "port", "security", "sender", "to",
    "country", "exit_url", "confirmed", "hidden", "who", "when", "place", "wants", "keep", "bin", "test", "persona", "about", "privacy", "look", "kept_words", "later", "seen", "own_name", "find", "group",
    "author", "since", "until", "order",
    "away", "fold", "state", "sure", "what",
)  # fmt: skip
NASTY = st.one_of(
    st.sampled_from(
        ["", " ", "/", "//", "\x00", "\u202e\u200b", "\ud83d", "x" * 5000, "9" * 30, "-1", "1e9", "NaN", "' OR 1=1 --", "<script>", "../../etc/passwd",
         "//evil.example", "https://evil.example/", "javascript:x", "{{7*7}}", "%s%n", "\r\nSet-Cookie: a=b", "\u0301" * 300, "1", "heard", "topic"]
    ),
    st.text(max_size=40),
    st.integers().map(str),
)  # fmt: skip
ENDING = {
    "sign_out",
    "exit",
    "closing",
    "leave",
    "sign_in",
    "way_in",
    "first_start",
    "sign_up",
}  # each example in a world of its own
DOORS = (*FIELDS, "kept_words", "kept_title", "kept_quote", "look", "show", "fresh", "csrfmiddlewaretoken")
RIGHT = {
    "name": ["member_1 1000", "new"], "phrase": [PHRASE], "words": ["keep", "nameless", "withdraw"], "next": ["/", "/g/x/topics/1/reply/"],
    "adult": ["on"], "health_consent": ["on"], "way": ["none", "email"], "email": ["a@example.org"], "device": ["own"], "now": ["1"],
}  # fmt: skip


@pytest.fixture(scope="module")
def clients(world, django_db_blocker):  # noqa: F811 - the fixture of test_routes
    with django_db_blocker.unblock():
        made = {who: client_for(world, who) for who in LOOKERS}
        for client in made.values():
            client.raise_request_exception = False
        return made, pages(world)


def typed(fields):
    """Return fields as a browser would send them."""
    return {name: value.encode("utf-8", "surrogatepass").decode("utf-8", "replace") for name, value in fields.items()}


@pytest.mark.django_db
class TestWhateverIsTyped:
    @given(data=st.data())
    @settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
    def test_every_form_answers(self, world, clients, data):  # noqa: F811 - the fixture of test_routes
        made, rows = clients
        posts = [(name, path) for name, path, view in rows if "POST" in view.methods and name not in ENDING]
        who = data.draw(st.sampled_from(sorted(made)))
        name, path = data.draw(st.sampled_from(posts))
        right = filled(world, name) if data.draw(st.booleans()) else {}  # one or two fields wrong, or all of them
        fields = right | data.draw(st.dictionaries(st.sampled_from(FIELDS), NASTY, max_size=2 if right else 8))
        throttle.forget()
        with transaction.atomic():
            status = made[who].post(path, typed(fields)).status_code
            transaction.set_rollback(True)
        assert status < 500

    @given(data=st.data())
    @settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
    @pytest.mark.slow
    def test_every_form_that_ends_or_begins_something_answers(self, world, clients, data):  # noqa: F811 - the fixture of test_routes
        _made, rows = clients
        posts = [(name, path) for name, path, view in rows if name in ENDING and "POST" in view.methods]
        (name, path), who = data.draw(st.sampled_from(posts)), data.draw(st.sampled_from(LOOKERS))
        names = data.draw(st.sets(st.sampled_from(DOORS), max_size=8))
        fields = {field: data.draw(st.sampled_from(RIGHT[field]) | NASTY if field in RIGHT else NASTY) for field in sorted(names)}
        throttle.forget()
        with transaction.atomic():
            client = client_for(world, who)
            client.raise_request_exception = False
            if name == "first_start":
                Site.objects.update(set_up_at=None)
            statuses = [client.get(path, typed(fields)).status_code, client.post(path, typed(fields)).status_code]
            transaction.set_rollback(True)
        assert max(statuses) < 500

    @given(tail=st.text(max_size=30) | st.integers().map(str), cookie=NASTY)
    @settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
    def test_every_stream_answers(self, world, tail, cookie):  # noqa: F811 - the fixture of test_routes
        sent = cookie.encode("latin-1", "replace").decode("latin-1")
        with patch.object(live, "close_old_connections"), patch.object(hub, "close_old_connections"):
            for path in (f"/live/{tail}", f"/live/g/{tail}/topics/1/", f"/live/g/{world.groups['second']}/topics/{tail}/"):
                assert ask(path, f"seat={sent}; {sent}").status in (200, 404)

    @given(data=st.data())
    @settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
    def test_every_address_answers(self, clients, data):
        made, rows = clients
        client = made[data.draw(st.sampled_from(sorted(made)))]
        name, path, _view = data.draw(st.sampled_from(rows))
        query = data.draw(
            st.dictionaries(
                st.sampled_from(["page", "post", "quote", "before", "next", "country", "kind", "way"]), NASTY, max_size=3
            )
        )
        if name in ENDING:
            return
        safe = {key: value.encode("utf-8", "replace").decode() for key, value in query.items()}
        assert client.get(path, safe).status_code < 500

    @given(tail=st.text(max_size=30))
    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    def test_every_made_up_address_is_nothing(self, clients, tail):
        made, _rows = clients
        path = "/g/" + tail.encode("utf-8", "replace").decode().replace("?", "").replace("#", "")
        assert made["member_1"].get(path).status_code in (200, 302, 401, 404)
