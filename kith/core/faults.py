"""What went wrong, for the log: its kind and its line of code, never its words, a path, an address or a person."""

import logging
import traceback
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
_OURS = "kith"


def name_fault(problem: BaseException) -> str:
    """Name the class of a fault, our line of code that it came through last and, where it arose elsewhere, that line too."""
    lines = [_line(frame) for frame in traceback.extract_tb(problem.__traceback__)]
    ours = [line for line in lines if line.startswith(f"{_OURS}/")][-1:]
    places = [*ours, *[line for line in lines[-1:] if line not in ours]]
    return f"{type(problem).__name__} at {' < '.join(places) or 'no line'}"


def _line(frame: traceback.FrameSummary) -> str:
    path = Path(frame.filename)
    if path.is_relative_to(HOME / _OURS):
        return f"{path.relative_to(HOME)}:{frame.lineno}"
    return f"{'/'.join(path.parts[-2:])}:{frame.lineno}"


class Lines(logging.Formatter):
    """
    One line for each entry: time, level, logger, then what went wrong.

    Our own entries say it in their own words, which hold kinds and counts only. Of everybody else's only the fault and the
    name of the route are written, for their messages may hold a path, an address or what somebody typed.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Write the line."""
        head = f"{self.formatTime(record)} {record.levelname} {record.name}"
        said = record.getMessage() if record.name.split(".")[0] == _OURS else _place(record)
        fault = record.exc_info[1] if record.exc_info else None
        return " ".join([head, said, *([name_fault(fault)] if fault else [])])


def _place(record: logging.LogRecord) -> str:
    match = getattr(getattr(record, "request", None), "resolver_match", None)
    if match is not None:
        return f"{getattr(record, 'status_code', '')} in {match.url_name}:"
    return f"{record.module}:{record.lineno}:"
