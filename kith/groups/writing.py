"""Writing down what a group is for: its concerns and each version of its charter."""

from datetime import datetime

from kith.concerns.queries import keys_of
from kith.core import text
from kith.groups.models import Charter, Group, GroupConcern
from kith.groups.plans import Plan


def write_concerns(group: Group, plan: Plan) -> None:
    """Put the group's concerns in the order of the plan, in place of those it had."""
    GroupConcern.objects.filter(group=group).delete()
    GroupConcern.objects.bulk_create(
        GroupConcern(group=group, concern_id=key, place=i) for i, key in enumerate(keys_of(plan.concerns))
    )


def write_charter(group: Group, plan: Plan, at: datetime) -> None:
    """Write the version of the charter that `group.charter_number` names; older ones stay as they are."""
    agreements = [{"title": title, "text": words} for title, words in plan.agreements]
    Charter.objects.create(
        group=group, number=group.charter_number, words=plan.charter, html=text.render(plan.charter), agreements=agreements,
        made_on=at.date(),
    )  # fmt: skip
