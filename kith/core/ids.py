"""Random keys and codes, so that no number tells an order or a time."""

import secrets

LETTERS = "abcdefghjkmnpqrstvwxyz23456789"  # no i, l, o, u, 0, 1: read aloud and typed by hand
_ROUND = len(LETTERS)


def random_key() -> int:
    """Make a random key of 63 bits, never 0."""
    return secrets.randbits(63) or 1


def random_code(length: int = 8) -> str:
    """Make a random code that is easy to read aloud; 8 letters are about 39 bits."""
    code = ""
    while len(code) < length:  # bytes past the last whole round of letters are thrown away: each letter is equally likely
        code += "".join(LETTERS[byte % _ROUND] for byte in secrets.token_bytes(2 * length) if byte < 256 // _ROUND * _ROUND)
    return code[:length]


def random_seed() -> str:
    """Make a seed for a drawing: 12 hexadecimal digits."""
    return secrets.token_hex(6)
