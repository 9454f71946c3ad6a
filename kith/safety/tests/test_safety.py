"""Help lines come from the table alone; reports reach the hosts; decisions give the text back."""

import csv
import re
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from kith.conversation import actions as talk
from kith.conversation.models import Draft, Post
from kith.core.errors import Invalid, NotFound, Stale
from kith.core.models import Site
from kith.groups.actions import leave_group
from kith.notify import kinds
from kith.notify.actions import tell
from kith.notify.models import Notice
from kith.safety import actions, help, queries
from kith.safety.models import Decision, HelpLine, Report
from kith.testing.cast import AT, make_cast
from kith.testing.clients import client_of

pytestmark = pytest.mark.django_db
SEED = Path(help.__file__).parent / "data" / "helplines.csv"


@pytest.fixture
def cast(db):
    made = make_cast()
    talk.start_topic(made.places["ben"], title="One", words="A hard line.", at=AT, intent="")
    return made


class TestHelpLines:
    def test_every_seeded_row_has_two_sources_and_is_unconfirmed(self):
        with SEED.open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        assert all(row["second_source"] and row["source"] for row in rows)
        assert HelpLine.objects.count() == len(rows) == 257
        assert not HelpLine.objects.exclude(confirmed_on=None).exists()

    def test_every_number_shown_stands_in_the_seed(self):
        with SEED.open(encoding="utf-8") as file:
            known = {(row["country"], row["number"]) for row in csv.DictReader(file)}
        for country in queries.list_countries():
            assert all((country, line[2]) in known for line in help.draw(country))

    def test_a_country_without_a_row_shows_no_number(self, client):
        Site.objects.filter(pk=1).update(set_up_at=AT)
        answer = client.get("/help-now/ZZ/")
        assert b"tel:" not in answer.content
        assert b"no line that we are sure of" in answer.content

    def test_lines_that_nobody_has_rung_say_so_once_below_the_numbers(self, cast, client):
        Site.objects.filter(pk=1).update(country="GB")
        actions.redraw_help()
        foot = self.foot(client)
        assert "<small" not in foot
        assert foot.count("checked yet") == 1
        assert foot.index('href="tel:999"') < foot.index("Not checked yet: these numbers come from public lists.")

    def test_a_line_is_named_until_the_steward_confirms_it(self, cast, client):
        Site.objects.filter(pk=1).update(country="GB")
        lines = [HelpLine.objects.get(country="GB", service=service) for service in self.services(client)]
        assert len(lines) == 3
        with pytest.raises(NotFound):
            actions.confirm_line(lines[0].pk, by=cast.viewer("ada"), confirmed=True, hidden=False, at=AT)
        for at, line in enumerate(lines):
            actions.confirm_line(line.pk, by=cast.viewer("sue"), confirmed=True, hidden=False, at=AT)
            _head, _said, note = self.foot(client).partition("Not checked yet: ")
            left = [one.service for one in lines[at + 1 :]]
            assert note.partition(". The number")[0] == ", ".join(left) if left else note == ""

    def test_the_page_of_lines_says_it_of_each(self, cast, client):
        Site.objects.filter(pk=1).update(country="GB", set_up_at=AT)
        line = HelpLine.objects.get(country="GB", service="Samaritans")
        actions.confirm_line(line.pk, by=cast.viewer("sue"), confirmed=True, hidden=False, at=AT)
        page = client.get("/help-now/").content
        lines = HelpLine.objects.filter(country="GB").count()
        assert page.count(b"Not yet checked by the people who run this site") == lines - 1
        assert page.count(b"Checked by the people who run this site") == 1

    def foot(self, client):
        return client.get("/").content.decode().partition('id="help-now"')[2].partition("</section>")[0]

    def services(self, client):
        actions.redraw_help()
        return re.findall(r"<dd>\s*([^<,]+),", self.foot(client))

    def test_a_hidden_line_goes_from_every_page(self, cast, client):
        Site.objects.filter(pk=1).update(country="GB")
        line = HelpLine.objects.get(country="GB", service="Samaritans")
        actions.confirm_line(line.pk, by=cast.viewer("sue"), confirmed=False, hidden=True, at=AT)
        assert b"116 123" not in client.get("/").content
        assert b"116 123" not in client.get("/help-now/").content

    def test_the_page_says_that_nobody_watches(self, client):
        Site.objects.filter(pk=1).update(set_up_at=AT)
        assert b"Nobody reads this site round the clock" in client.get("/help-now/").content


