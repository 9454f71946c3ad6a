"""Everything taken back and brought back: each group, and each voice without a name, at a moment of its own."""

import random
from datetime import timedelta

import pytest

from kith.conversation import actions, limits, queries
from kith.conversation.actions.withdrawing import withdraw
from kith.conversation.models import Post
from kith.core import clock
from kith.core.models import AuditEntry
from kith.groups.actions import leave_group, run_errands
from kith.groups.errands import SPREAD_HOURS, leave_errand, read_errand
from kith.groups.models import Errand, Persona
from kith.groups.queries import get_own_group, get_place, list_own_groups, list_past_groups
from kith.testing.cast import AT, make_cast, open_group
from kith.testing.clients import client_of

pytestmark = pytest.mark.django_db
WEEK = AT + timedelta(days=7)


@pytest.fixture
def cast(db):
    """Ben writes in two groups; in the first also without his name, in two topics."""
    made = make_cast()
    second = open_group(made, first="ben", second="fay", name="Second")
    ben, other = made.places["ben"], get_place(made.viewer("ben"), second)
    for n in range(2):
        actions.start_topic(ben, title=f"Rain {n}", words="Named.", at=AT, intent="")
        actions.reply(ben, n + 1, words="Without a name.", nameless=True, at=AT, intent="")
    actions.start_topic(other, title="Elsewhere", words="Named there.", at=AT, intent="")
    actions.reply(made.places["fay"], 1, words="Mine.", at=AT, intent="")
    return made


def standing(cast, name="ben"):
    return Post.objects.exclude(state="withdrawn").exclude(words="Mine.").count()


def run_for_days(since, days=12):
    """Do what the worker does, once a day."""
    for day in range(days + 1):
        run_errands(at=since + timedelta(days=day))


def errand_of_somebody_else():
    """Leave an errand that has nothing to do with ben and has been due for an hour; return its key."""
    return leave_errand({"do": "leave", "persona": 1, "words": "keep"}, at=AT - timedelta(hours=1), now=True)


def own_groups(cast):
    return list_own_groups(cast.viewer("ben"))


def personas(cast):
    return [own.persona for own in own_groups(cast)]


