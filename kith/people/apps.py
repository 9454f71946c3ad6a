"""Persons: who signs in, and what of them is sealed."""

from functools import partial
from typing import Any

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Registers what is sealed here; people is told nothing by rooms above."""

    name = "kith.people"

    def ready(self) -> None:
        """Register sealed columns, and that nobody stays signed in over a restore."""
        from kith.core.models import Site
        from kith.core.restoring import on_restore
        from kith.people.actions import end_all_sessions
        from kith.people.models import Factor, Happening, Look, OwnNote, Person, Session, Tally, Undo
        from kith.people.rotating import sealed

        for what in ("email", "list", "filters", "looks"):
            sealed(Person, f"{what}_sealed", partial(_of_person, what))
        sealed(Session, "day_sealed", lambda row: f"session.day:{row.pk}")
        sealed(OwnNote, "sealed", lambda row: f"own_note:{row.person_id}:{row.pk}", "person")
        sealed(OwnNote, "head_sealed", lambda row: f"own_note_head:{row.person_id}:{row.pk}", "person")
        sealed(Factor, "sealed", lambda row: f"factor:{row.person_id}:{row.pk}", "person")
        sealed(Tally, "sealed", lambda row: f"tally:{row.pk}")
        sealed(Happening, "sealed", lambda row: f"happening:{row.person_id}:{row.pk}", "person")
        sealed(Undo, "sealed", lambda row: f"undo:{row.person_id}:{row.pk}", "person")
        sealed(Look, "sealed", lambda row: f"look:{row.person_id}:{row.pk}", "person")
        on_restore(end_all_sessions)
        sealed(Site, "mail_word_sealed", lambda row: f"site.mail:{row.pk}")  # core has no seals of its own


def _of_person(what: str, row: Any) -> str:
    return f"person.{what}:{row.pk}"