class TestReports:
    def test_reach_the_hosts_and_not_the_author(self, cast):
        actions.report(cast.places["fay"], kind="post", number=1, reason="unkind", words="It hurt.", at=AT)
        (row,) = queries.list_reports(cast.places["ada"])
        assert (row.reason, row.words, row.copy) == ("unkind", "It hurt.", "A hard line.")
        assert Notice.objects.filter(kind="safety.reported").count() == 2
        assert not Notice.objects.filter(mailbox=cast.places["ben"].mailbox).exists()

    def test_keep_the_words_as_they_were(self, cast):
        actions.report(cast.places["fay"], kind="post", number=1, reason="unkind", words="", at=AT)
        talk.edit_post(cast.places["ben"], 1, words="A soft line.", at=AT)
        assert queries.list_reports(cast.places["ada"])[0].copy == "A hard line."

    def test_twice_is_one(self, cast):
        for reason in ("unkind", "danger"):
            actions.report(cast.places["fay"], kind="post", number=1, reason=reason, words="", at=AT)
        assert Report.objects.get().reason == "danger"

    def test_each_is_told_of_and_so_is_one_after_the_first_was_closed(self, cast):
        told = Notice.objects.filter(kind="safety.reported", mailbox=cast.places["ada"].mailbox)
        actions.report(cast.places["fay"], kind="post", number=1, reason="unkind", words="", at=AT)
        actions.report(cast.places["fay"], kind="post", number=1, reason="danger", words="", at=AT)
        assert told.count() == 1
        actions.report(cast.places["eve"], kind="post", number=1, reason="unkind", words="", at=AT)
        assert told.count() == 2
        actions.answer_report(cast.places["ada"], Report.objects.get(by=cast.places["fay"].persona).pk, outcome="keep", at=AT)
        actions.report(cast.places["fay"], kind="post", number=1, reason="unkind", words="Again.", at=AT)
        assert told.count() == 3

    def test_ask_for_a_reason_and_a_post(self, cast):
        with pytest.raises(Invalid):
            actions.report(cast.places["fay"], kind="post", number=1, reason="x", words="", at=AT)
        with pytest.raises(NotFound):
            actions.report(cast.places["fay"], kind="post", number=99, reason="other", words="", at=AT)

    def test_two_hosts_answer_once(self, cast):
        actions.report(cast.places["fay"], kind="post", number=1, reason="unkind", words="", at=AT)
        key = Report.objects.get().pk
        actions.answer_report(cast.places["ada"], key, outcome="keep", at=AT)
        with pytest.raises(Stale):
            actions.answer_report(cast.places["eve"], key, outcome="keep", at=AT)
        assert Notice.objects.filter(kind="safety.answered", mailbox=cast.places["fay"].mailbox).count() == 1


