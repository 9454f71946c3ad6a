"""Pictures are drawn anew: nothing but dots comes through, nothing costs more than it may, nothing is two times the same."""

import io
import subprocess
import sys

import pytest
from PIL import Image

from kith.core import files
from kith.core.errors import Invalid
from kith.testing import pictures

TELLING, BAD = pictures.telling(), pictures.bad()
WHOLE = (b"Exif", b"EXIF", b"XMP ", b"ICCP", b"ANIM", b"8BIM", b"CANARY")  # no such thing stands in what we write


class TestNothingComesThrough:
    def test_the_samples_are_many_and_hold_what_they_should(self):
        assert len(TELLING) >= 29
        packed = ["png profile", "png tIME"]  # what stands there is packed, or a time
        assert sorted(name for name, data in TELLING.items() if pictures.CANARY[:13] not in data) == packed

    @pytest.mark.parametrize("name", sorted(TELLING))
    def test_but_the_dots(self, name):
        cleaned = files.clean_picture(TELLING[name])
        for data in cleaned.sizes.values():
            assert [part for part in WHOLE if part in data] == []
            with Image.open(io.BytesIO(data)) as image:
                assert (image.format, image.mode, image.n_frames) == ("WEBP", "RGB", 1)
                assert not image.getexif()
                assert image.info.keys() <= {"loop", "background", "timestamp", "duration"}
            size = int.from_bytes(data[4:8], "little") + 8
            assert size == len(data)  # nothing stands behind the end

    def test_the_way_it_was_held_is_kept_in_the_dots(self):
        cleaned = files.clean_picture(TELLING["jpeg turned"])
        assert (cleaned.width, cleaned.height) == (64, 96)

    def test_what_is_not_there_is_white(self):
        clear = pictures.as_file(Image.new("RGBA", (40, 40), (0, 0, 0, 0)), "PNG")
        with Image.open(io.BytesIO(files.clean_picture(clear).sizes[40])) as image:
            assert min(image.getpixel((20, 20))) > 250

    @pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
    def test_every_kind_of_dot_is_read(self, mode):
        grey = Image.linear_gradient("L").resize((50, 60))
        image = grey.convert("I").point(lambda value: value * 256).convert("I;16") if mode == "I;16" else grey.convert(mode)
        with Image.open(io.BytesIO(files.clean_picture(pictures.as_file(image, "PNG")).sizes[50])) as drawn:
            top, foot = drawn.convert("L").getpixel((25, 3)), drawn.convert("L").getpixel((25, 56))
        assert top < 60 < 190 < foot or mode == "1"


