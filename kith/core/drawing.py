#!/usr/bin/env python3
"""Builds the static pages from Jinja parts. The drawing functions (avatar, emblem,
room, mark) are plain and may be lifted into Django template tags as they stand."""
import hashlib
from markupsafe import Markup as M

def _h(name): return list(hashlib.sha256(("kith:" + name).encode()).digest())
BIG = ["M0 20a20 20 0 0 1 40 0z", "M0 0h22a18 18 0 0 1-22 22z", "M4 40C4 20 20 4 40 4c0 20-16 36-36 36z",
       "M8 40V20a12 12 0 0 1 24 0v20z", "M0 26c8-8 14-8 20 0s12 8 20 0v14H0z", "M20 2a18 18 0 1 1-.1 0z"]
SMALL = ["M29 8a5.5 5.5 0 1 1-.1 0z", "M7 29h26v4H7z", "M10 10h8a8 8 0 0 1-8 8z", "M26 27a7 7 0 0 1 14 0z", "M14 14a6 6 0 0 1 12 0v12H14z", "M9 11a4 4 0 1 1-.1 0zM20 11a4 4 0 1 1-.1 0zM31 11a4 4 0 1 1-.1 0z"]
def _shapes(b):
    h1 = b[0] % 12 + 1; h2 = (h1 + 3 + b[1] % 6 - 1) % 12 + 1
    return h1, (f'<g transform="rotate({b[2] % 8 * 45} 20 20)"><path class="a2" d="{BIG[b[3] % 6]}"/>'
                f'<path class="a3" data-h="{h2}" d="{SMALL[b[4] % 6]}"/></g>')
def avatar(name, size=""):
    h1, s = _shapes(_h(name)); c = f" avatar--{size}" if size else ""
    return M(f'<svg class="avatar{c}" data-h="{h1}" viewBox="0 0 40 40" aria-hidden="true"><path class="a1" d="M-9-9h58v58H-9z"/>{s}</svg>')
def emblem(name, size="", hue=None):
    h1, s = _shapes(_h("group " + name)); c = f" emblem--{size}" if size else ""
    return M(f'<svg class="emblem{c}" data-h="{hue or h1}" viewBox="3 -1 34 42" preserveAspectRatio="xMidYMid slice" aria-hidden="true"><path class="a1" d="M-9-9h58v58H-9z"/>{s}</svg>')
def _chair(a, h, kind="", extra="", r=148, cls=""):
    inner = {"phone": '<rect class="thing" x="-6" y="-10" width="12" height="22" rx="3"/>',
             "letter": '<path class="thing" d="M-14-8h28v18h-28z"/><path d="M-14-8 0 3 14-8" fill="none" stroke="#7d8a80" stroke-width="2"/>',
             "screen": '<path class="thing" d="M-15-8h30v18h-30zM-19 12h38v4h-38z"/>'}.get(kind, "")
    if kind == "wheels":
        body = '<rect class="seat" x="-21" y="-20" width="42" height="38" rx="9"/><path class="back" d="M-18 22h36"/><path class="wheel" d="M-31-16v36M31-16v36"/>'
    else:
        body = '<rect class="seat" x="-25" y="-22" width="50" height="44" rx="14"/><path class="back" d="M-29-6V8a20 20 0 0 0 20 20H9A20 20 0 0 0 29 8V-6"/>'
    return f'<g class="chair {cls}" data-h="{h}" transform="rotate({a} 210 210) translate(210 {210+r})">{extra}{body}{inner}</g>'
DEFS = ('<defs><radialGradient id="glow"><stop class="glow-1" offset="0"/><stop class="glow-1" offset=".22" stop-opacity=".6"/><stop class="glow-1" offset=".5" stop-opacity=".2"/><stop class="glow-0" offset="1"/></radialGradient>'
        '<linearGradient id="shade" x1="0" y1="0" x2="0" y2="1"><stop class="dark-1" offset="0"/><stop class="dark-0" offset="1"/></linearGradient><clipPath id="seat"><circle cx="20" cy="20" r="20"/></clipPath></defs>')
SHADOW = '<path class="shadow" fill="url(#shade)" d="M-24 6-36 74H36L24 6z"/>'
def room(label="A circle of chairs in lamplight, seen from above. One chair is free."):
    who = [None, "Moss", "Fig", "Harbour", "Old Kettle", "Sparrow", "Rowan", "Lantern", "Heron"]
    kinds = ["", "", "phone", "", "wheels", "", "letter", "", ""]
    s = ""
    for i, (nm, kd) in enumerate(zip(who, kinds)):
        h, sh = _shapes(_h(nm or "free"))
        sit = f'<svg x="-22" y="-25" width="44" height="44" viewBox="0 0 40 40"><g clip-path="url(#seat)"><path class="a1" d="M-9-9h58v58H-9z"/>{sh}</g></svg>' if nm and kd in ("", "wheels") else ""
        s += _chair(i * 40, 5 if nm is None else h, kd, cls="chair--yours" if nm is None else "", extra=SHADOW).replace("</g>", sit + "</g>", 1)
    role = f'role="img" aria-label="{label}"' if label else 'aria-hidden="true"'
    return M(f'<svg class="room" viewBox="-20 -20 460 460" {role}>{DEFS}<circle class="glow" cx="210" cy="210" r="400" fill="url(#glow)"/>'
             f'<circle class="rug" cx="210" cy="210" r="108"/><circle class="rug" cx="210" cy="210" r="99"/>{s}<circle class="table" cx="210" cy="210" r="50"/><circle class="table-top" cx="210" cy="210" r="45"/><circle class="shade" cx="210" cy="210" r="24"/><circle class="bulb" cx="210" cy="210" r="10"/></svg>')
