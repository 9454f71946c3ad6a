"""A write that a person can repeat is done once: the key of the form sits in the transaction of the write."""

from datetime import datetime, timedelta

from kith.core.models import Intent
from kith.core.sql import one

MAX_KEY = 40
KEEP_DAYS = 30


def earlier_answer(actor: int, key: str) -> str | None:
    """Return what this intent was answered with before; call it after the lock, inside the transaction."""
    if not key:
        return None
    return Intent.objects.filter(actor=actor, key=key[:MAX_KEY]).values_list("result", flat=True).first()


def keep_answer(actor: int, key: str, result: str, at: datetime) -> None:
    """Remember the answer to this intent."""
    if key:
        Intent.objects.create(actor=actor, key=key[:MAX_KEY], result=result, made_on=at.date())


_ANSWER = """
INSERT INTO core_intent (actor, key, result, made_on) VALUES (%s, %s, %s, %s)
ON CONFLICT (actor, key) DO NOTHING RETURNING id
"""


def answer_once(actor: int, key: str, result: str, at: datetime) -> str:
    """Remember `result` as the answer to this intent, or return the answer it already had; one statement for the usual case."""
    if not key or one(_ANSWER, actor, key[:MAX_KEY], result, at.date()) is not None:
        return result
    return earlier_answer(actor, key) or result


def drop_old_answers(*, at: datetime) -> None:
    """Forget the answers to forms that nobody sends again."""
    Intent.objects.filter(made_on__lt=at.date() - timedelta(days=KEEP_DAYS)).delete()
