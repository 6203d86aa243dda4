"""Prism, an independent judge: it serves a vendor's OpenAPI document and refuses every request that breaks it.

It is fetched with npm once, and kept in the user's cache directory. Where there is no npm, its proofs are left out, but
not in CI (`NAVIXY_CI` is set): there its absence is a failure.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import socket
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

NPM = shutil.which("npm")
VERSION = "5.14.2"
MARKS = [
    pytest.mark.slow,
    pytest.mark.skipif(NPM is None and not os.environ.get("NAVIXY_CI"), reason="npm is not on the PATH"),
]


def command() -> Path:
    """Prism's command, installed if it is not there yet."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "navixy_async" / f"prism-{VERSION}"
    found = cache / "node_modules" / ".bin" / "prism"
    if not found.exists():
        cache.mkdir(parents=True, exist_ok=True)
        assert NPM is not None, "npm is not on the PATH: Prism, which CI insists on, cannot be fetched"
        done = subprocess.run(
            [NPM, "install", "--no-fund", "--no-audit", "--prefix", str(cache), f"@stoplight/prism-cli@{VERSION}"],
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert found.exists(), done.stderr
    return found


@asynccontextmanager
async def judge(document: dict[str, Any], folder: Path) -> AsyncIterator[tuple[str, list[str]]]:
    """The address of a running Prism that serves `document`, and what it says; the file is written into `folder`."""
    spec = folder / "openapi.json"
    spec.write_text(json.dumps(document), encoding="utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = await asyncio.create_subprocess_exec(
        *(str(command()), "mock", "--errors", "--host", "127.0.0.1", "--port", str(port), str(spec)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env={**os.environ, "NO_COLOR": "1", "FORCE_COLOR": "0"},
    )
    said: list[str] = []
    assert process.stdout is not None
    try:
        async with asyncio.timeout(60):
            while "is listening" not in (line := (await process.stdout.readline()).decode()):
                assert line, "".join(said)
                said.append(line)
        reader = asyncio.create_task(_listen(process.stdout, said))
        yield f"http://127.0.0.1:{port}", said
    finally:
        process.terminate()
        await process.wait()
        spec.unlink()  # its samples are credentials of other tests
    await reader


async def _listen(stream: asyncio.StreamReader, said: list[str]) -> None:
    while line := await stream.readline():
        said.append(line.decode())
