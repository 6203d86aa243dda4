"""CPU of admission per call, with thousands of calls queued: acquire, grant, sent and answered, event loop included.

    python -m benchmarks.limiter.cpu [--queued 10000] [--calls 20000]

The limit is set so high that nothing waits for the clock except to keep the queue long; what is measured is process
time, so a busy machine does not change it much.
"""

from __future__ import annotations

import argparse
import asyncio
import time

from navixy_async.limits import Limiter
from navixy_async.settings import Limits


async def measure(queued: int, calls: int, accounts: int, deadline: float | None) -> tuple[float, float]:
    """CPU seconds per call for the whole way through the limiter, and for the same tasks without one."""
    limiter = Limiter(Limits(per_credential=2000, per_address=2000, burst=50), host="host")

    async def run(count: int, total: int, *, limited: bool) -> float:
        left = total
        loop = asyncio.get_running_loop()
        finished = asyncio.Event()

        async def work(number: int) -> None:
            nonlocal left
            name = f"account-{number % accounts}"
            until = None if deadline is None else loop.time() + deadline
            while left > 0:
                if limited:
                    permit = await limiter.acquire(name, account=name, lane="bulk", deadline=until)
                    permit.sent()
                    permit.answered()
                else:
                    await asyncio.sleep(0)
                left -= 1
            finished.set()

        begin = time.process_time()
        tasks = [asyncio.create_task(work(number)) for number in range(count)]
        await finished.wait()
        spent = time.process_time() - begin
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return spent / total

    bare = await run(queued, calls, limited=False)
    return await run(queued, calls, limited=True), bare


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--queued", type=int, default=10_000)
    parser.add_argument("--calls", type=int, default=20_000)
    given = parser.parse_args()
    print("| queued | accounts | deadline | CPU per call | of it the bare tasks |\n|---|---|---|---|---|")
    for queued in (10, 1000, given.queued):
        for accounts, deadline in ((1, None), (10, None), (200, None), (10, 3600.0)):
            full, bare = asyncio.run(measure(queued, given.calls, accounts, deadline))
            shown = "-" if deadline is None else f"{deadline:.0f} s"
            print(f"| {queued} | {accounts} | {shown} | {full * 1e6:.1f} µs | {bare * 1e6:.1f} µs |", flush=True)


if __name__ == "__main__":
    main()
