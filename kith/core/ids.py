"""Random keys and codes, so that no number tells an order or a time."""

import secrets

LETTERS = "abcdefghjkmnpqrstvwxyz23456789"  # no i, l, o, u, 0, 1: read aloud and typed by hand


def random_key() -> int:
    """Make a random key of 63 bits, never 0."""
    return secrets.randbits(63) or 1


def random_code(length: int = 8) -> str:
    """Make a random code that is easy to read aloud; 8 letters are about 39 bits."""
    return "".join(secrets.choice(LETTERS) for _ in range(length))


def random_seed() -> str:
    """Make a seed for a drawing: 12 hexadecimal digits."""
    return secrets.token_hex(6)
