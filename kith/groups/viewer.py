"""Who is looking: built once per request, guests included."""

from dataclasses import dataclass

from kith.groups.models import Persona
from kith.people.sealing import owner_tag


@dataclass(frozen=True, slots=True)
class Viewer:
    """The person behind a request by key only, whether she is a steward, and whether she came with a second step."""

    person: int | None = None
    steward: bool = False
    strong: bool = True  # signed in with a second step too; only a session can say that somebody is not

    @property
    def is_guest(self) -> bool:
        """Say whether nobody is signed in."""
        return self.person is None

    def tag(self, code: str) -> bytes:
        """Return what finds this viewer's persona in the group of this code; for a guest a tag that nobody has."""
        return owner_tag(self.person, code) if self.person is not None else b""

    def persona_in(self, code: str) -> Persona | None:
        """Return the viewer's current persona in the group of this code, be it asking or a member."""
        if self.person is None:
            return None
        return Persona.objects.filter(owner_tag=self.tag(code), left_on=None).first()


GUEST = Viewer()
