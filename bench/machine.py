"""What a run was measured on, and what processes used."""

import os
import platform
import sqlite3
from pathlib import Path

import django
import granian
import numpy

TICK = os.sysconf("SC_CLK_TCK")


def machine() -> dict[str, object]:
    """Describe this machine."""
    model = next(
        (line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().split("\n") if "model name" in line), ""
    )
    return {"cores": os.cpu_count(), "cpu": model, "system": platform.platform(), "load": round(os.getloadavg()[0], 2)}


def versions() -> dict[str, str]:
    """Name the versions that matter."""
    return {
        "python": platform.python_version(), "django": django.__version__, "granian": granian.__version__ if hasattr(granian, "__version__") else "",
        "sqlite": sqlite3.sqlite_version, "numpy": numpy.__version__,
    }  # fmt: skip


def family(pid: int) -> list[int]:
    """List a process and everything below it."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found, queue = [], [pid]
    while queue:
        found.append(queue.pop())
        queue += parents.get(found[-1], [])
    return found


def cpu_seconds(pids: list[int]) -> float:
    """Return user and system time of processes and their reaped children."""
    total = 0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += sum(int(value) for value in fields[11:15])
    return total / TICK


def pss_mb(pids: list[int]) -> float:
    """Return the proportional memory of processes: shared pages counted once."""
    total = 0
    for pid in pids:
        try:
            text = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in text.split("\n") if line.startswith("Pss:"))
    return round(total / 1024, 1)
