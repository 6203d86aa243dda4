"""Did a change make it slower, larger or dearer? Two commits, measured in turns.

    python -m benchmarks.compare 4c8d780 [--head HEAD] [--pairs 9] [--only decode end-to-end memory call]

Each round measures the base, the head, and the base once more, every time in a fresh process that imports that
commit's own code and benchmarks; the server is one process for all. Printed are medians over the rounds of head / base,
and of base / base, which is the noise that the first figure must be read with. Nothing is installed: both commits run
in this environment, from worktrees of their own.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from .harvest.server import ServerProcess, World
from .harvest.table import show

ROOT = Path(__file__).resolve().parent.parent
_DECODE = """
import json, time
from statistics import median
from benchmarks.decode.points import make_body, ours
body, spent = make_body(50_000), []
for _ in range(25):
    started = time.perf_counter()
    ours(body)
    spent.append(time.perf_counter() - started)
print(json.dumps({"decode, ms": median(spent[5:]) * 1e3}))
"""
_CALL = """
import asyncio, json, subprocess, sys
from statistics import median
from benchmarks.client import overhead
sys.modules["httpx"] = None  # a peer, which is slow, and not what is asked here
server = subprocess.Popen([sys.executable, "-c", overhead.SERVER], stdout=subprocess.PIPE, text=True)
try:
    found = asyncio.run(overhead.measure(f"http://127.0.0.1:{server.stdout.readline().strip()}/v2", 16))
finally:
    server.kill()
    server.wait()
    server.stdout.close()
bare, ours = median(found["bare aiohttp + msgspec"]), median(found["navixy_async, limiter off"])
print(json.dumps({"CPU of a call, times bare aiohttp": ours / bare}))
"""
_HARVEST = """
import json, sys
from benchmarks.harvest import end_to_end
from benchmarks.harvest.server import World
found = end_to_end.measure(end_to_end.OURS, sys.argv[1], World(trackers=int(sys.argv[2]), days=int(sys.argv[3])))
wall, cpu, memory = sys.argv[4:]
points = found["points"] / 1e6
print(json.dumps({wall: found["wall"] / points, cpu: found["processor"] / points, memory: found["memory"]}))
"""
END_TO_END = World(trackers=100, days=30)
MEMORY = World(trackers=40, days=50)


def run(script: str, tree: Path, *arguments: str) -> dict[str, float]:
    """What a script prints last, run with the code and the benchmarks of a tree."""
    environment = {**os.environ, "PYTHONPATH": str(tree)}
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], cwd=tree, env=environment, check=True, stdout=subprocess.PIPE
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def measure(question: str, tree: Path, urls: dict[str, str]) -> dict[str, float]:
    """The figures that answer a question, for the code of a tree; less is better in all of them."""
    if question == "decode":
        return run(_DECODE, tree)
    if question == "call":
        return run(_CALL, tree)
    world = END_TO_END if question == "end-to-end" else MEMORY
    names = (f"{question}: wall µs/point", f"{question}: CPU µs/point", f"{question}: peak MB")
    return run(_HARVEST, tree, urls[question], str(world.trackers), str(world.days), *names)


@contextmanager
def checked_out(commit: str) -> Iterator[Path]:
    """A worktree of a commit."""
    with tempfile.TemporaryDirectory() as directory:
        tree = Path(directory) / "tree"
        git = ["git", "-C", str(ROOT), "worktree"]
        subprocess.run([*git, "add", "--quiet", "--detach", str(tree), commit], check=True)
        try:
            # As users have it: else every run compiles what it imports, wherever Python may not write bytecode.
            compileall.compile_dir(tree / "navixy_async", quiet=1)
            yield tree
        finally:
            subprocess.run([*git, "remove", "--force", str(tree)], check=True)


def main() -> None:
    """Measure in turns, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base", help="the commit before")
    parser.add_argument("--head", default="HEAD")
    parser.add_argument("--pairs", type=int, default=9)
    questions = ("decode", "call", "end-to-end", "memory")
    parser.add_argument("--only", nargs="+", choices=questions, default=questions)
    given = parser.parse_args()
    ratios: dict[str, list[tuple[float, float, float]]] = {}
    with (
        checked_out(given.base) as base,
        checked_out(given.head) as head,
        ServerProcess(END_TO_END) as one,
        ServerProcess(MEMORY) as other,
    ):
        urls = {"end-to-end": one.url, "memory": other.url}
        for _ in range(given.pairs):
            for question in given.only:
                before, now, again = (measure(question, tree, urls) for tree in (base, head, base))
                for name, value in before.items():
                    ratios.setdefault(name, []).append((value, now[name] / value, again[name] / value))
    rows = []
    for name, runs in ratios.items():
        bases, heads_to_base, noise = zip(*runs, strict=True)
        span = f"{min(heads_to_base):.3f} to {max(heads_to_base):.3f}"
        rows.append((name, f"{median(bases):.2f}", f"{median(heads_to_base):.3f}", span, f"{median(noise):.3f}"))
    heads = ("figure", "base", "head / base", "range", "base / base")
    show(f"{given.base} beside {given.head}, {given.pairs} pairs", heads, rows)


if __name__ == "__main__":
    main()
