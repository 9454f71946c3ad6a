"""Make sure that the tests have a browser, a PostgreSQL, strace and exiftool: use what is here, install it when we may, else say how."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
INSTALL = "apt-get update && apt-get install -y --no-install-recommends chromium postgresql strace libimage-exiftool-perl"


def chromium_path() -> str:
    """Return a browser that can be driven, or nothing; Ubuntu's `chromium-browser` is a stub for a snap and does not count."""
    wanted = os.environ.get("KITH_CHROMIUM", "")
    for path in (wanted, *CHROMIUM):
        if path and os.access(path, os.X_OK) and b"snap" not in Path(path).read_bytes()[:4000]:
            return path
    return ""


def postgres_folder() -> Path | None:
    """Return the folder of PostgreSQL's programs (15 or newer), or None."""
    found = [p.parent for p in Path("/usr/lib/postgresql").glob("*/bin/initdb") if int(p.parts[4]) >= 15]
    if found:
        return max(found, key=lambda p: int(p.parts[4]))
    if (initdb := shutil.which("initdb")) and shutil.which("postgres"):
        return Path(os.path.realpath(initdb)).parent
    return None


def _all_there() -> bool:
    return bool(chromium_path() and postgres_folder() and shutil.which("strace") and shutil.which("exiftool"))


def main() -> None:
    """Install what is missing, when we may."""
    if _all_there():
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        sys.exit(
            f"The tests need Chromium, PostgreSQL 15 or newer, strace and exiftool. Run this, then again: sudo sh -c '{INSTALL}'"
        )
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}
    subprocess.run(["/bin/sh", "-c", INSTALL], check=True, env=environment, stdout=subprocess.DEVNULL)
    if not _all_there():
        sys.exit(
            "Chromium, PostgreSQL, strace or exiftool could not be installed. On Ubuntu set KITH_CHROMIUM to a Chrome that is no snap."
        )


if __name__ == "__main__":
    main()
