"""How much memory processes have held, at the most, at once."""

from pathlib import Path

import psutil


def peak_megabytes(pid: int | None = None) -> float:
    """Return the most that a process, this one unless another is named, has held so far.

    Not `ru_maxrss`, which a process takes over from the one that started it.
    """
    status = Path(f"/proc/{pid or 'self'}/status").read_text()
    sizes = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")]
    return int(sizes[0]) / 1024 if sizes else 0.0


def largest_of_family(pid: int) -> float:
    """Return the same of a process and those it started: of the one that held most."""
    try:
        family = [pid, *(child.pid for child in psutil.Process(pid).children(recursive=True))]
    except psutil.NoSuchProcess:
        return 0.0
    peaks = []
    for each in family:
        try:
            peaks.append(peak_megabytes(each))
        except (FileNotFoundError, ProcessLookupError):
            continue  # it has just ended
    return max(peaks, default=0.0)
