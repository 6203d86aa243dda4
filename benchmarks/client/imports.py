"""What does it cost to import the package, and to use one of its resources for the first time?

    python benchmarks/client/imports.py [--rounds 15] [--uncompiled]

The package: fresh processes, each with aiohttp and msgspec imported before the clock starts. `-X importtime` gives the
five modules that take longest by themselves.

The resources: every documented action with a method is used for the first time in a fork of its own, from a process
that has the client and an account and no resource. On the clock: the way to the method (the imports of resources and
structs), its decoder, and, where the documents print an answer, the reading of it. A resource's figure is that of its
dearest action.

Wall time is what a user waits on this machine as it is now; processor time hardly depends on what else it does.
Bytecode is compiled before anything is measured, as `pip install` does. PYTHONDONTWRITEBYTECODE, common in containers,
makes every process of a checkout compile again: `--uncompiled` shows that.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median
from typing import Any

import aiohttp
import msgspec

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "tests" / "data" / "api_examples.jsonl"

TIMED = """
import json, time
{before}
wall, cpu = time.perf_counter(), time.process_time()
{timed}
print(json.dumps([(time.perf_counter() - wall) * 1e3, (time.process_time() - cpu) * 1e3]))
"""

PACKAGE = {
    "import navixy_async": "import navixy_async",
    "... and Navixy": "from navixy_async import Navixy",
    "... and an account of it": (
        "from navixy_async import ApiKey, Navixy; Navixy('eu').account(ApiKey('0' * 32)).tracker"
    ),
}


def child(script: str, *flags: str) -> subprocess.CompletedProcess[str]:
    """A fresh interpreter that runs `script`."""
    return subprocess.run([sys.executable, *flags, "-c", script], capture_output=True, text=True, check=True)


def package(rounds: int) -> None:
    """Print what the package costs over aiohttp and msgspec."""
    rows = {"(aiohttp and msgspec themselves)": TIMED.format(before="", timed="import aiohttp, msgspec")}
    rows |= {name: TIMED.format(before="import aiohttp, msgspec", timed=timed) for name, timed in PACKAGE.items()}
    for script in rows.values():
        child(script)  # compiles what is not compiled yet
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in rows}
    for _ in range(rounds):
        for name, script in rows.items():
            wall, cpu = json.loads(child(script).stdout)
            found[name].append((wall, cpu))
    print(f"\nthe package, median of {rounds} fresh processes, ms")
    for name, times in found.items():
        print(f"{name:34}{_figures(times)}")
    told = child("import aiohttp, msgspec; from navixy_async import Navixy", "-X", "importtime").stderr
    own = [(int(at), name) for at, name in re.findall(r"import time: +(\d+) \| +\d+ \| +(navixy_async\S*)", told)]
    slow = (f"{name.removeprefix('navixy_async.')} {at / 1e3:.1f}" for at, name in sorted(own, reverse=True)[:5])
    print(f"-X importtime, {len(own)} modules of ours; the five longest by themselves: {', '.join(slow)} ms")


def first_use(action: Any, shown: bytes | None) -> None:
    """Use an action's method for the first time, as far as nothing is sent."""
    from navixy_async.account import _decoder  # loaded before the clock starts
    from navixy_async.api.resources import Resources
    from navixy_async.api.resources.panel import PanelActions
    from navixy_async.transport.answer import Answer

    panel = action.row.api == "panel"
    found: Any = PanelActions(_Nobody()) if panel else Resources(_Nobody())  # type: ignore[arg-type]
    for attribute in action.attributes[1 if panel else 0 :]:
        found = getattr(found, attribute)
    module = sys.modules[getattr(found, "__module__", type(found).__module__)]
    operation = next(
        value for name, value in vars(module).items() if name.isupper() and getattr(value, "path", None) == action.path
    )
    if operation.answer is bytes:
        return
    decode = _decoder(operation, False)
    if shown is not None:
        decode(Answer(200, "OK", "application/json", shown))


class _Nobody:
    lane, label = "bulk", "nobody"


