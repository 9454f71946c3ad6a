"""Drawings that belong to us: faces for personas, doors for groups, the room, the lamp. Pure functions of a random seed."""

import hashlib
from functools import lru_cache

from markupsafe import Markup

from kith.core.markup import trusted

HUES = 12
BIG = (
    "M0 20a20 20 0 0 1 40 0z", "M0 0h22a18 18 0 0 1-22 22z", "M4 40C4 20 20 4 40 4c0 20-16 36-36 36z",
    "M8 40V20a12 12 0 0 1 24 0v20z", "M0 26c8-8 14-8 20 0s12 8 20 0v14H0z", "M20 2a18 18 0 1 1-.1 0z",
    "M0 40 20 4l20 36z", "M0 0h40L0 40z", "M6 0h28v22a14 14 0 0 1-28 0z", "M0 12h40v10H0zM0 28h40v12H0z",
)  # fmt: skip
SMALL = (
    "M29 8a5.5 5.5 0 1 1-.1 0z", "M7 29h26v4H7z", "M10 10h8a8 8 0 0 1-8 8z", "M26 27a7 7 0 0 1 14 0z",
    "M14 14a6 6 0 0 1 12 0v12H14z", "M9 11a4 4 0 1 1-.1 0zM20 11a4 4 0 1 1-.1 0zM31 11a4 4 0 1 1-.1 0z",
    "M20 12l7 12H13z", "M12 20l8-8 8 8-8 8z", "M8 8h6v6H8zM26 8h6v6h-6z", "M20 26a6 6 0 1 1-.1 0zm0 4a2 2 0 1 0 .1 0z",
)  # fmt: skip


def _bytes(seed: str) -> bytes:
    return hashlib.sha256(f"kith:{seed}".encode()).digest()


def _shapes(b: bytes) -> tuple[int, str]:
    """Choose from 12 × 6 hues, 10 × 10 forms and 8 × 4 turns: 230,400 drawings."""
    hue = b[0] % HUES + 1
    other = (hue + 3 + b[1] % 6 - 1) % HUES + 1
    return hue, (
        f'<g transform="rotate({b[2] % 8 * 45} 20 20)"><path class="a2" d="{BIG[b[3] % len(BIG)]}"/>'
        f'<path class="a3" data-h="{other}" transform="rotate({b[5] % 4 * 90} 20 20)" d="{SMALL[b[4] % len(SMALL)]}"/></g>'
    )


@lru_cache(4096)
def avatar(seed: str, size: str = "") -> Markup:
    """Draw a face: `seed` is a persona's own random one, never a name; `size` "", "s" or "l"."""
    hue, shapes = _shapes(_bytes(seed))
    style = f" avatar--{size}" if size else ""
    return trusted(
        f'<svg class="avatar{style}" data-h="{hue}" viewBox="0 0 40 40" aria-hidden="true">'
        f'<path class="a1" d="M-9-9h58v58H-9z"/>{shapes}</svg>'
    )


@lru_cache(4096)
def emblem(seed: str, size: str = "") -> Markup:
    """Draw a group's door: an arch over the same kind of shapes."""
    hue, shapes = _shapes(_bytes("group " + seed))
    style = f" emblem--{size}" if size else ""
    return trusted(
        f'<svg class="emblem{style}" data-h="{hue}" viewBox="3 -1 34 42" preserveAspectRatio="xMidYMid slice" aria-hidden="true">'
        f'<path class="a1" d="M-9-9h58v58H-9z"/>{shapes}</svg>'
    )


_THINGS = {
    "phone": '<rect class="thing" x="-6" y="-10" width="12" height="22" rx="3"/>',
    "letter": '<path class="thing" d="M-14-8h28v18h-28z"/><path d="M-14-8 0 3 14-8" fill="none" stroke="#7d8a80" stroke-width="2"/>',
}
_CHAIR = '<rect class="seat" x="-25" y="-22" width="50" height="44" rx="14"/><path class="back" d="M-29-6V8a20 20 0 0 0 20 20H9A20 20 0 0 0 29 8V-6"/>'
_WHEELS = '<rect class="seat" x="-21" y="-20" width="42" height="38" rx="9"/><path class="back" d="M-18 22h36"/><path class="wheel" d="M-31-16v36M31-16v36"/>'
_SHADOW = '<path class="shadow" fill="url(#shade)" d="M-24 6-36 74H36L24 6z"/>'
_DEFS = (
    '<defs><radialGradient id="glow"><stop class="glow-1" offset="0"/><stop class="glow-1" offset=".22" stop-opacity=".6"/>'
    '<stop class="glow-1" offset=".5" stop-opacity=".2"/><stop class="glow-0" offset="1"/></radialGradient>'
    '<linearGradient id="shade" x1="0" y1="0" x2="0" y2="1"><stop class="dark-1" offset="0"/><stop class="dark-0" offset="1"/>'
    '</linearGradient><clipPath id="seat"><circle cx="20" cy="20" r="20"/></clipPath></defs>'
)
# Who sits in the drawing of the room: a seed, or nobody on the free chair; and how they have come.
_SITTING = (
    ("", ""), ("Moss", ""), ("Fig", "phone"), ("Harbour", ""), ("Old Kettle", "wheels"), ("Sparrow", ""), ("Rowan", "letter"),
    ("Lantern", ""), ("Heron", ""),
)  # fmt: skip
_LAMP = (
    '<circle class="table" cx="210" cy="210" r="50"/><circle class="table-top" cx="210" cy="210" r="45"/>'
    '<circle class="shade" cx="210" cy="210" r="24"/><circle class="bulb" cx="210" cy="210" r="10"/>'
)