class TestTakingEverythingBack:
    def test_each_group_and_each_voice_has_a_moment_of_its_own(self, cast):
        actions.take_back_everything(cast.viewer("ben"), unseen=False, now=False, at=AT)
        assert standing(cast) == 5
        assert Errand.objects.count() == 6  # two groups, two voices; and a second look in each group
        errands = [errand for errand in Errand.objects.all() if read_errand(errand)["do"] == "take_back"]
        assert len({errand.due_at for errand in errands}) == 4
        assert all(AT <= errand.due_at <= AT + timedelta(hours=72) for errand in errands)
        assert len({len(bytes(errand.task_sealed)) for errand in errands}) == 1
        for errand in sorted(errands, key=lambda errand: errand.due_at):
            before = set(Post.objects.exclude(state="withdrawn").values_list("author", "mask", "topic"))
            run_errands(at=errand.due_at)
            went = before - set(Post.objects.exclude(state="withdrawn").values_list("author", "mask", "topic"))
            assert len({(author, mask and topic) for author, mask, topic in went}) == 1
        assert standing(cast) == 0
        assert Post.objects.filter(words="Mine.").exists()
        run_errands(at=WEEK)
        assert not Errand.objects.exists()

    def test_reaches_what_was_moved_or_named_otherwise_meanwhile(self, cast):
        actions.reply(cast.places["ben"], 1, words="Without a name, too.", nameless=True, at=AT, intent="x")
        actions.take_back_everything(cast.viewer("ben"), unseen=False, now=False, at=AT)
        number = Post.objects.get(words="Without a name, too.").number
        actions.move_posts(cast.places["ada"], number, title="Elsewhere", following=False, at=AT)
        actions.show_name(cast.places["ben"], 1, nameless=True, at=AT)
        for day in range(12):
            run_errands(at=AT + timedelta(days=day))
        assert standing(cast) == 0

    def test_now_takes_what_is_named_and_leaves_the_voices_their_moments(self, cast):
        actions.take_back_everything(cast.viewer("ben"), unseen=True, now=True, at=AT)
        assert set(Post.objects.exclude(state="withdrawn").values_list("words", flat=True)) == {"Without a name.", "Mine."}
        assert Post.objects.filter(unseen=True).count() == 3
        run_errands(at=WEEK)
        assert standing(cast) == 0

    def test_now_takes_no_voice_along_whose_moment_comes_at_once(self, cast, monkeypatch):
        monkeypatch.setattr("kith.groups.errands.secrets.randbelow", lambda _n: 0)
        actions.take_back_everything(cast.viewer("ben"), unseen=True, now=True, at=AT)
        assert Post.objects.filter(words="Without a name.").count() == 2
        assert Post.objects.filter(unseen=True).count() == 3

    def test_now_does_nothing_of_anybody_else(self, cast):
        other = errand_of_somebody_else()
        actions.take_back_everything(cast.viewer("ben"), unseen=False, now=True, at=AT)
        assert Post.objects.filter(words__startswith="Named").count() == 0
        assert Errand.objects.filter(pk=other).exists()

    def test_now_goes_on_where_one_errand_fails(self, cast, monkeypatch):
        tried = []

        def fail_once(*args, **kwargs):
            tried.append(args)
            if len(tried) == 1:
                raise ValueError
            return withdraw(*args, **kwargs)

        monkeypatch.setattr("kith.conversation.actions.everything.withdraw", fail_once)
        actions.take_back_everything(cast.viewer("ben"), unseen=False, now=True, at=AT)
        assert 2 < standing(cast) < 5
        run_errands(at=AT)
        assert standing(cast) == 2

    def test_leaves_a_post_that_was_brought_back_since(self, cast):
        actions.take_back_everything(cast.viewer("ben"), unseen=False, now=True, at=AT)
        nameless = Post.objects.filter(words="Without a name.").order_by("pk")[0].number
        run_errands(at=AT + timedelta(hours=SPREAD_HOURS))
        for number in (1, nameless):
            actions.restore_post(cast.places["ben"], number, at=AT + timedelta(hours=SPREAD_HOURS, minutes=1))
        assert set(Post.objects.filter(stays=True).values_list("number", flat=True)) == {1, nameless}
        run_for_days(AT)
        stand = Post.objects.filter(group=cast.places["ben"].key).exclude(state="withdrawn").exclude(words="Mine.")
        assert set(stand.values_list("number", flat=True)) == {1, nameless}
        actions.take_back_everything(cast.viewer("ben"), unseen=False, now=False, at=WEEK)
        run_for_days(WEEK)
        assert standing(cast) == 0
        assert not Post.objects.filter(stays=True).exists()

    def test_after_bringing_it_back_counts_and_not_the_other_way_round(self, cast):
        actions.take_back_everything(cast.viewer("ben"), unseen=False, now=True, at=AT)
        run_for_days(AT)
        later = AT + timedelta(days=13)
        actions.bring_back_everything(cast.place("ben"), at=later)
        actions.take_back_everything(cast.viewer("ben"), unseen=False, now=True, at=later + timedelta(minutes=1))
        run_for_days(later)
        assert standing(cast) == 0

    def test_spares_what_was_written_since(self, cast):
        actions.take_back_everything(cast.viewer("ben"), unseen=False, now=False, at=AT)
        actions.reply(cast.places["ben"], 1, words="Anew.", at=AT, intent="")
        run_errands(at=WEEK)
        assert list(Post.objects.exclude(state="withdrawn").values_list("words", flat=True).order_by("pk")) == ["Mine.", "Anew."]

    def test_is_done_in_pieces(self, cast, monkeypatch):
        monkeypatch.setattr(limits, "TAKEN_AT_ONCE", 2)
        for n in range(5):
            actions.reply(cast.places["ben"], 1, words=f"More {n}.", at=AT, intent=f"m{n}")
        actions.take_back_everything(cast.viewer("ben"), unseen=False, now=True, at=AT)
        assert standing(cast) > 2
        for _pass in range(4):
            run_errands(at=AT)
        assert standing(cast) == 2  # those without a name
        run_errands(at=WEEK)
        assert standing(cast) == 0

    def test_reaches_where_i_was_and_keeps_nothing_there(self, cast):
        leave_group(cast.place("ben"), words="keep", at=AT)
        actions.take_back_everything(cast.viewer("ben"), unseen=False, now=False, at=AT)
        run_errands(at=WEEK)
        assert standing(cast) == 0
        assert {post.revisions.count() for post in Post.objects.filter(group=cast.places["ben"].key, state="withdrawn")} == {0}


