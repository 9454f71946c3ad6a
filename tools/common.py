"""
Make kith/people/data/common.txt.gz anew: pass-phrases, words and names that guessers try early (trust check AU2).

The three sources, each free to pass on, are Django's list (BSD), and the lists of zxcvbn for Python 4.5.0 (MIT) and of
@zxcvbn-ts/language-common 4.1.3 (MIT), unpacked by

    pip download --no-deps zxcvbn==4.5.0 && unzip zxcvbn-*.whl; npm pack @zxcvbn-ts/language-common@4.1.3 && tar xzf zxcvbn-ts-*.tgz

    .venv/bin/python -m tools.common zxcvbn/frequency_lists.py package/src/passwords.json
"""

import gzip
import json
import runpy
import sys
from pathlib import Path

from django.contrib.auth.password_validation import CommonPasswordValidator

from kith.people.guessable import FILE, letters_of


def main(lists: Path, passwords: Path) -> None:
    """Write every entry of the three once, as it is compared: letters and numbers alone, small."""
    words = set(CommonPasswordValidator().passwords) | set(json.loads(passwords.read_text()))
    for entries in runpy.run_path(str(lists))["FREQUENCY_LISTS"].values():
        words |= set(entries)
    kept = sorted({letters_of(word) for word in words} - {""})
    FILE.write_bytes(gzip.compress("\n".join(kept).encode(), compresslevel=9, mtime=0))
    print(f"{len(kept)} entries, {FILE.stat().st_size / 1e3:.0f} KB")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