def circle(names, now):
    n = len(names); out = ""
    for i, nm in enumerate(names):
        a = i * 360 / n; h1, sh = _shapes(_h(nm))
        out += (f'<g class="chair{" chair--now" if i == now else ""}" data-h="{h1}" transform="rotate({a:.1f} 210 210) translate(210 358)">{SHADOW}'
                f'<circle class="halo" r="48"/><path class="back" d="M-31-6V10a20 20 0 0 0 20 20H11A20 20 0 0 0 31 10V-6"/>'
                f'<svg x="-23" y="-26" width="46" height="46" viewBox="0 0 40 40"><g clip-path="url(#seat)"><path class="a1" d="M-9-9h58v58H-9z"/>{sh}</g></svg></g>')
    return M(f'<svg class="circle room" viewBox="-20 -20 460 460" aria-hidden="true">{DEFS}<circle class="glow" cx="210" cy="210" r="400" fill="url(#glow)"/>'
             f'<circle class="rug" cx="210" cy="210" r="100"/>{out}<circle class="table" cx="210" cy="210" r="46"/><circle class="table-top" cx="210" cy="210" r="41"/><circle class="shade" cx="210" cy="210" r="22"/><circle class="bulb" cx="210" cy="210" r="9"/></svg>')
def lamps(on, of):
    one = '<svg class="{c}" viewBox="0 0 28 40" aria-hidden="true"><path d="M14 1v6M9 7h10M7 36h14M9 36v-3h10v3"/><path class="glass" d="M9 7c-5 6-6 17 0 26h10c6-9 5-20 0-26z"/>{f}</svg>'
    flame = '<path d="M14 27c-4-3-3-6 0-10 3 4 4 7 0 10z" fill="#fffdf2" stroke="none"/>'
    return M('<div class="lamps">' + "".join(one.format(c="on" if i < on else "off", f=flame if i < on else "") for i in range(of)) + "</div>")
def mark():
    seats = "".join(f'<path class="mark-seat" d="M15.6 33.3a14 14 0 0 0 8.8 0" transform="rotate({a} 20 20)"/>' for a in (60, 120, 180, 240, 300))
    return M(f'<svg viewBox="0 0 40 40" aria-hidden="true"><circle class="mark-lamp" cx="20" cy="20" r="6.5"/>{seats}</svg>')
SKETCHES = {  # small line drawings for pages that have nothing to show; lamplight is the only fill
    "door": '<path class="glow" d="M10 47h34l6 4H4z"/><path class="wood" d="M14 47V22a13 13 0 0 1 26 0v25z"/><path d="M8 47h38M34 33v3M20 47V24a7 7 0 0 1 14 0"/>',
    "chair": '<ellipse class="glow" cx="27" cy="46" rx="21" ry="5"/><path class="wood" d="M16 31V16a6 6 0 0 1 6-6h10a6 6 0 0 1 6 6v15"/><path class="wood" d="M12 46V33a5 5 0 0 1 5-5h20a5 5 0 0 1 5 5v13M12 38h30"/>',
    "lamp": '<path d="M27 4v10M27 14c-9 0-14 6-15 14h30c-1-8-6-14-15-14z" class="wood"/><path d="M22 28a5 5 0 0 0 10 0M16 40l-2 2M27 42v3M38 40l2 2" stroke-dasharray="2 3"/>',
    "ladder": '<circle class="lit" cx="37" cy="17" r="5"/><path d="M37 2v7M30 17c0-5 3-8 7-8s7 3 7 8M12 48l9-36M30 48l-6-36M15 40h13M17 31h9M19 22h7"/>',
    "line": '<path d="M2 27h13M39 27h13M15 20v14a7 7 0 0 0 7-7 7 7 0 0 0-7-7zM39 20v14h-5M39 20h-5M34 24h-5M34 31h-5M34 18v18"/>',
    "letter": '<circle class="lit" cx="40" cy="14" r="9"/><path class="wood" d="M6 14h36v26H6z"/><path d="M6 15l18 14 18-14M12 46h24"/>',
}
def sketch(kind): return M(f'<svg class="sketch" viewBox="0 0 54 54" aria-hidden="true">{SKETCHES[kind]}</svg>')
def plot(vals, err, lo, hi, ref=None, label=""):
    W, H = 600, 240; n = len(vals); X = lambda i: round(i * W / (n - 1), 1); Yv = lambda v: round(H - (max(lo, min(hi, v)) - lo) / (hi - lo) * H, 1)
    up = " ".join(f"{X(i)},{Yv(v + err)}" for i, v in enumerate(vals)); dn = " ".join(f"{X(i)},{Yv(v - err)}" for i, v in reversed(list(enumerate(vals))))
    grid = "".join(f'<line class="grid" x1="0" x2="{W}" y1="{H*k/4:g}" y2="{H*k/4:g}"/>' for k in range(5))
    refl = f'<line class="mark" x1="0" x2="{W}" y1="{Yv(ref)}" y2="{Yv(ref)}"/>' if ref is not None else ""
    line = "M" + " ".join(f"{X(i)} {Yv(v)}" for i, v in enumerate(vals))
    dots = "".join(f'<path class="dot" d="M{X(i)} {Yv(v)}h.01"/>' for i, v in enumerate(vals[:-1]))
    x, y = X(n - 1), Yv(vals[-1]); dots += f'<path class="dot--ring" d="M{x} {y}h.01"/><path class="dot dot--now" d="M{x} {y}h.01"/>'
    return M(f'<svg viewBox="0 0 {W} {H}" preserveAspectRatio="none" role="img" aria-label="{label}">{grid}<polygon class="band" points="{up} {dn}"/>{refl}<path class="lineof" d="{line}"/>{dots}</svg>')

