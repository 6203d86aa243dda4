"""The steps of CONTRIBUTING.md work as they are printed: each is carried out in a copy of the checkout."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from ..support.docs.blocks import blocks_of
from ..support.source import ROOT

PAGE = "CONTRIBUTING.md"


def texts_of(heading: str) -> list[str]:
    """The blocks of one section, in order."""
    return [block.text for block in blocks_of(PAGE) if block.heading == heading]


class Checkout:
    """A copy of this checkout that a contributor works in."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def change(self, path: str, old: str, new: str) -> None:
        """Replace the one `old` in a file."""
        file = self.root / path
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        file.write_text(text.replace(old, new), encoding="utf-8")

    def add_line(self, path: str, line: str) -> None:
        """Put a line where it belongs in a file that is sorted after its first line."""
        file = self.root / path
        head, *lines = file.read_text(encoding="utf-8").splitlines()
        file.write_text("\n".join([head, *sorted([*lines, line.strip("\n")])]) + "\n", encoding="utf-8")

    def run(self, command: str) -> str:
        """Run one line as a shell would, with this interpreter and this checkout."""
        command = re.sub(r"^pytest", f"{sys.executable} -m pytest -q -n 0 -p no:cacheprovider", command.strip())
        command = re.sub(r"^(python|ruff|mypy)\b", lambda word: f"{sys.executable}{_module(word[1])}", command)
        environment = {**os.environ, "PYTHONPATH": str(self.root)}
        done = subprocess.run(
            ["bash", "-c", command], cwd=self.root, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        return done.stdout


def _module(name: str) -> str:
    return "" if name == "python" else f" -m {name}"


@pytest.fixture
def checkout() -> Iterator[Checkout]:
    # Gone at the end: the sources of tests contain the credentials that the watch searches the tests' directories for.
    with tempfile.TemporaryDirectory() as directory:
        root = Path(directory)
        for folder in ("navixy_async", "tests", "docs", "benchmarks", "examples"):
            shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
        for file in (ROOT / "pyproject.toml", *ROOT.glob("*.md")):
            shutil.copy(file, root)
        yield Checkout(root)


def test_files_that_the_steps_name_are_there() -> None:
    named = set(
        re.findall(r"`((?:navixy_async|tests|docs|benchmarks|\.ci|\.github)/[\w./-]*)`", (ROOT / PAGE).read_text())
    )
    assert len(named) > 20
    made = {"navixy_async/harvest/streams/odometer.py"}
    assert {path for path in named - made if not (ROOT / path).exists()} == set()


@pytest.mark.slow
def test_an_action_is_added(checkout: Checkout) -> None:
    row, facts, summary, generate, example, _ = texts_of("Add an action")
    catalogue = "navixy_async/api/catalogue"
    checkout.add_line(f"{catalogue}/index.tsv", row)
    checkout.add_line(f"{catalogue}/summaries.tsv", summary)
    resource = checkout.root / catalogue / "tag.json"
    known = json.loads(resource.read_text())
    known["actions"] |= json.loads(facts)
    resource.write_text(json.dumps(known))
    assert "tag.md" in checkout.run(generate)
    examples = checkout.root / "tests/data/api_examples.jsonl"
    examples.write_text(examples.read_text() + example)
    index = checkout.root / "tests/api/test_index.py"
    counts = {"493": "494", "491": "492", "398": "399"}
    index.write_text(re.sub("|".join(counts), lambda count: counts[count[0]], index.read_text()))
    checkout.run("pytest tests/api/test_index.py tests/api/test_generate.py tests/api/test_examples.py -k 'not prism'")
    script = "from navixy_async.api.resources.tag import TagActions as T; print(T.pin.__doc__)"
    assert "Pin a tag to the top of the list." in checkout.run(f'python -c "{script}"')


@pytest.mark.slow
def test_an_error_code_is_added(checkout: Checkout) -> None:
    row, answer, documented, command = texts_of("Add an error code")
    backend = '}\n"""Backend, data warehouse'
    checkout.change("navixy_async/codes.py", backend, f"    {row}{backend}")
    last = '    294: (400, "IoT Node Invalid"),\n'
    checkout.change("navixy_async/testing/codes.py", last, f"{last}    {answer}")
    checkout.change("tests/data/errors.json", "\n]", f",\n{documented.strip()}\n]")
    assert re.search(r"\d+ passed", checkout.run(command))
    script = "from navixy_async.codes import error_of; print(type(error_of('backend', 295, '')).__name__)"
    assert checkout.run(f'python -c "{script}"') == "Conflict\n"
    checkout.run("ruff check navixy_async")
    checkout.run("ruff format --check navixy_async")


TRY = """
import asyncio
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from navixy_async import ApiKey, Navixy
from navixy_async.testing import Platform, World, WorldSpec

async def main():
{block}
    assert table.num_rows > 100, table
    assert table.column_names == ["account", "tracker_id", "time", "value"]
asyncio.run(main())
"""


@pytest.mark.slow
def test_a_stream_is_added(checkout: Checkout) -> None:
    module, naming, method, attempt = texts_of("Add a stream")
    streams = "navixy_async/harvest/streams"
    (checkout.root / streams / "odometer.py").write_text(module)
    checkout.change(f"{streams}/__init__.py", "from .raw import", f"{naming}from .raw import")
    checkout.change(f"{streams}/__init__.py", "        MILEAGE,\n", "        MILEAGE,\n        ODOMETER,\n")
    before = "    def mileage("
    checkout.change("navixy_async/harvest/harvests.py", before, f"{textwrap.indent(method, '    ')}\n{before}")
    (checkout.root / "attempt.py").write_text(TRY.format(block=textwrap.indent(attempt, "    ")))
    checkout.run("python attempt.py")
    checkout.run("ruff check navixy_async")
    checkout.run("ruff format --check navixy_async")
    checkout.run("mypy navixy_async/harvest/streams/odometer.py navixy_async/harvest/harvests.py")


WRITE = """
import asyncio
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from navixy_async import ApiKey, Navixy
from navixy_async.testing import Platform, World, WorldSpec

async def main():
    spec = WorldSpec(seed=7, trackers=2, days=3)
    async with Platform(World(spec)) as platform, Navixy(platform.base_url) as navixy:
        account = navixy.account(ApiKey(platform.world.accounts[0].api_key), label="north")
        start = datetime.combine(spec.start, time(), UTC)
        coverage = await account.harvest.tracks(start=start, end=start + timedelta(days=2)).to_files("out", "tsv")
    files = list(Path("out").rglob("part-0.tsv"))
    assert len(files) == 2
    assert sum(file.read_bytes().count(b"\\n") - 1 for file in files) == coverage.rows > 100
asyncio.run(main())
"""


@pytest.mark.slow
def test_a_sink_is_added(checkout: Checkout) -> None:
    writer, reader, name, _ = texts_of("Add a sink")
    text = "navixy_async/harvest/sinks/files/text.py"
    checkout.change(text, "\nTEXT_SINKS", f"\n{writer}\n\nTEXT_SINKS")
    checkout.change(text, "(CsvSink, ", "(CsvSink, TsvSink, ")
    checkout.change("navixy_async/harvest/harvest.py", '"csv", "ndjson",', '"csv", "ndjson", "tsv",')
    reading = "navixy_async/harvest/report/file_reader.py"
    checkout.change(reading, "\nFileReader: TypeAlias", f"\n{reader}\n\nFileReader: TypeAlias")
    checkout.change(reading, '    ".csv": _csv,\n', f'    ".csv": _csv,\n    {name}')
    (checkout.root / "attempt.py").write_text(WRITE)
    checkout.run("python attempt.py")
    assert "sound" in checkout.run("python -m navixy_async.cli verify out")
    checkout.run("ruff check navixy_async")
    checkout.run("ruff format --check navixy_async")