class TestBringingItBack:
    def test_a_group_at_a_time_and_each_voice_later(self, cast):
        before = list(Post.objects.order_by("pk").values("words", "html", "state", "mask", "nameless"))
        actions.take_back_everything(cast.viewer("ben"), unseen=False, now=True, at=AT)
        run_errands(at=WEEK)
        own = get_own_group(cast.viewer("ben"), cast.group, cast.places["ben"].handle)
        actions.bring_back_everything(own, at=WEEK)
        assert set(Post.objects.exclude(state="withdrawn").values_list("words", flat=True)) == {"Named.", "Mine."}
        tasks = {errand.due_at for errand in Errand.objects.all() if read_errand(errand)["do"] == "bring_back"}
        assert len(tasks) == 2
        run_errands(at=WEEK + timedelta(days=4))
        actions.bring_back_everything(get_place(cast.viewer("ben"), Post.objects.get(words="Mine.").group.code), at=WEEK)
        assert standing(cast) == 4
        after = list(Post.objects.order_by("pk").values("words", "html", "state", "mask", "nameless"))
        assert [row for row in after if row["state"] == ""] == [row for row in before if row["words"] != "Named there."]

    def test_leaves_what_is_taken_back_by_hand_since(self, cast):
        numbers = Post.objects.filter(words="Without a name.").order_by("pk").values_list("number", flat=True)
        first, second = numbers
        actions.withdraw_post(cast.places["ben"], second, at=AT)
        actions.bring_back_everything(cast.place("ben"), at=AT)
        actions.reply(cast.places["ben"], 2, words="Not yet.", nameless=True, at=AT, intent="x")
        for _time in range(2):
            actions.withdraw_post(cast.places["ben"], first, at=AT + timedelta(minutes=1))
        actions.restore_post(cast.places["ben"], second, at=AT + timedelta(minutes=1))
        actions.withdraw_post(cast.places["ben"], second, at=AT + timedelta(minutes=2))
        run_for_days(AT)
        assert set(Post.objects.filter(state="withdrawn").values_list("number", flat=True)) == {first, second}

    def test_tells_nothing_by_the_size_of_its_errands(self, cast):
        actions.take_back_everything(cast.viewer("ben"), unseen=False, now=True, at=AT)
        run_errands(at=AT + timedelta(hours=SPREAD_HOURS))
        actions.bring_back_everything(cast.place("ben"), at=AT + timedelta(hours=80, microseconds=123456))
        leave_errand({"do": "leave", "persona": 2**63 - 1, "words": "nameless"}, at=AT, now=True)
        assert {read_errand(errand)["do"] for errand in Errand.objects.all()} >= {"bring_back", "leave"}
        assert len({len(bytes(errand.task_sealed)) for errand in Errand.objects.all()}) == 1

    @pytest.mark.parametrize("now", [True, False])
    def test_an_hour_later_is_final(self, cast, now):
        actions.take_back_everything(cast.viewer("ben"), unseen=False, now=now, at=AT)
        later = AT + timedelta(hours=1)
        run_errands(at=later)
        for own in list_own_groups(cast.viewer("ben")):
            actions.bring_back_everything(get_own_group(cast.viewer("ben"), own.code, own.handle), at=later)
        run_for_days(later)
        assert standing(cast) == 5
        assert not Errand.objects.exists()

    def test_in_one_group_leaves_the_other_taken_back(self, cast):
        actions.take_back_everything(cast.viewer("ben"), unseen=False, now=True, at=AT)
        actions.bring_back_everything(cast.place("ben"), at=AT + timedelta(hours=1))
        run_for_days(AT)
        assert set(Post.objects.filter(state="withdrawn").values_list("group__name", flat=True)) == {"Second"}
        assert standing(cast) == 4

    def test_does_nothing_of_anybody_else(self, cast):
        other = errand_of_somebody_else()
        Errand.objects.create(id=5, due_at=AT, task_sealed=b"torn")
        actions.withdraw_post(cast.places["ben"], 1, at=AT)
        actions.bring_back_everything(cast.place("ben"), at=AT)
        assert standing(cast) == 5
        assert set(Errand.objects.values_list("pk", flat=True)) == {other, 5}

    def test_not_after_thirty_days(self, cast):
        actions.take_back_everything(cast.viewer("ben"), unseen=False, now=True, at=AT)
        late = AT + timedelta(days=limits.KEEP_DAYS)
        actions.bring_back_everything(cast.place("ben"), at=late)
        assert Post.objects.filter(words="Named.").count() == 0


