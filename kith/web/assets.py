"""Build the one stylesheet and the scripts into the data folder, named by their hashes, packed once."""

import gzip
import hashlib
import json
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import brotli
import rcssmin
from django.conf import settings
from whitenoise import WhiteNoise

from kith.web.headers import safety

HERE = Path(__file__).resolve().parent
ORDER = ("reset", "tokens", "base", "layout")
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def css_text() -> str:
    """Join all stylesheets, in the order of their layers, and take comments and idle white space out."""
    folder = HERE / "css"
    first = [folder / f"{name}.css" for name in ORDER]
    rest = [*sorted(folder.glob("*.css")), *sorted((folder / "components").glob("*.css"))]
    files = [path for path in first if path.exists()]
    files += [path for path in rest if path not in files]
    return str(rcssmin.cssmin("\n".join(path.read_text(encoding="utf-8") for path in files)))


@cache
def manifest() -> dict[str, str]:
    """Return the address of each asset by its plain name."""
    return {name: f"{settings.STATIC_URL}{hashed}" for name, (hashed, _content) in contents().items()}


@cache
def contents() -> dict[str, tuple[str, bytes]]:
    """Return every asset: plain name, hashed name, bytes. Scripts name each other by hashed names."""
    out: dict[str, tuple[str, bytes]] = {}
    scripts = sorted((HERE / "js").glob("*.js"))
    for path in sorted(scripts, key=lambda p: p.name == "start.js"):
        text = path.read_text(encoding="utf-8")
        if path.name == "start.js":
            names = {name.removesuffix(".js"): f"./{hashed}" for name, (hashed, _c) in out.items()}
            text = text.replace("__CONTROLLERS__", json.dumps(names))
        out[path.name] = (_hashed(path.name, text.encode()), text.encode())
    css = css_text().encode()
    out["kith.css"] = (_hashed("kith.css", css), css)
    return out


def _hashed(name: str, content: bytes) -> str:
    stem, _dot, ending = name.rpartition(".")
    return f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{ending}"


def build(folder: Path) -> Path:
    """Write every asset with its packed forms into a folder; return it."""
    folder.mkdir(parents=True, exist_ok=True)
    for hashed, content in contents().values():
        path = folder / hashed
        if not path.exists():
            path.with_suffix(path.suffix + ".br").write_bytes(brotli.compress(content))
            path.with_suffix(path.suffix + ".gz").write_bytes(gzip.compress(content, 9, mtime=0))
            path.write_bytes(content)
    return folder


def with_static(pages: Wsgi) -> Wsgi:
    """Put the assets in front of the pages; what is answered for them carries the same headers, a refusal too."""
    root = build(settings.ENV.data / "static")
    assets: Wsgi = WhiteNoise(
        pages, root=str(root), prefix=settings.STATIC_URL, max_age=31_536_000, immutable_file_test=lambda path, url: True,
        allow_all_origins=False,
    )  # fmt: skip

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            said = {name.lower() for name, _value in headers}
            return start_response(
                status, [*headers, *(pair for pair in safety().items() if pair[0].lower() not in said)], exc_info
            )

        return assets(environ, start if environ["PATH_INFO"].startswith(settings.STATIC_URL) else start_response)

    return answer
