"""`navixy simulate`: the embedded platform, to experiment with."""

from __future__ import annotations

import asyncio
import errno
import os
import shutil
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import get_args

from ...errors import InvalidInput
from ...testing import Latency, Limit, Platform, Rules, World, WorldSpec
from ...testing.limits import Kind
from ..exit_codes import ExitCode, Interrupted
from ..output import keep_secret, write, write_json
from ..signals import run_until_signal

_OURS = "# throwaway accounts of `navixy simulate`"
KINDS: tuple[str, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulateOptions:
    """What platform to serve."""

    port: int
    seed: int
    accounts: int
    trackers: int
    days: int
    start: date
    limiter: str
    rate: int
    latency: float
    """Round-trip time in milliseconds."""
    jitter: float
    """Up to this many milliseconds more, drawn anew for each request."""

    def spec(self) -> WorldSpec:
        """The world that is served."""
        return WorldSpec(
            seed=self.seed, accounts=self.accounts, trackers=self.trackers, days=self.days, start=self.start
        )

    def rules(self) -> Rules:
        """What the platform enforces."""
        kind = next((kind for kind in get_args(Kind) if kind == self.limiter), None)
        if kind is None:
            raise InvalidInput(f"--limiter {self.limiter!r} is not known: choose from {', '.join(KINDS)}")
        limit = Limit(rate=self.rate, kind=kind) if self.rate else Limit(rate=None)
        latency = Latency(base=self.latency / 1000, jitter=self.jitter / 1000)
        return Rules(per_credential=limit, per_address=limit, latency=latency)


def simulate(options: SimulateOptions, keys: Path | None, *, as_json: bool) -> ExitCode:
    """Serve until Ctrl-C; meanwhile the accounts' throwaway keys are in a file of mode 0600."""
    try:
        world = World(options.spec())
    except ValueError as error:
        raise InvalidInput(f"such a world cannot be made: {error}") from None
    rules = options.rules()
    folder = Path(tempfile.mkdtemp(prefix="navixy-simulate-")) if keys is None else None

    async def serve() -> None:
        platform = Platform(world, rules, port=options.port)
        async with platform:
            path = write_account_file(keys or Path(str(folder), "accounts.toml"), world, platform.base_url)
            announce(platform, path, as_json=as_json)
            await asyncio.get_running_loop().create_future()

    try:
        run_until_signal(serve, farewell="the platform stops")
    except Interrupted:
        return ExitCode.OK
    except OSError as error:
        if error.errno in (errno.EADDRINUSE, errno.EACCES):
            raise InvalidInput(
                f"port {options.port} cannot be used ({error.strerror}): choose another with --port"
            ) from None
        raise
    finally:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
    return ExitCode.OK


def write_account_file(path: Path, world: World, url: str) -> Path:
    """Write the world's accounts as an account file that only its owner can read."""
    lines = [_OURS, f'url = "{url}"']
    for account in world.accounts:
        keep_secret(account.api_key, account.password)
        lines += ["", "[[account]]", f'label = "fleet-{account.index + 1}"', f'api_key = "{account.api_key}"']
    try:
        if path.exists():
            if path.read_text(errors="replace").partition("\n")[0] != _OURS:
                raise InvalidInput(f"{path} exists and was not written by `navixy simulate`: choose another name")
            path.unlink()
        # The mode is there from the first byte on.
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(number, "w") as file:
                file.write("\n".join(lines) + "\n")
        except OSError:
            path.unlink()  # half a file would be mistaken for somebody else's next time
            raise
    except OSError as error:
        raise InvalidInput(f"the account file {path} cannot be written: {error.strerror}") from None
    return path


def announce(platform: Platform, path: Path, *, as_json: bool) -> None:
    """Print where the platform is and how to open it."""
    spec = platform.world.spec
    if as_json:
        write_json(
            {
                "base_url": platform.base_url,
                "account_file": str(path),
                "start": spec.start.isoformat(),
                "days": spec.days,
                "trackers": len(platform.world.trackers),
            }
        )
        return
    write(f"platform      {platform.base_url}")
    write(f"credentials   {path}  ({len(platform.world.accounts)} throwaway accounts, mode 0600)")
    write(f"world         {len(platform.world.trackers)} trackers, {spec.days} days from {spec.start}")
    write(f"try           navixy trackers --account-file {path}")
    write("stop          Ctrl-C")
