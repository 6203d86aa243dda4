"""What the platform saw: counts, the busiest second of every key, and a bounded log. No secret ever enters it."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One request, as the platform saw it."""

    time: float
    """Monotonic seconds at which it was counted."""
    path: str
    credential: str | None
    """``key:40001``, ``session:40001/3``, or ``None``."""
    address: str
    status: int
    code: int | None
    """The platform's error code, ``None`` for success."""
    fault: str | None
    executed: bool
    """Whether the action was performed, whatever the client saw."""


class Busiest:
    """The most requests that any one-second window of one key has held."""

    def __init__(self) -> None:
        self._times: deque[float] = deque()
        self.most = 0

    def add(self, now: float) -> None:
        times = self._times
        times.append(now)
        while times[0] <= now - 1.0:
            times.popleft()
        self.most = max(self.most, len(times))


@dataclass(slots=True)
class Stats:
    """Running totals since the platform started or :meth:`reset`."""

    log_size: int = 10_000
    requests: int = 0
    by_path: Counter[str] = field(default_factory=Counter)
    by_credential: Counter[str] = field(default_factory=Counter)
    by_address: Counter[str] = field(default_factory=Counter)
    by_status: Counter[int] = field(default_factory=Counter)
    by_code: Counter[int] = field(default_factory=Counter)
    refused: int = 0
    """429 answers of the rate counters; scripted ones are faults."""
    refused_by: Counter[str] = field(default_factory=Counter)
    """By the key that was over its limit."""
    accepted: int = 0
    executed: Counter[str] = field(default_factory=Counter)
    """Actions performed by path: for writes the number of side effects, also when the answer never arrived."""
    faults: Counter[str] = field(default_factory=Counter)
    connections_opened: int = 0
    connections_open: int = 0
    in_flight: int = 0
    most_in_flight: int = 0
    bytes_out: int = 0
    log: deque[LogEntry] = field(default_factory=deque)
    _accepted_windows: dict[str, Busiest] = field(default_factory=dict)
    _offered_windows: dict[str, Busiest] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.log = deque(maxlen=self.log_size)

    def counted(self, keys: tuple[str, ...], now: float, over: tuple[str, ...]) -> None:
        """A request reached the counters at `now`; `over` are the keys that refused it."""
        for key in keys:
            self._offered_windows.setdefault(key, Busiest()).add(now)
            if not over:
                self._accepted_windows.setdefault(key, Busiest()).add(now)
        if over:
            self.refused += 1
            self.refused_by.update(over)
        else:
            self.accepted += 1

    @property
    def busiest(self) -> dict[str, int]:
        """Most accepted requests in any one second, by key (``key:40001``, ``ip:127.0.0.1``)."""
        return {key: window.most for key, window in self._accepted_windows.items()}

    @property
    def busiest_offered(self) -> dict[str, int]:
        """The same with the refused ones."""
        return {key: window.most for key, window in self._offered_windows.items()}

    def reset(self) -> None:
        """Reset everything except the open connections."""
        fresh = Stats(self.log_size)
        for name in self.__slots__:
            if name not in ("connections_open", "in_flight"):
                setattr(self, name, getattr(fresh, name))

    def snapshot(self) -> dict[str, Any]:
        """All totals as plain JSON values, without the log."""
        plain = (
            "requests", "accepted", "refused", "connections_opened", "connections_open",
            "in_flight", "most_in_flight", "bytes_out",
        )  # fmt: skip
        counters = (
            "by_path",
            "by_credential",
            "by_address",
            "by_status",
            "by_code",
            "refused_by",
            "executed",
            "faults",
        )
        result: dict[str, Any] = {name: getattr(self, name) for name in plain}
        for name in counters:
            result[name] = {str(key): count for key, count in getattr(self, name).items()}
        result["busiest"] = self.busiest
        result["busiest_offered"] = self.busiest_offered
        return result