class TestSizes:
    def test_are_a_few(self):
        cleaned = files.clean_picture(pictures.as_file(pictures.photograph(4000, 3000)))
        assert list(cleaned.sizes) == [480, 960, 1600]
        assert (cleaned.width, cleaned.height) == (1600, 1200)
        for width, data in cleaned.sizes.items():
            with Image.open(io.BytesIO(data)) as image:
                assert image.size == (width, width * 3 // 4)

    def test_never_grow(self):
        assert list(files.clean_picture(pictures.as_file(pictures.photograph(500, 20))).sizes) == [480, 500]

    @pytest.mark.parametrize("size", [(1, 1), (2, 2), (1, 5000), (20_000, 1)])
    def test_of_a_dot_or_a_line(self, size):
        cleaned = files.clean_picture(pictures.as_file(Image.new("RGB", size), "PNG"))
        assert cleaned.width <= 1600
        assert cleaned.height <= 6400

    def test_forty_million_dots_of_a_plain_jpeg_are_read(self):
        cleaned = files.clean_picture(pictures.as_file(pictures.photograph(8000, 5000)))
        assert (cleaned.width, cleaned.height) == (1600, 1000)

    def test_of_ten_thousand_frames_the_first_is_kept(self):
        assert files.clean_picture(pictures.moving()).width == 16


class TestWhatIsNoPicture:
    @pytest.mark.parametrize("name", sorted(BAD))
    def test_gets_a_sentence(self, name):
        with pytest.raises(Invalid) as problem:
            files.clean_picture(BAD[name])
        assert list(problem.value.problems) == ["picture"]
        assert any(word in str(problem.value) for word in ("choose", "Choose", "JPEG"))

    def test_the_number_of_dots_is_said(self):
        with pytest.raises(Invalid, match="400 million dots; we can read up to 20 million"):
            files.clean_picture(BAD["a dark wall of 400 million dots"])

    def test_a_new_format_is_named(self):
        with pytest.raises(Invalid, match="HEIC"):
            files.clean_picture(BAD["heic"])


MEASURE = """
import pathlib, sys, time
import django; django.setup()
from kith.core import files
from kith.core.errors import Invalid
def most():
    return int(open("/proc/self/status").read().split("VmHWM:")[1].split()[0])
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    data = path.read_bytes()
    open("/proc/self/clear_refs", "w").write("5")  # the most memory is counted anew
    before, start = most(), time.process_time()
    try: files.clean_picture(data)
    except Invalid: pass
    print(path.name, (most() - before) // 1024, time.process_time() - start, sep=",")
"""
HEAVY = {
    "a bomb": lambda: BAD["a dark wall of 400 million dots"],
    "text that unpacks": lambda: BAD["text that unpacks to 200 MB"],
    "a webp bomb": lambda: BAD["a webp of 256 million dots"],
    "ten thousand frames": pictures.moving,
    "40 million dots": lambda: pictures.as_file(pictures.photograph(8000, 5000)),
    "progressive": lambda: pictures.as_file(pictures.photograph(6000, 4000), progressive=True, subsampling=0),
    "png": lambda: pictures.as_file(pictures.photograph(5000, 4000, "RGBA"), "PNG", compress_level=1),
    "webp": lambda: pictures.as_file(pictures.photograph(3300, 2400, "RGBA"), "WEBP", method=0),
}


@pytest.mark.slow
def test_no_file_costs_more_than_200_mb_or_two_seconds(tmp_path):
    for name, make in HEAVY.items():
        (tmp_path / name).write_bytes(make())
    said = subprocess.run([sys.executable, "-c", MEASURE, str(tmp_path)], capture_output=True, check=True, text=True).stdout
    print(said)
    costs = {name: (float(memory), float(seconds)) for name, memory, seconds in (line.split(",") for line in said.splitlines())}
    assert costs.keys() == HEAVY.keys()
    assert [cost for cost in costs.items() if cost[1][0] >= 200 or cost[1][1] >= 2] == []


class TestTwoUploadsOfOnePicture:
    def test_are_never_the_same_bytes(self):
        data = pictures.as_file(pictures.photograph())
        first, second = files.clean_picture(data), files.clean_picture(data)
        assert first.sizes.keys() == second.sizes.keys()
        assert not set(first.sizes.values()) & set(second.sizes.values())


class TestTheStore:
    def test_is_for_nobody_but_us(self):
        files.write("abcdefgh", {480: b"x"})
        path = files.folder() / "ab" / "abcdefgh-480.webp"
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.parent.stat().st_mode & 0o777 == 0o700
        assert files.read("abcdefgh", 480) == b"x"
        files.remove("abcdefgh")
        files.remove("abcdefgh")
        assert files.read("abcdefgh", 480) is None

    @pytest.mark.parametrize("name", ["../../etc/passwd", "..", "", "a/b", "ABCD", "abcd\x00", "a" * 60, "ab*", "*"])
    def test_knows_no_other_path(self, name):
        assert files.read(name, 480) is None
        with pytest.raises(ValueError, match="no name"):
            files.write(name, {480: b"x"})
        files.write("abcdefgh", {480: b"x"})
        files.remove(name)
        assert files.read("abcdefgh", 480) == b"x"

    def test_a_full_disk_leaves_nothing(self, monkeypatch):
        monkeypatch.setattr(files, "_sync", _full)
        with pytest.raises(OSError, match="full"):
            files.write("bcdefghj", {480: b"x"})
        assert files.read("bcdefghj", 480) is None


def _full(folder):
    raise OSError("full")