@lru_cache(16)
def room(label: str = "") -> Markup:
    """Draw a circle of chairs in lamplight, one of them free; `label` for screen readers, else it is decoration."""
    chairs = "".join(_seat(at * 40, seed, thing) for at, (seed, thing) in enumerate(_SITTING))
    role = f'role="img" aria-label="{Markup.escape(label)}"' if label else 'aria-hidden="true"'
    return trusted(
        f'<svg class="room" viewBox="-20 -20 460 460" {role}>{_DEFS}<circle class="glow" cx="210" cy="210" r="400" fill="url(#glow)"/>'
        f'<circle class="rug" cx="210" cy="210" r="108"/><circle class="rug" cx="210" cy="210" r="99"/>{chairs}{_LAMP}</svg>'
    )


def _seat(angle: int, seed: str, thing: str) -> str:
    hue, shapes = _shapes(_bytes(seed or "free"))
    sits = (
        f'<svg x="-22" y="-25" width="44" height="44" viewBox="0 0 40 40"><g clip-path="url(#seat)">'
        f'<path class="a1" d="M-9-9h58v58H-9z"/>{shapes}</g></svg>'
    )
    body = _WHEELS if thing == "wheels" else _CHAIR
    inside = sits if seed and thing in ("", "wheels") else _THINGS.get(thing, "")
    free = "" if seed else " chair--yours"
    return (
        f'<g class="chair{free}" data-h="{hue if seed else 5}" transform="rotate({angle} 210 210) translate(210 358)">'
        f"{_SHADOW}{body}{inside}</g>"
    )


@lru_cache(1)
def mark() -> Markup:
    """Draw the mark: five chairs round a lamp."""
    seats = "".join(
        f'<path class="mark-seat" d="M15.6 33.3a14 14 0 0 0 8.8 0" transform="rotate({angle} 20 20)"/>'
        for angle in (60, 120, 180, 240, 300)
    )
    return trusted(
        f'<svg viewBox="0 0 40 40" aria-hidden="true"><circle class="mark-lamp" cx="20" cy="20" r="6.5"/>{seats}</svg>'
    )


# Small line drawings for pages that have nothing to show; lamplight is the only fill.
SKETCHES = {
    "door": '<path class="glow" d="M10 47h34l6 4H4z"/><path class="wood" d="M14 47V22a13 13 0 0 1 26 0v25z"/><path d="M8 47h38M34 33v3M20 47V24a7 7 0 0 1 14 0"/>',
    "chair": '<ellipse class="glow" cx="27" cy="46" rx="21" ry="5"/><path class="wood" d="M16 31V16a6 6 0 0 1 6-6h10a6 6 0 0 1 6 6v15"/><path class="wood" d="M12 46V33a5 5 0 0 1 5-5h20a5 5 0 0 1 5 5v13M12 38h30"/>',
    "lamp": '<path d="M27 4v10M27 14c-9 0-14 6-15 14h30c-1-8-6-14-15-14z" class="wood"/><path d="M22 28a5 5 0 0 0 10 0M16 40l-2 2M27 42v3M38 40l2 2" stroke-dasharray="2 3"/>',
    "ladder": '<circle class="lit" cx="37" cy="17" r="5"/><path d="M37 2v7M30 17c0-5 3-8 7-8s7 3 7 8M12 48l9-36M30 48l-6-36M15 40h13M17 31h9M19 22h7"/>',
    "line": '<path d="M2 27h13M39 27h13M15 20v14a7 7 0 0 0 7-7 7 7 0 0 0-7-7zM39 20v14h-5M39 20h-5M34 24h-5M34 31h-5M34 18v18"/>',
    "letter": '<circle class="lit" cx="40" cy="14" r="9"/><path class="wood" d="M6 14h36v26H6z"/><path d="M6 15l18 14 18-14M12 46h24"/>',
}


def sketch(kind: str) -> Markup:
    """Draw one of the small sketches."""
    return trusted(f'<svg class="sketch" viewBox="0 0 54 54" aria-hidden="true">{SKETCHES[kind]}</svg>')
