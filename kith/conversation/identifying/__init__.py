"""
Point out details by which somebody could be recognised: e-mail and street addresses, phone numbers, one's own name, profiles.

Pure and linear: every repeat in every pattern is bounded. It asks, never blocks; what it misses is posted as before.
How good it is, and what was tried: docs/decisions/0011.
"""

from collections.abc import Sequence

from kith.conversation.identifying.addresses import find_addresses
from kith.conversation.identifying.emails import find_emails
from kith.conversation.identifying.names import find_names
from kith.conversation.identifying.phones import find_chat_links, find_phones
from kith.conversation.identifying.profiles import blank_links, find_profiles
from kith.conversation.identifying.spot import Spot, blank_out

__all__ = ["Spot", "find_identifying"]


def find_identifying(text: str, own_names: Sequence[str] = (), own_handles: Sequence[str] = ()) -> list[Spot]:
    """
    List what could give somebody away, in the order of the text.

    `own_names` are found whole and part by part; `own_handles` (what stands before the @ of one's address) only whole.
    """
    found = [*find_chat_links(text)]
    rest = blank_out(text, found)
    profiles = find_profiles(rest)
    found += profiles
    rest = blank_out(rest, profiles)
    emails = find_emails(rest)
    found += emails
    rest = blank_out(rest, emails)
    plain = blank_links(rest)
    addresses = find_addresses(plain)
    found += addresses
    found += find_phones(blank_out(rest, addresses))
    found += find_names(plain, own_names, own_handles)
    return sorted(found, key=lambda spot: (spot.start, spot.end))