class TestLeavingWithEveryWordTakenBack:
    def test_takes_the_voices_at_other_moments(self, cast):
        leave_group(cast.place("ben"), words="withdraw", at=AT)
        assert Post.objects.filter(words="Named.").count() == 0
        assert Post.objects.filter(words="Without a name.").count() == 2
        tasks = [(read_errand(errand)["do"], errand.due_at) for errand in Errand.objects.all()]
        assert sorted(do for do, _due in tasks) == ["take_back", "take_back", "take_back_rest"]
        assert len({due for _do, due in tasks}) == 3
        run_errands(at=WEEK)
        assert Post.objects.filter(words="Without a name.").count() == 0
        gone = Post.objects.filter(group=cast.places["ben"].key, state="withdrawn")
        assert {(post.gone_at, post.revisions.count()) for post in gone} == {(None, 0)}

    def test_takes_what_is_named_in_pieces_and_without_her_name_meanwhile(self, cast, monkeypatch):
        monkeypatch.setattr(limits, "TAKEN_AT_ONCE", 2)
        for n in range(5):
            made = actions.reply(cast.places["ben"], 1, words=f"More {n}.", at=AT, intent=f"m{n}")
        actions.reply(cast.places["fay"], 1, words="Mine.", quote=made.number, quoted="More 4.", at=AT, intent="q")
        leave_group(cast.place("ben"), words="withdraw", at=AT)
        mine = Post.objects.filter(author=cast.places["ben"].persona)
        waiting = mine.filter(mask=0).exclude(state="withdrawn")
        assert waiting.count() == 5
        assert set(waiting.values_list("nameless", flat=True)) == {True}
        assert not Persona.objects.filter(name="Wren").exists()
        assert "A member" in Post.objects.get(quoted="More 4.").html
        page = client_of(cast.viewer("fay")).get(f"/g/{cast.group}/topics/1/").content.decode()
        assert "More 4." in page
        assert "Wren" not in page
        run_errands(at=AT)
        assert waiting.count() == 3
        for _pass in range(2):
            run_errands(at=AT)
        assert mine.exclude(state="withdrawn").count() == 2  # those without a name
        run_for_days(AT)
        assert mine.exclude(state="withdrawn").count() == 0
        assert {(post.gone_at, post.revisions.count(), post.words) for post in mine} == {(None, 0, "")}
        assert not Errand.objects.exists()

    def test_takes_what_was_brought_back_before(self, cast):
        nameless = Post.objects.filter(words="Without a name.").order_by("pk")[0].number
        later = AT + timedelta(hours=SPREAD_HOURS)
        actions.take_back_everything(cast.viewer("ben"), unseen=False, now=True, at=AT)
        run_errands(at=later)
        for number in (1, nameless):
            actions.restore_post(cast.places["ben"], number, at=later)
        leave_group(cast.place("ben"), words="withdraw", at=later)
        run_for_days(later)
        assert set(Post.objects.exclude(state="withdrawn").values_list("words", flat=True)) == {"Mine."}