class TestAReportThatNobodyAnswers:
    @pytest.fixture
    def reported(self, cast):
        """Report a post; return who did."""
        actions.report(cast.places["fay"], kind="post", number=1, reason="unkind", words="It hurt.", at=AT)
        return cast.places["fay"]

    def late(self, place):
        return Notice.objects.filter(mailbox=place.mailbox, kind="safety.late").count()

    def test_is_told_after_a_week_to_the_reporter_once_and_to_the_steward_without_a_word_of_it(self, cast, reported):
        steward = cast.viewer("sue")
        for days, told in ((6, 0), (8, 1), (9, 1)):
            actions.tend_reports(at=AT + timedelta(days=days))
            assert self.late(reported) == told
            assert [row.reports for row in queries.list_late_groups(steward, AT + timedelta(days=days))] == [1] * told
        with time_machine.travel(AT + timedelta(days=8), tick=False):
            page = client_of(steward).get("/steward/").content
        assert b"Living with it" in page
        assert b"A hard line." not in page
        assert b"It hurt." not in page

    def test_keeps_its_copy_for_thirty_days(self, cast, reported):
        for days, copy in ((29, "A hard line."), (31, "")):
            actions.tend_reports(at=AT + timedelta(days=days))
            assert Report.objects.get().copy == copy
        assert b"nobody looked for 30 days" in client_of(cast.viewer("ada")).get(f"/g/{cast.group}/desk/").content

    def test_is_nothing_to_anybody_else_or_once_it_is_answered(self, cast, reported):
        with pytest.raises(NotFound):
            queries.list_late_groups(cast.viewer("ada"), AT)
        actions.answer_report(cast.places["ada"], Report.objects.get().pk, outcome="keep", at=AT)
        actions.tend_reports(at=AT + timedelta(days=40))
        assert self.late(reported) == 0
        assert queries.list_late_groups(cast.viewer("sue"), AT + timedelta(days=40)) == []


class TestDecisions:
    def test_giving_back_returns_every_word_with_the_reason(self, cast):
        actions.report(cast.places["fay"], kind="post", number=1, reason="private", words="", at=AT)
        talk.return_post(cast.places["ada"], 1, reason="It names a street.", at=AT)
        post = Post.objects.get()
        assert (post.state, post.html) == ("returned", "")
        assert Draft.objects.get(persona=cast.places["ben"].persona).words == "A hard line."
        notice = Notice.objects.get(kind="safety.returned")
        assert notice.mailbox_id == cast.places["ben"].mailbox
        row = queries.get_decision(cast.places["ben"], int(notice.about.split(":")[1]))
        assert (row.words, row.reason) == ("A hard line.", "It names a street.")
        assert queries.list_reports(cast.places["ada"]) == []
        with pytest.raises(NotFound):
            queries.get_decision(cast.places["fay"], row.key)

    def test_the_notice_says_which_of_the_two_it_was(self, cast):
        told = {
            "folded": "A host folded a post of yours, and says why.",
            "returned": "A host gave a post back to you, and says why.",
        }
        for act, word in ((talk.fold_post, "folded"), (talk.return_post, "returned")):
            act(cast.places["ada"], 1, reason="Hard detail.", at=AT)
            html = client_of(cast.viewer("ben")).get("/me/notices/").content.decode()
            assert [sentence in html for sentence in told.values()] == [True, word == "returned"]
        assert [row.kind for row in Notice.objects.filter(kind__startswith="safety.").order_by("pk")] == [
            "safety.folded",
            "safety.returned",
        ]

    def test_a_notice_of_before_that_says_both_is_still_shown_and_leads_there(self, cast):
        talk.fold_post(cast.places["ada"], 1, reason="Hard detail.", at=AT)
        key = Decision.objects.get().pk
        Notice.objects.all().delete()
        tell(cast.places["ben"].mailbox, "safety.decided", about=f"{cast.group}:{key}", at=AT)
        html = client_of(cast.viewer("ben")).get("/me/notices/").content.decode()
        assert "A host has folded a post of yours or given it back, and says why." in html
        row = Notice.objects.get()
        assert kinds.get(row.kind).path(row.about) == f"/g/{cast.group}/decisions/{key}/"

    def test_a_reason_is_asked_for(self, cast):
        for act in (talk.fold_post, talk.return_post):
            with pytest.raises(Invalid):
                act(cast.places["ada"], 1, reason=" ", at=AT)

    def test_members_cannot(self, cast):
        for act in (talk.fold_post, talk.return_post):
            with pytest.raises(NotFound):
                act(cast.places["fay"], 1, reason="Because.", at=AT)

    def test_two_hosts_fold_once(self, cast):
        talk.fold_post(cast.places["ada"], 1, reason="Hard detail.", at=AT)
        with pytest.raises(Stale):
            talk.fold_post(cast.places["eve"], 1, reason="Hard detail.", at=AT)
        talk.unfold_post(cast.places["eve"], 1, at=AT)
        assert Post.objects.get().state == ""


