"""Pictures for tests: photographs that never were, files that carry more than a picture, and files that are none."""

import io
import struct
import zlib

from PIL import Image, ImageCms, PngImagePlugin

CANARY = b"CANARY-51.5074N"
_WORD = CANARY.decode()


def photograph(width: int = 640, height: int = 480, mode: str = "RGB") -> Image.Image:
    """Draw something with as many shades as a photograph, the same each time."""
    across = Image.linear_gradient("L").resize((width, height))
    down = Image.linear_gradient("L").rotate(90).resize((width, height))
    rings = Image.radial_gradient("L").resize((width, height))
    return Image.merge("RGB", (across, down, rings)).convert(mode)


def as_file(image: Image.Image, kind: str = "JPEG", **more: object) -> bytes:
    """Write a picture as a file of this kind."""
    out = io.BytesIO()
    image.save(out, kind, **more)  # type: ignore[arg-type] # options of one kind or another
    return out.getvalue()


def telling() -> dict[str, bytes]:
    """Make files of every kind, each with the canary in one slot that can hold it."""
    small = photograph(96, 64)
    tags = {name: as_file(small, exif=exif) for name, exif in _exif().items()}
    return {
        **{f"jpeg {name}": data for name, data in tags.items()},
        "jpeg xmp": as_file(small, xmp=_xmp()),
        "jpeg comment": as_file(small, comment=CANARY),
        "jpeg profile": as_file(small, icc_profile=_profile()),
        "jpeg iptc": _segment(as_file(small), 0xED, b"Photoshop 3.0\x008BIM\x04\x04\x00\x00" + struct.pack(">I", 20) + b"\x1c\x02\x5a\x00\x0f" + CANARY),
        "jpeg app4": _segment(as_file(small), 0xE4, CANARY),
        "jpeg jfxx": _segment(as_file(small), 0xE0, b"JFXX\x00\x10" + CANARY),
        "jpeg progressive comment": as_file(small, progressive=True, comment=CANARY),
        "jpeg cmyk comment": as_file(small.convert("CMYK"), comment=CANARY),
        "jpeg grey exif": as_file(small.convert("L"), exif=_exif()["maker"]),
        "jpeg second picture": as_file(small, "MPO", save_all=True, append_images=[small], comment=CANARY),
        "jpeg after its end": as_file(small) + CANARY,
        "jpeg and a zip": as_file(small) + b"PK\x03\x04" + CANARY,
        **{f"png {name}": _chunk(as_file(small, "PNG"), name.encode(), data) for name, data in _chunks().items()},
        "png profile": as_file(small, "PNG", icc_profile=_profile()),
        "png exif": as_file(small, "PNG", exif=_exif()["maker"]),
        "png with text, in colours of a list": as_file(small.convert("P"), "PNG", pnginfo=_text()),
        "png after its end": as_file(small, "PNG") + CANARY,
        "webp exif": as_file(small, "WEBP", exif=_exif()["place"]),
        "webp xmp": as_file(small, "WEBP", xmp=_xmp()),
        "webp profile": as_file(small, "WEBP", icc_profile=_profile()),
        "webp after its end": as_file(small, "WEBP") + CANARY,
        "gif comment": as_file(small, "GIF", comment=CANARY),
        "gif after its end": as_file(small, "GIF") + CANARY,
    }  # fmt: skip


def _exif() -> dict[str, Image.Exif]:
    place, maker, thumbnail = Image.Exif(), Image.Exif(), Image.Exif()
    place.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 26.0), 29: _WORD})
    maker.get_ifd(0x8769).update({0x927C: CANARY, 0x9286: CANARY, 0x9003: _WORD})
    maker[0x010F], maker[0x013B], maker[0x9C9C] = _WORD, _WORD, CANARY
    thumbnail.get_ifd(0x8769).update({0x9286: CANARY})
    thumbnail[0x0112] = 6
    thumbnail[0x0131] = _WORD
    return {"place": place, "maker": maker, "turned": thumbnail}


def _xmp() -> bytes:
    return b'<x:xmpmeta xmlns:x="adobe:ns:meta/">' + CANARY + b"</x:xmpmeta>"


def _profile() -> bytes:
    whole = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    name = "sRGB built-in".encode("utf-16-be")
    assert name in whole
    return whole.replace(name, CANARY.ljust(len(name), b".")[: len(name)])


def _text() -> PngImagePlugin.PngInfo:
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", _WORD)
    text.add_itxt("XML:com.adobe.xmp", _WORD)
    return text


def _chunks() -> dict[str, bytes]:
    return {
        "tEXt": b"Comment\x00" + CANARY,
        "zTXt": b"Comment\x00\x00" + zlib.compress(CANARY, 0),
        "iTXt": b"Comment\x00\x00\x00\x00\x00" + CANARY,
        "prVt": CANARY,
        "tIME": b"\x07\xea\x03\x04\x13\x1e\x00",
    }


def _segment(jpeg: bytes, marker: int, data: bytes) -> bytes:
    return jpeg[:2] + bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data + jpeg[2:]


def _chunk(png: bytes, name: bytes, data: bytes) -> bytes:
    whole = struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    return png[:33] + whole + png[33:]


def bad() -> dict[str, bytes]:
    """Make files that are no picture, or more of one than anybody needs."""
    jpeg, png = as_file(photograph()), as_file(photograph(), "PNG")
    heic = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 400
    return {
        "empty": b"",
        "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        "html": b"<!doctype html><script>alert(1)</script>",
        "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        "tiff": as_file(photograph(), "TIFF"),
        "bmp": as_file(photograph(), "BMP"),
        "random": bytes(range(256)) * 64,
        "heic": heic,
        "avif": heic.replace(b"heic", b"avif"),
        "half a jpeg": jpeg[: len(jpeg) // 2],
        "half a png": png[: len(png) // 2],
        "only a head": jpeg[:20],
        "html behind a head": b"GIF89a<script>alert(1)</script>",
        "a webp of nothing": b"RIFF\x04\x00\x00\x00WEBP",
        "a dark wall of 400 million dots": hollow(20_000, 20_000),
        "a line of 60 million dots": hollow(60_000_000, 1),
        "30 million dots": hollow(6000, 5000),
        "a webp of 256 million dots": _webp(16_000, 16_000),
        "a gif as large as can be": b"GIF89a" + struct.pack("<HH", 65535, 65535) + as_file(photograph(8, 8), "GIF")[10:],
        "30 MB": jpeg + b"\x00" * 30_000_000,
        "text that unpacks to 200 MB": _chunk(png, b"zTXt", b"Comment\x00\x00" + zlib.compress(b"a" * 200_000_000, 1)),
    }


def hollow(width: int, height: int) -> bytes:
    """Make a PNG whose head promises more than it holds; small, whatever its size."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    start = b"\x89PNG\r\n\x1a\n"
    body = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\x00" * 1_000_000, 9)), (b"IEND", b"")]
    return start + b"".join(struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in body)


def _webp(width: int, height: int) -> bytes:
    data = as_file(photograph(8, 8, "RGBA"), "WEBP", xmp=b"x")
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return data[:24] + size + data[30:]


def moving(frames: int = 10_000) -> bytes:
    """Make a GIF of this many frames, small each."""
    one = as_file(photograph(16, 16), "GIF")
    frame = one[one.index(b"\x2c") : -1]
    return one[: one.index(b"\x2c")] + frame * frames + b"\x3b"