class TestThePage:
    def test_has_two_steps(self, cast):
        client, path = client_of(cast.viewer("ben")), "/me/words/withdrawal/"
        first = client.get(path).content.decode()
        assert "could notice" in first
        second = client.get(path, {"when": "now", "line": ""}).content.decode()
        assert "Living with it, as Wren" in second
        assert "Second, as Lamp b" in second
        assert client.post(path, {"when": "now", "line": ""}).status_code == 422
        assert standing(cast) == 5
        answer = client.post(path, {"when": "now", "line": "", "sure": "1"})
        assert answer.headers["Location"] == "/me/words/?begun=now"
        assert "It has begun" in client.get(answer.headers["Location"]).content.decode()
        assert standing(cast) == 2
        handle = cast.places["ben"].handle
        assert client.post(f"/me/words/{cast.group}/{handle}/restoration/").status_code == 302
        assert Post.objects.filter(words="Named.").count() == 2

    @pytest.mark.parametrize("asked", [{}, {"when": "x"}, {"sure": "1"}, {"when": "", "sure": "1"}], ids=str)
    def test_does_nothing_by_mistake(self, cast, asked):
        assert client_of(cast.viewer("ben")).post("/me/words/withdrawal/", asked).status_code == 422
        assert not Errand.objects.exists()

    def test_nobody_elses_words(self, cast):
        random.seed(1)
        handle = cast.places["ben"].handle
        assert client_of(cast.viewer("fay")).post(f"/me/words/{cast.group}/{handle}/restoration/").status_code == 404


class TestStoppingIt:
    def test_lets_stand_what_still_waits_and_brings_nothing_back(self, cast):
        actions.take_back_everything(cast.viewer("ben"), unseen=False, now=True, at=AT)
        actions.stop_taking_back([cast.place("ben")])
        run_for_days(AT)
        assert set(Post.objects.exclude(state="withdrawn").values_list("words", flat=True)) == {"Without a name.", "Mine."}
        assert Post.objects.filter(state="withdrawn").count() == 3
        assert not Errand.objects.exists()

    def test_in_one_group_leaves_the_other_under_way(self, cast):
        actions.take_back_everything(cast.viewer("ben"), unseen=False, now=False, at=AT)
        actions.stop_taking_back([cast.place("ben")])
        run_for_days(AT)
        assert [post.group.name for post in Post.objects.filter(state="withdrawn")] == ["Second"]

    def test_leaves_what_is_brought_back_and_what_is_of_others(self, cast):
        other = errand_of_somebody_else()
        actions.take_back_everything(cast.viewer("ben"), unseen=False, now=True, at=AT)
        run_errands(at=WEEK, only=list(Errand.objects.exclude(pk=other).order_by("due_at").values_list("pk", flat=True)))
        actions.bring_back_everything(cast.place("ben"), at=WEEK)
        kinds = [read_errand(errand)["do"] for errand in Errand.objects.all()]
        assert kinds.count("bring_back") == 2
        actions.stop_taking_back([cast.place("ben")])
        assert [read_errand(errand)["do"] for errand in Errand.objects.all()].count("bring_back") == 2
        assert Errand.objects.filter(pk=other).exists()

    def test_writes_down_nothing_that_stands_in_two_groups_on_one_day(self, cast):
        actions.take_back_everything(cast.viewer("ben"), unseen=False, now=False, at=AT)
        before = AuditEntry.objects.count()
        actions.stop_taking_back(own_groups(cast))
        assert not Errand.objects.exists()
        assert AuditEntry.objects.count() == before


