"""`kith`: one entry point over Django's commands."""

import os
import sys

COMMANDS = ("serve", "demo", "doctor", "keys", "backup", "restore", "drill", "erased", "subpoena-preview", "bench")


def main() -> None:
    """Run a command of ours by its own name, and any of Django's by `kith manage`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kith.settings.base")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")  # threads share their heaps: the server processes started from here stay small
    args = sys.argv[1:]
    if args[:1] == ["demo"]:
        os.environ.setdefault("KITH_DATA", "data-demo")
        os.environ.setdefault("KITH_DEMO", "1")
    if args[:1] == ["manage"]:
        args = args[1:]
    elif not args or args[0] not in COMMANDS:
        sys.exit(f"kith {' | '.join(COMMANDS)} | manage …   (kith COMMAND --help tells more)")
    args[:1] = [name.replace("-", "_") for name in args[:1]]
    from django.core.management import execute_from_command_line

    execute_from_command_line(["kith", *args])


if __name__ == "__main__":
    main()
