"""FI1: exiftool finds a canary in each slot of a file, and none in what we make of it: nothing but sizes and the kind of the file."""

import json
import subprocess

import pytest

from kith.core import files
from kith.testing import pictures

CANARY = pictures.CANARY.decode()
# Slots that exiftool itself writes, beside those of testing.pictures: each alone, so that none hides behind another.
SLOTS = {
    "jpeg": (
        "EXIF:Artist", "EXIF:ImageDescription", "EXIF:UserComment", "EXIF:Copyright", "EXIF:XPComment", "EXIF:OwnerName", "EXIF:SerialNumber",
        "EXIF:LensModel", "GPS:GPSAreaInformation", "GPS:GPSProcessingMethod", "GPS:GPSMapDatum", "IPTC:Keywords", "IPTC:Caption-Abstract", "IPTC:City",
        "XMP-dc:Creator", "XMP-photoshop:City", "XMP-exif:GPSAreaInformation", "XMP-iptcExt:PersonInImage",
        "Photoshop:URL", "File:Comment", "ThumbnailImage", "PhotoshopThumbnail",
    ),
    "png": ("PNG:Author", "PNG:Comment", "PNG:Copyright", "XMP-dc:Description", "EXIF:Artist", "ICC_Profile:ProfileDescription"),
    "webp": ("EXIF:Artist", "GPS:GPSAreaInformation", "XMP-dc:Creator"),
    "gif": ("GIF:Comment", "XMP-dc:Creator"),
}  # fmt: skip
# All that it may say of a file of ours: how it is called here, and what it measures.
BARE = {
    "SourceFile", "ExifTool:ExifToolVersion", "System:FileName", "System:Directory", "System:FileSize", "System:FileModifyDate",
    "System:FileAccessDate", "System:FileInodeChangeDate", "System:FilePermissions", "File:FileType", "File:FileTypeExtension",
    "File:MIMEType", "RIFF:VP8Version", "RIFF:ImageWidth", "RIFF:HorizontalScale", "RIFF:ImageHeight", "RIFF:VerticalScale",
    "Composite:ImageSize", "Composite:Megapixels",
}  # fmt: skip


def ask(folder):
    """Return all that exiftool reads in each file of a folder, hidden, unknown and repeated things too."""
    done = subprocess.run(
        ["exiftool", "-j", "-G1", "-a", "-u", "-U", "-ee", *sorted(folder.iterdir())], capture_output=True, text=True, check=False
    )
    return {row["System:FileName"]: row for row in json.loads(done.stdout)}


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    """Write every sample into a folder; what exiftool writes, it writes in one go, for starting it takes longest."""
    folder, small = tmp_path_factory.mktemp("telling"), pictures.photograph(96, 64)
    for number, data in enumerate(pictures.telling().values()):
        (folder / f"own-{number}").write_bytes(data)
    thumb, wishes = folder.parent / "thumb.jpg", folder.parent / "wishes"
    thumb.write_bytes(pictures.as_file(pictures.photograph(32, 32), comment=pictures.CANARY))
    words = []
    for kind, slots in SLOTS.items():
        for slot in slots:
            path = folder / f"{kind}-{slot.replace(':', '-')}"
            path.write_bytes(pictures.as_file(small, kind.upper()))
            words += [f"-{slot}{f'<={thumb}' if slot.endswith('Image') else f'={CANARY}'}", str(path), "-execute"]
    wishes.write_text("\n".join(words))
    subprocess.run(
        ["exiftool", "-@", str(wishes), "-common_args", "-q", "-q", "-overwrite_original"], check=False, capture_output=True
    )
    return folder


@pytest.mark.slow
def test_a_canary_in_each_slot_is_seen_before_and_gone_afterwards(samples, tmp_path):
    before = ask(samples)
    held = [name for name, row in before.items() if CANARY[:12] in repr(row)]
    assert len(before) > 60
    assert len(held) > 40, sorted(before.keys() - held)
    for path in samples.iterdir():
        for width, data in files.clean_picture(path.read_bytes()).sizes.items():
            (tmp_path / f"{path.name}-{width}").write_bytes(data)
            assert pictures.CANARY[:12] not in data
    after = ask(tmp_path)
    assert len(after) == len(before)
    for name, row in after.items():
        assert row.keys() <= BARE, (name, row.keys() - BARE)
        assert CANARY[:12] not in repr(row), name
