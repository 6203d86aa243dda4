"""What the benchmarks of harvests share: the machine by name, and Markdown tables."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterable, Sequence
from pathlib import Path


def machine() -> str:
    """Processor, cores and interpreter, in one line."""
    about = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*:\s*(.+)", about.read_text()) if about.exists() else None
    name = found.group(1) if found else platform.processor() or platform.machine()
    return f"{name}, {os.cpu_count()} cores, {platform.system()}, CPython {platform.python_version()}"


def show(title: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table with the machine above it; numbers stand to the right."""
    lines = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(head), *(len(line[n]) for line in lines)) for n, head in enumerate(heads)]
    print(f"\n{title}\n{machine()}\n", flush=True)
    print("| " + " | ".join(head.ljust(widths[n]) for n, head in enumerate(heads)) + " |")
    print(
        "|" + "|".join("-" * (width + 2) if not n else "-" * (width + 1) + ":" for n, width in enumerate(widths)) + "|"
    )
    for line in lines:
        cells = (cell.rjust(widths[n]) if n else cell.ljust(widths[n]) for n, cell in enumerate(line))
        print("| " + " | ".join(cells) + " |")


def peak_memory() -> float:
    """The most memory (MB) that this process ever held in its own right."""
    found = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    assert found is not None
    return int(found.group(1)) / 1024