class TestWhatStillWaits:
    def test_is_counted_group_by_group(self, cast):
        assert queries.list_taking(personas(cast)) == {}
        actions.take_back_everything(cast.viewer("ben"), unseen=False, now=False, at=AT)
        actions.reply(cast.places["ben"], 1, words="Anew.", at=AT, intent="")
        found = queries.list_taking(personas(cast))
        assert sorted(row.left for row in found.values()) == [1, 4]
        first = [errand.due_at for errand in Errand.objects.all() if read_errand(errand)["do"] == "take_back"]
        assert max(row.last_at for row in found.values()) == max(first)
        assert all(AT <= row.last_at <= AT + timedelta(hours=SPREAD_HOURS) for row in found.values())

    def test_is_nothing_once_all_has_gone_or_was_brought_back(self, cast):
        actions.take_back_everything(cast.viewer("ben"), unseen=False, now=True, at=AT)
        assert [row.left for row in queries.list_taking(personas(cast)).values()] == [2]
        run_errands(at=AT + timedelta(hours=SPREAD_HOURS))
        assert Errand.objects.exists()  # the second look
        assert queries.list_taking(personas(cast)) == {}
        actions.restore_post(cast.places["ben"], 1, at=AT + timedelta(hours=SPREAD_HOURS, minutes=1))
        assert queries.list_taking(personas(cast)) == {}

    def test_opens_no_errand_of_anybody_else_and_asks_once(self, cast, django_assert_num_queries, monkeypatch):
        for _time in range(5):
            errand_of_somebody_else()
        opened, mine = [], personas(cast)
        monkeypatch.setattr("kith.groups.errands.read_errand", lambda errand: opened.append(errand.pk) or read_errand(errand))
        with django_assert_num_queries(1):
            assert queries.list_taking(mine) == {}
        assert opened == []
        actions.take_back_everything(cast.viewer("ben"), unseen=False, now=False, at=AT)
        opened.clear()
        actions.withdraw_post(cast.places["ben"], 1, at=AT)
        actions.restore_post(cast.places["ben"], 1, at=AT)
        assert len(opened) == 4  # those of this group: what is named, two voices, the second look
        assert Post.objects.get(number=1, author=cast.places["ben"].persona).stays

    def test_stands_on_the_page_with_a_way_to_stop_it(self, cast):
        client = client_of(cast.viewer("ben"))
        assert "Stop it" not in client.get("/me/words/").content.decode()
        client.post("/me/words/withdrawal/", {"when": "later", "line": "", "sure": "1"})
        html = client.get("/me/words/").content.decode()
        assert "4 posts of yours still stand there." in html
        assert "One post of yours still stands there." in html
        path = f"/me/words/{cast.group}/{cast.places['ben'].handle}/"
        assert client.get("/me/words/").content.count(b"stopping/") == 3  # one for each group, one for all
        answer = client.post(f"{path}stopping/")
        assert answer.headers["Location"] == "/me/words/?begun=stopped"
        html = client.get(answer.headers["Location"]).content.decode()
        assert "It has stopped" in html
        assert "What had gone before is still gone." in html
        assert "4 posts" not in html
        assert "One post of yours still stands there." in html
        assert html.count("stopping/") == 1
        client.post("/me/words/stopping/")
        assert not Errand.objects.exists()
        assert "stopping/" not in client.get("/me/words/").content.decode()

    def test_in_one_group_does_not_show_on_the_page_of_another(self, cast):
        client, places = client_of(cast.viewer("ben")), own_groups(cast)
        actions.take_back_everything(cast.viewer("ben"), unseen=False, now=False, at=clock.now())
        for place in places:
            html = client.get(f"/me/words/{place.code}/{place.handle}/").content.decode()
            notice = html.partition('id="taking"')[2].partition("</section>")[0]
            assert f"{place.card.name}, as {place.persona_name}" in notice
            assert notice.count("<li") == notice.count("stopping/") == 1
        actions.stop_taking_back(places[:1])
        assert 'id="taking"' not in client.get(f"/me/words/{places[0].code}/{places[0].handle}/").content.decode()

    def test_is_nobody_elses(self, cast):
        actions.take_back_everything(cast.viewer("ben"), unseen=False, now=False, at=AT)
        before, path = Errand.objects.count(), f"/me/words/{cast.group}/{cast.places['ben'].handle}/stopping/"
        fay = client_of(cast.viewer("fay"))
        assert fay.post(path).status_code == 404
        assert fay.post("/me/words/stopping/").status_code == 302
        assert Errand.objects.count() == before
        assert "Stop it" not in fay.get("/me/words/").content.decode()

    def test_in_a_group_that_i_left_is_stopped_too(self, cast):
        leave_group(cast.place("ben"), words="keep", at=AT)
        actions.take_back_everything(cast.viewer("ben"), unseen=False, now=False, at=AT)
        (past,) = list_past_groups(cast.viewer("ben"))
        client, path = client_of(cast.viewer("ben")), f"/me/words/{past.code}/{past.handle}/"
        assert "4 posts of yours still stand there." in client.get(path).content.decode()
        client.post(f"{path}stopping/")
        run_for_days(AT)
        assert [post.group.name for post in Post.objects.filter(state="withdrawn")] == ["Second"]
