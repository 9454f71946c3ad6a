"""Names of mail servers and addresses of letters, as far as one can tell without asking anybody."""

import re

MAX = 200
_LOCAL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}")  # of a valid address in the HTML standard


def is_host(name: str) -> bool:
    """Say whether a server can have this name: no blanks, and no part of it empty or longer than 63 letters."""
    if not 0 < len(name) <= MAX or not name.isprintable() or " " in name:
        return False
    try:
        name.encode("idna")
    except UnicodeError:
        return False
    return True


def is_address(address: str) -> bool:
    """Say whether a letter can be sent to, or from, this address."""
    local, at, host = address.rpartition("@")
    return bool(at) and len(address) <= MAX and _LOCAL.fullmatch(local) is not None and is_host(host)