class TestAReportAboutAHost:
    @pytest.fixture
    def about_ada(self, cast):
        talk.start_topic(cast.places["ada"], title="Two", words="A hard line of a host.", at=AT, intent="")
        actions.report(cast.places["fay"], kind="post", number=2, reason="unkind", words="She does this often.", at=AT)
        return Report.objects.get()

    def test_is_seen_by_the_other_host_and_not_by_her(self, cast, about_ada):
        assert queries.list_reports(cast.places["ada"]) == []
        assert [row.key for row in queries.list_reports(cast.places["eve"])] == [about_ada.pk]
        page = client_of(cast.viewer("ada")).get(f"/g/{cast.group}/desk/").content
        assert b"She does this often" not in page

    def test_stays_out_of_her_sight_when_she_takes_the_post_back(self, cast, about_ada):
        talk.withdraw_post(cast.places["ada"], 2, at=AT)
        assert queries.list_reports(cast.places["ada"]) == []
        assert len(queries.list_reports(cast.places["eve"])) == 1

    def test_is_not_closed_by_her(self, cast, about_ada):
        path = f"/g/{cast.group}/desk/reports/{about_ada.pk}/"
        assert client_of(cast.viewer("ada")).post(path).status_code == 404
        talk.fold_post(cast.places["ada"], 2, reason="Mine.", at=AT)
        assert Report.objects.get().answered_on is None
        assert client_of(cast.viewer("eve")).post(path).status_code == 302
        assert Report.objects.get().answered_on is not None

    def test_names_to_the_reporter_only_who_will_look(self, cast, about_ada):
        answer = client_of(cast.viewer("fay")).post(f"/g/{cast.group}/posts/2/report/", {"reason": "unkind"})
        assert b"Kettle e" in answer.content
        assert b"Lamp a" not in answer.content

    def test_is_said_to_wait_where_she_is_the_only_one(self, cast, about_ada):
        leave_group(cast.places["eve"], words="keep", at=AT)
        client = client_of(cast.viewer("fay"))
        for contact, words in (("help@example.org", b"help@example.org"), ("", b'href="/about/"')):
            Site.objects.update(contact=contact)
            for answer in (
                client.get(f"/g/{cast.group}/posts/2/report/"),
                client.post(f"/g/{cast.group}/posts/2/report/", {"reason": "unkind"}),
            ):
                assert b"nobody answers a report about themselves" in answer.content
                assert words in answer.content.partition(b"<footer")[0]
        assert Report.objects.count() == 1


def test_keys_tell_no_order(cast):
    for number in range(2, 12):
        talk.reply(cast.places["ben"], 1, words="Another line.", at=AT, intent="")
        actions.report(cast.places["fay"], kind="post", number=number, reason="unkind", words="", at=AT)
        talk.fold_post(cast.places["ada"], number, reason="Hard.", at=AT)
    for model, made in ((Report, "number"), (Decision, "number")):
        keys = list(model.objects.order_by(made).values_list("pk", flat=True))
        assert len(keys) == 10
        assert keys != sorted(keys)
        assert min(keys) > 2**40


@pytest.mark.parametrize("country", ["//", "/", "x", "\x00\x00", "٣٣", "NLX"])
def test_help_in_no_country_leads_nowhere(cast, client, country):
    assert client.get("/help-now/", {"country": country}).status_code == 404
    assert client.get("/help-now/", {"country": "nl"})["Location"] == "/help-now/NL/"
