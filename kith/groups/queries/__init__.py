"""Reads of groups: what a stranger, a member and a host may see."""

from kith.groups.queries.cards import (
    count_listed,
    list_cards,
    list_newest,
    listed,
)
from kith.groups.queries.doors import (
    get_charter,
    get_front_door,
    get_group,
    get_invited_door,
    get_plan,
    list_charters,
)
from kith.groups.queries.members import (
    count_members,
    get_desk_place,
    get_place,
    get_reading_place,
    is_only_leader,
    leaders_mailboxes,
    list_asking,
    list_leaders,
    list_members,
)
from kith.groups.queries.own import (
    begin_key,
    find_begun,
    get_own_group,
    get_past_group,
    goes_by,
    list_own_groups,
    list_own_mailboxes,
    list_past_groups,
)
from kith.groups.queries.waiting import (
    asking_to_be_checked,
    get_opening,
    get_own_check,
    get_waiting_group,
    list_waiting_groups,
)

__all__ = [
    "asking_to_be_checked",
    "begin_key",
    "count_listed",
    "count_members",
    "find_begun",
    "get_charter",
    "get_desk_place",
    "get_front_door",
    "get_group",
    "get_invited_door",
    "get_opening",
    "get_own_check",
    "get_own_group",
    "get_past_group",
    "get_place",
    "get_plan",
    "get_reading_place",
    "get_waiting_group",
    "goes_by",
    "is_only_leader",
    "leaders_mailboxes",
    "list_asking",
    "list_cards",
    "list_charters",
    "list_leaders",
    "list_members",
    "list_newest",
    "list_own_groups",
    "list_own_mailboxes",
    "list_past_groups",
    "list_waiting_groups",
    "listed",
]
