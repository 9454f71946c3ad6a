"""`kith subpoena-preview PERSON`: what could be handed over about somebody, with and without the keys. She sees that it was asked."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kith.core import clock
from kith.core.inventory import Held, Table, list_held, read_inventory
from kith.groups.queries import list_own_keys
from kith.people.actions import find_person
from kith.people.looks import look
from kith.people.queries import email_looked_at, get_filters, list_devices, own_list


class Command(BaseCommand):
    """Look, and print column by column."""

    help = "Print what could be handed over about a person if a court asked. She sees on her page that you have looked."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whose."""
        parser.add_argument("person", help="her whole sign-in name, with the four digits")

    def handle(self, *args: Any, person: str, **options: Any) -> None:
        """Write the look down first, then print."""
        key = find_person(" ".join(person.split()).casefold())
        if key is None:
            raise CommandError("Nobody has this sign-in name. Type it whole, with its four digits, in quotes.")
        why = look(key, by="operator", what="all", reason="preview", at=clock.now())
        self.stdout.write(f"What could be handed over about {person!r}. She sees on her page that you have looked, and why.")
        self.stdout.write("\n1. From the database alone, without the keys")
        for table in read_inventory().values():
            if "person" in table.by:
                self._print(table, list_held(table, {"person": [key]}))
        self.stdout.write("\n2. What your keys open on top of it")
        filters, own = get_filters(key), own_list(key)
        self._line("people_person.email_sealed", email_looked_at(why) or "none")
        self._line("people_person.list_sealed", f"{len(own.personas)} groups, {len(own.left)} that she has left")
        self._line(
            "people_person.filters_sealed", ", ".join((*filters.kinds, *filters.words, filters.own_name)).strip(", ") or "none"
        )
        self._line("people_session.day_sealed", ", ".join(str(device.day) for device in list_devices(key, "")) or "none")
        for name in (
            "people_ownnote.sealed",
            "people_ownnote.head_sealed",
            "people_look.sealed",
            "people_person.looks_sealed",
            "people_factor.sealed",
            "people_happening.sealed",
            "people_undo.sealed",
        ):
            self._line(name, "opens, too; not opened now")
        keys = list_own_keys(key)
        for table in read_inventory().values():
            if "person" not in table.by:
                self._print(table, list_held(table, keys))
        self.stdout.write("\n3. What nobody can hand over, because it is kept nowhere")
        self.stdout.write("  addresses of devices, where she is, the hours at which she is here, what she typed in the finder")

    def _print(self, table: Table, held: list[Held]) -> None:
        if held:
            self.stdout.write(f"{table.name}: {table.what}. Kept {table.kept}.")
        for one in held:
            if one.kind != "technical":
                self._line(f"{one.table}.{one.column}", _words(one))

    def _line(self, name: str, words: str) -> None:
        self.stdout.write(f"  {name}: {words}")


def _words(held: Held) -> str:
    if not held.rows:
        return "empty"
    if held.values:
        return "; ".join(held.values)
    amounts = {
        "sealed": f"locked, {held.size} bytes",
        "secret": "a hash or a tag, of use for a check alone",
        "content": f"{held.size} letters",
    }
    amount = amounts.get(held.kind, "") if held.size else ""
    return f"{held.rows} {'row' if held.rows == 1 else 'rows'}" + (f", {amount}" if amount else "")
