"""``python -m navixy_async.testing``: serves the embedded platform until standard input ends or Ctrl-C.

The first line of standard input is what to launch, as JSON: ``{"spec": {...}, "rules": {...}, "now": ..., "port": 0}``,
all of it optional. One line of JSON with the base URL goes to standard output once the platform listens.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading

import msgspec

from .platform import Platform
from .process import LaunchSpec, ListenAddress
from .world import World


async def serve(launch: LaunchSpec) -> None:
    """Serve until a signal arrives or standard input ends."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    async with Platform(World(launch.spec), launch.rules, now=launch.now, port=launch.port) as platform:
        print(msgspec.json.encode(ListenAddress(platform.base_url, platform.origin)).decode(), flush=True)
        threading.Thread(target=_wait_for_end, args=(loop, stop), daemon=True).start()
        await stop.wait()


def _wait_for_end(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    """The parent owns our standard input: when it ends, the parent is gone.

    Read without Python's buffer, whose lock would still be taken when the interpreter shuts down.
    """
    while os.read(sys.stdin.fileno(), 4096):
        pass
    if not loop.is_closed():
        loop.call_soon_threadsafe(stop.set)


def main() -> int:
    try:
        launch = msgspec.json.decode(sys.stdin.buffer.readline() or b"{}", type=LaunchSpec)
    except (msgspec.MsgspecError, ValueError) as error:
        print(f"the launch specification on standard input cannot be read: {error}", file=sys.stderr)
        return 2
    asyncio.run(serve(launch))
    return 0


if __name__ == "__main__":
    sys.exit(main())
