"""Accounts and their trackers: their properties, not their history."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from random import Random
from zoneinfo import ZoneInfo

from .spec import WorldSpec

LABELS = (
    "Van 12",
    "Müller & Söhne, Köln",
    'The "Green" one',
    "شاحنة ٧",
    "Ambulance 🚑 3",
    "O'Neill; DROP",
    "  trailing space ",
    "配送車 3号",
    "=SUM(A1)",
    "Tab\there",
    "ru/грузовик\\12",
    "0",
)
GROUPS = (("Delivery", "1E96DC"), ("Öffentlicher Verkehr", "FF6DDC"), ('Night, "shift"', "0A0A0A"))
MODELS = ("telfmb920", "ruptela_pro5", "queclink_gl300", "iosnavixytracker_xgps")


@dataclass(frozen=True, slots=True)
class WorldTracker:
    """One tracker of an account. `index` counts over the whole world and decides how it moves."""

    id: int
    index: int
    account_id: int
    label: str
    group_id: int
    source_id: int
    device_id: str
    model: str
    phone: str | None
    blocked: bool
    clone: bool
    kind: str
    """``van``, ``night``, ``bus``, ``sparse`` or ``silent``; a clone is of the kind of the device it shares."""
    motion: int
    """Which vehicle of the world it moves as; its dates depend on its device (`source_id`) alone."""
    vehicle_id: int
    employee_id: int | None
    bursts: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A tracker group of an account as it is at the start."""

    id: int
    title: str
    color: str


@dataclass(frozen=True, slots=True)
class TrackerAccount:
    """One customer of the platform, with its credentials."""

    id: int
    index: int
    title: str
    login: str
    password: str = field(repr=False)
    api_key: str = field(repr=False)
    time_zone: str
    trackers: tuple[WorldTracker, ...] = field(repr=False)
    groups: tuple[Group, ...] = field(repr=False)
    second_factor: bool = False
    code: str = field(default="", repr=False)
    """The code in the mail when the account requires a second factor."""
    store_days: int | None = None

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


@dataclass(frozen=True, slots=True)
class PanelOperator:
    """The operator of the platform, above all accounts, who may open the admin panel."""

    login: str
    password: str = field(repr=False)


def digest(*parts: object) -> str:
    """32 hex digits that depend on nothing but `parts`: stable over processes and Python versions."""
    return hashlib.blake2b("\x1f".join(map(str, parts)).encode(), digest_size=16).hexdigest()


def seeded(*parts: object) -> Random:
    """A random generator that depends on nothing but `parts`."""
    return Random(int(digest(*parts), 16))


def build_accounts(spec: WorldSpec) -> tuple[TrackerAccount, ...]:
    """All accounts of the world that `spec` describes."""
    return tuple(_account(spec, index) for index in range(spec.accounts))


def _account(spec: WorldSpec, index: int) -> TrackerAccount:
    account_id = 40_001 + 13 * index
    random = seeded(spec.seed, "account", index)
    groups = tuple(
        Group(700 + 10 * index + number, title, color) for number, (title, color) in enumerate(GROUPS, start=1)
    )
    return TrackerAccount(
        id=account_id,
        index=index,
        title=f"Fleet {index + 1}",
        login=f"fleet{index + 1}@example.com",
        password=f"pass-{digest(spec.seed, 'password', index)[:12]}",
        api_key=digest(spec.seed, "api key", index),
        time_zone=spec.time_zones[index % len(spec.time_zones)],
        trackers=_trackers(spec, index, account_id, groups, random),
        groups=groups,
        second_factor=index in spec.second_factor,
        code=f"{random.randrange(10**6):06}",
        store_days=spec.store_days[index % len(spec.store_days)],
    )


def _trackers(
    spec: WorldSpec, account: int, account_id: int, groups: tuple[Group, ...], random: Random
) -> tuple[WorldTracker, ...]:
    blocked, silent = spec.count(spec.blocked), spec.count(spec.silent)
    clones, sparse = spec.count(spec.clones), spec.count(spec.sparse)
    special = ["blocked"] * blocked + ["silent"] * silent + ["clone"] * clones + ["sparse"] * sparse
    roles = ["ordinary"] * max(0, spec.trackers - len(special)) + special
    roles = roles[: spec.trackers]
    trackers: list[WorldTracker] = []
    for number, role in enumerate(roles):
        index = account * spec.trackers + number
        source_id, motion = 510_000 + 3 * index, index % spec.motions
        kind = role if role in ("silent", "sparse") else _kind(spec, motion % spec.trackers)
        clone = role == "clone" and bool(trackers)
        if clone:
            kind, source_id, motion = trackers[0].kind, trackers[0].source_id, trackers[0].motion
        group = groups[number % len(groups)].id if number % 4 else 0
        trackers.append(
            WorldTracker(
                id=10_181_000 + 17 * index + random.randrange(17),
                index=index,
                account_id=account_id,
                label=LABELS[index % len(LABELS)] + ("" if index < len(LABELS) else f" ({index + 1})"),
                group_id=group,
                source_id=source_id,
                device_id=str(359_632_100_000_000 + source_id),
                model=MODELS[3] if kind == "sparse" else MODELS[motion % 3],
                phone=None if number % 5 == 3 else str(49_151_000_000 + source_id),
                blocked=role == "blocked",
                clone=clone,
                kind=kind,
                motion=motion,
                vehicle_id=222_000 + index,
                employee_id=333_000 + index if number % 3 == 0 else None,
                bursts=role == "ordinary" and number < spec.burst_trackers and spec.burst > 0,
            )
        )
    return tuple(trackers)


def _kind(spec: WorldSpec, number: int) -> str:
    """Buses are spread evenly over the trackers; every fifth of the others works by night."""
    if int((number + 1) * spec.buses) > int(number * spec.buses):
        return "bus"
    return "night" if number % 5 == 2 else "van"
