"""What an action or query may answer instead of doing: unseen, refused, or not right yet."""


class NotFound(Exception):
    """There is no such thing for this viewer; unseen and absent look alike."""


class Refused(Exception):
    """The viewer may not do this now; the words are for that person."""


class StepFirst(Refused):
    """Whoever leads or runs the site signs in with a second step first."""


class SignInFirst(Refused):
    """A guest asked for something that needs an account."""


class Invalid(Exception):
    """What was typed cannot be used; `problems` says for each field what to do."""

    def __init__(self, **problems: str) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


class Stale(Exception):
    """Somebody else has changed or answered this meanwhile; the words say who sees what now."""
