"""Settings for tests: fast hashing, keys of their own, no data folder touched."""

import base64
import json
import os
import tempfile

os.environ.setdefault("KITH_DATA", tempfile.mkdtemp(prefix="kith-test-"))
os.environ.setdefault(
    "KITH_KEYS",
    json.dumps({name: base64.b64encode(name.encode().ljust(32, b".")).decode() for name in ("django", "link", "seal", "code")}),
)

from kith.settings.base import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
