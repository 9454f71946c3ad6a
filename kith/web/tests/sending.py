"""What the tests of pictures share: a file to send, and what a form would send back."""

import re
from html import unescape

from django.core.files.uploadedfile import SimpleUploadedFile

from kith.testing import pictures

WORDS = "It took me an hour to write this, and my hands hurt."
DATA = pictures.as_file(pictures.photograph(64, 48))


def file(data=DATA, name="IMG_2041.jpg"):
    return SimpleUploadedFile(name, data, "image/jpeg")


def fields_of(answer):
    """Return what the form on this page would send."""
    html = answer.content.decode()
    form = re.search(r'<form class="composer".*?</form>', html, re.DOTALL)[0]
    found = {}
    for name, value in re.findall(r'<input type="(?:hidden|text)"[^>]*? name="(\w+)"\s+value="([^"]*)"', form):
        found.setdefault(name, []).append(unescape(value))
    for name, value in re.findall(r'<textarea[^>]*? name="(\w+)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL):
        found.setdefault(name, []).append(unescape(value).strip())
    return found
