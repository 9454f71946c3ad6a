"""What every page is handed of the site."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HelpRow:
    """One help line as the foot of a page shows it."""

    kind: str  # the room above has the words for it
    service: str
    number: str
    href: str
    confirmed: bool
    note: str


@dataclass(frozen=True, slots=True)
class SiteRow:
    """The site's own settings, as far as every page needs them."""

    name: str
    country: str
    run_by: str
    contact: str
    help: tuple[HelpRow, ...]
    exit_url: str
    set_up: bool
    discreet: bool  # tabs and history show a name that says nothing
