"""Make kith/finding/data/voices.npz anew from the vocabulary: `make voices`, after each change of kith/concerns/data."""

from kith.concerns.sayings import read_sayings, stamp
from kith.finding.voices import FILE, make_voices, save


def main() -> None:
    """Embed every saying and write the file."""
    FILE.parent.mkdir(exist_ok=True)
    voices = make_voices(read_sayings(), stamp())
    save(voices)
    print(
        f"{len(voices.slugs)} concerns, {len(voices.words.place)} words, {len(voices.pairs.place)} with pairs, {FILE.stat().st_size / 1e6:.1f} MB"
    )


if __name__ == "__main__":
    main()
