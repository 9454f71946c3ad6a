"""Reporting to the hosts, deciding, and the steward's help lines."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from kith.core import text
from kith.core.audit import record
from kith.core.errors import Invalid, NotFound, Stale
from kith.core.models import Site
from kith.groups.models import Persona
from kith.groups.queries import leaders_mailboxes
from kith.groups.rows import Place
from kith.groups.viewer import Viewer
from kith.notify.actions import tell
from kith.safety import help as help_lines
from kith.safety import limits, queries, reportable
from kith.safety.models import Decision, HelpLine, Report

_TOLD = {"fold": "safety.folded", "return": "safety.returned"}  # how the author is told of each kind of decision


@transaction.atomic
def report(place: Place, *, kind: str, number: int, reason: str, words: str, at: datetime) -> None:
    """
    Tell the hosts about something; a second report of the same thing changes the first.

    :raises NotFound: if this member may not see it
    :raises Invalid: if no reason was chosen or the words are too many
    """
    found = reportable.find(kind, place, number)
    words = text.clean(words)
    if reason not in limits.REASONS:
        raise Invalid(reason=_("Choose what is wrong. A rough guess is fine."))
    text.check_length(words, limits.MAX_WORDS, field="words")
    row, _new = Report.objects.update_or_create(
        group_id=place.key, kind=kind, number=number, by_id=place.persona, answered_on=None,
        defaults={"author_id": found.author, "reason": reason, "words": words, "copy": found.words, "made_at": at},
    )  # fmt: skip
    record("safety.reported", by=place.persona, about=f"{kind}:{place.key}:{number}", at=at)
    for host, mailbox in leaders_mailboxes(place.key):
        if host != found.author:
            tell(mailbox, "safety.reported", about=f"{place.code}:{row.pk}", at=at)


@transaction.atomic
def answer_report(place: Place, key: int, *, outcome: str, at: datetime) -> None:
    """
    Close a report; `place` is a host's.

    :raises NotFound: if it is not this group's, or about something of one's own
    :raises Stale: if another host has answered it first
    """
    row = Report.objects.select_for_update().filter(group=place.key, pk=key).select_related("by").first()
    if row is None or row.author_id == place.persona:
        raise NotFound
    if row.answered_on is not None:
        raise Stale(_("Another host has answered this report already. Nothing was changed."))
    _close(row, place, outcome, at)


def answer_reports_about(place: Place, kind: str, number: int, *, outcome: str, at: datetime) -> None:
    """Close every open report about a thing of somebody else's, because something was done; inside the caller's transaction."""
    rows = Report.objects.filter(group=place.key, kind=kind, number=number, answered_on=None).exclude(author=place.persona)
    for row in rows.select_related("by"):
        _close(row, place, outcome, at)


def _close(row: Report, place: Place, outcome: str, at: datetime) -> None:
    row.answered_by_id, row.answered_on, row.outcome, row.copy = place.persona, at.date(), outcome, ""
    row.words = row.words if row.by.owner_tag else ""
    row.save(update_fields=["answered_by", "answered_on", "outcome", "copy", "words"])
    record("safety.answered", by=place.persona, about=f"report:{row.pk}", at=at)
    if row.by.mailbox_id:
        tell(row.by.mailbox_id, "safety.answered", about=f"{place.code}:{row.pk}", at=at)


def decide(
    place: Place, *, kind: str, about: str, number: int, author: Persona, words: str, reason: str, at: datetime
) -> Decision:
    """
    Write down what a host did and why, tell the author, close the reports; inside the caller's transaction.

    :raises Invalid: if there is no reason, or too much of it
    """
    reason = text.clean(reason)
    if text.is_blank(reason):
        raise Invalid(reason=_("Write to the author why. A line is enough; only the two of you see it."))
    text.check_length(reason, limits.MAX_REASON, field="reason")
    decision = Decision.objects.create(
        group_id=place.key, kind=kind, about=about, number=number, author=author, by_id=place.persona, reason=reason,
        words=words if author.owner_tag else "", made_on=at.date(),
    )  # fmt: skip
    record(f"safety.{kind}", by=place.persona, about=f"{about}:{place.key}:{number}", at=at)
    if author.mailbox_id:
        tell(author.mailbox_id, _TOLD[kind], about=f"{place.code}:{decision.pk}", at=at)
    answer_reports_about(place, about, number, outcome=kind, at=at)
    return decision


def forget_words(group: int, *, about: str, number: int) -> None:
    """Drop the copy that an author has of a thing which a host dealt with: the thing itself has gone for good."""
    Decision.objects.filter(group=group, about=about, number=number).exclude(words="").update(words="")


def words_of_nobody(group: int, persona: int) -> None:
    """Drop what was kept for somebody who has gone for good. An open report keeps its copy until a host has answered it."""
    Decision.objects.filter(group=group, author=persona).update(words="")
    Report.objects.filter(group=group, by=persona).exclude(answered_on=None).update(words="")


def copies_of_a_closed_group(group: int, at: datetime) -> None:
    """End the open reports of a group that has closed: nobody will answer them, so their copies go."""
    Report.objects.filter(group=group, answered_on=None).update(copy="", words="", answered_on=at.date(), outcome="closed")


@transaction.atomic
def tend_reports(*, at: datetime) -> None:
    """Tell who reported something, once, that the hosts are late; drop the copies of what nobody has looked at for very long."""
    for row in queries.late_reports(at).exclude(by__mailbox=None).select_related("by", "group"):
        if row.by.mailbox_id:
            tell(row.by.mailbox_id, "safety.late", about=f"{row.group.code}:{row.pk}", at=at)
    old = at - timedelta(days=limits.COPY_DAYS)
    Report.objects.filter(answered_on=None, made_at__lt=old).exclude(copy="").update(copy="")


@transaction.atomic
def confirm_line(key: int, *, by: Viewer, confirmed: bool, hidden: bool, at: datetime) -> None:
    """
    Confirm a help line, or hide it; a steward's act.

    :raises NotFound: for everybody else
    """
    if not by.steward:
        raise NotFound
    if not HelpLine.objects.filter(pk=key).exists():
        raise NotFound
    HelpLine.objects.filter(pk=key).update(confirmed_on=at.date() if confirmed else None, hidden_on=at.date() if hidden else None)
    record("safety.line_confirmed" if confirmed else "safety.line_changed", by=0, about=f"line:{key}", at=at)
    redraw_help()


@transaction.atomic
def redraw_help() -> None:
    """Draw the foot of the page anew after a change of lines or of the site's country."""
    site = Site.objects.select_for_update().get(pk=1)
    site.help_drawn = help_lines.draw(site.country)
    site.save(update_fields=["help_drawn"])