def forked(work: Callable[[], None]) -> tuple[float, float]:
    """Milliseconds of wall and processor time that `work` takes in a fork of this process."""
    here, there = os.pipe()
    if (process := os.fork()) == 0:
        try:
            wall, cpu = time.perf_counter(), time.process_time()
            work()
            spent = [(time.perf_counter() - wall) * 1e3, (time.process_time() - cpu) * 1e3]
            os.write(there, json.dumps(spent).encode())
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
    os.close(there)
    with os.fdopen(here, "rb") as pipe:
        told = pipe.read()
    os.waitpid(process, 0)
    if not told:
        raise SystemExit("a fork failed; its traceback stands above")
    wall, cpu = json.loads(told)
    return wall, cpu


def resources(rounds: int) -> None:
    """Print what the first use of each resource costs."""
    importlib.import_module("navixy_async.api.resources.panel")
    importlib.import_module("navixy_async.account")
    from navixy_async.api.codegen.catalogue import load  # after the package was measured

    shown: dict[str, bytes] = {}
    for line in EXAMPLES.read_text(encoding="utf-8").splitlines():
        example = json.loads(line)
        if example["kind"] == "response" and "path" in example and isinstance(example["json"], dict):
            shown.setdefault(example["path"], msgspec.json.encode(example["json"]))
    actions = list(load().actions())
    times: dict[str, list[tuple[float, float]]] = {action.path: [] for action in actions}
    gc.collect()
    gc.freeze()  # the catalogue is this program's, and the collector of a fork must not walk through it
    for turn in range(rounds + 1):
        for action in actions:
            spent = forked(lambda action=action: first_use(action, shown.get(action.path)))  # type: ignore[misc]
            if turn:  # the first turn compiles
                times[action.path].append(spent)
    dearest: dict[str, tuple[float, float, str]] = {}
    for action in actions:
        wall, cpu = _middle(times[action.path])
        dearest[action.resource] = max(dearest.get(action.resource, (0.0, 0.0, "")), (wall, cpu, action.path))
    order = sorted(dearest.items(), key=lambda item: item[1], reverse=True)
    print(f"\nfirst use of {len(order)} resources by {len(actions)} actions, median of {rounds} forks each, ms")
    for resource, (wall, cpu, path) in order[:5]:
        print(f"{resource:34}{wall:8.1f} wall {cpu:8.1f} CPU   {path}")
    print(f"{'median resource':34}{_figures([(wall, cpu) for _, (wall, cpu, _) in order])}")
    for clock, at in (("wall", 0), ("processor", 1)):
        over = sum((wall, cpu)[at] > 20 for _, (wall, cpu, _) in order)
        print(f"resources over 20 ms of {clock} time: {over}")


def _middle(times: Iterable[tuple[float, float]]) -> tuple[float, float]:
    walls, cpus = zip(*times, strict=True)
    return median(walls), median(cpus)


def _figures(times: Iterable[tuple[float, float]]) -> str:
    wall, cpu = _middle(times)
    return f"{wall:8.1f} wall {cpu:8.1f} CPU"


def main() -> None:
    """The command; the measuring itself runs in a process whose bytecode is kept apart, or not at all."""
    parser = argparse.ArgumentParser(description="Measure imports and the first use of every resource.")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--uncompiled", action="store_true", help="compile in every process anew")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        package(options.rounds)
        resources(options.rounds)
        return
    cores = len(os.sched_getaffinity(0))
    bytecode = "compiled in every process" if options.uncompiled else "compiled before"
    print(
        f"CPython {platform.python_version()}, {cores} cores, {platform.machine()}, load {os.getloadavg()[0]:.1f}, "
        f"aiohttp {aiohttp.__version__}, msgspec {msgspec.__version__}, bytecode {bytecode}",
        flush=True,
    )
    with tempfile.TemporaryDirectory() as folder:
        surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        surroundings["PYTHONPYCACHEPREFIX"] = folder
        if options.uncompiled:
            surroundings["PYTHONDONTWRITEBYTECODE"] = "1"
        arguments = [sys.executable, __file__, "--inside", "--rounds", str(options.rounds)]
        subprocess.run(arguments, env=surroundings, check=True)


if __name__ == "__main__":
    main()
