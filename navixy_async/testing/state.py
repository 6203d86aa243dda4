"""What clients can change on one platform: trackers, groups, counters, read marks, objects. The world never changes."""

from __future__ import annotations

from .entries import ReadMarks
from .fleet import Group, WorldTracker
from .initial_objects import objects_at_start
from .jobs import BackgroundJobs, UploadSlots
from .object_store import ObjectStore
from .records import Event
from .wire import WireError
from .world import World


class Counters:
    """How counters were configured, and what was added to their values, from when on."""

    def __init__(self) -> None:
        self._settings: dict[tuple[int, str], tuple[float, int | None]] = {}
        self._shifts: dict[tuple[int, str], list[tuple[int, float]]] = {}

    def settings(self, tracker_id: int, kind: str) -> tuple[float, int | None]:
        """Multiplier and sensor of a counter."""
        return self._settings.get((tracker_id, kind), (1.0, None))

    def set_up(self, tracker_id: int, kind: str, multiplier: float, sensor_id: int | None) -> None:
        self._settings[tracker_id, kind] = (multiplier, sensor_id)

    def shift(self, tracker_id: int, kind: str, since: int, by: float) -> None:
        """From `since` (epoch seconds) on, the counter is `by` higher than the device says."""
        self._shifts.setdefault((tracker_id, kind), []).append((since, by))

    def shift_at(self, tracker_id: int, kind: str, at: int) -> float:
        return next((by for since, by in reversed(self._shifts.get((tracker_id, kind), [])) if since <= at), 0.0)


class State:
    """The changeable part of all accounts."""

    def __init__(self, world: World) -> None:
        self.world = world
        """The world with the trackers that the accounts have by now."""
        self._groups = {account.id: {group.id: group for group in account.groups} for account in world.accounts}
        self.counters, self.jobs, self.slots = Counters(), BackgroundJobs(), UploadSlots()
        self.store = ObjectStore(lambda owner, resource: objects_at_start(world, owner, resource))
        self.labels: dict[int, str] = {}
        """New labels of trackers, by id."""
        self.registered_at: dict[int, int] = {}
        """When trackers were registered that are not of the world, in epoch seconds by id."""
        self.tag_bindings: dict[int, list[dict[str, int]]] = {}
        self._group_of: dict[int, int] = {}
        self._next_group = 90_001
        self._read: set[int] = set()
        self._all_read_before: dict[int, int] = {}

    # ---- trackers -----------------------------------------------------------------------------------------------

    def add_tracker(self, tracker: WorldTracker, now: int) -> None:
        """Register a device, which has no history yet."""
        account = self.world.account(tracker.account_id)
        self.world = self.world.with_trackers(account.id, (*account.trackers, tracker))
        self.registered_at[tracker.id] = now
        self.tag_bindings[tracker.id] = []

    def remove_tracker(self, tracker: WorldTracker) -> None:
        """Remove a tracker and every reference to it."""
        account = self.world.account(tracker.account_id)
        rest = tuple(one for one in account.trackers if one.id != tracker.id)
        self.world = self.world.with_trackers(account.id, rest)
        for resource in ("employee", "vehicle"):
            for one in self.store.objects(account.id, resource).values():
                if one.get("tracker_id") == tracker.id:
                    one["tracker_id"] = None

    def new_index(self) -> int:
        """An index in the world that no tracker ever had."""
        return self.world.spec.accounts * self.world.spec.trackers + len(self.registered_at)

    def label_of(self, tracker: WorldTracker) -> str:
        return self.labels.get(tracker.id, tracker.label)

    # ---- groups -------------------------------------------------------------------------------------------------

    def groups(self, account_id: int) -> list[Group]:
        return list(self._groups[account_id].values())

    def group_of(self, tracker: WorldTracker) -> int:
        return self._group_of.get(tracker.id, tracker.group_id)

    def create_group(self, account_id: int, title: str, color: str) -> int:
        group = Group(self._next_group, title, color)
        self._next_group += 1
        self._groups[account_id][group.id] = group
        return group.id

    def update_group(self, account_id: int, group_id: int, title: str, color: str) -> None:
        self._known(account_id, group_id)
        self._groups[account_id][group_id] = Group(group_id, title, color)

    def delete_group(self, account_id: int, group_id: int) -> None:
        """Delete a group; its trackers fall back to the default group 0."""
        self._known(account_id, group_id)
        del self._groups[account_id][group_id]
        for tracker in self.world.account(account_id).trackers:
            if self.group_of(tracker) == group_id:
                self._group_of[tracker.id] = 0

    def assign_group(self, account_id: int, group_id: int, tracker_ids: list[int]) -> None:
        if group_id:
            self._known(account_id, group_id)
        for tracker_id in tracker_ids:
            self._group_of[tracker_id] = group_id

    def _known(self, account_id: int, group_id: int) -> None:
        if group_id not in self._groups[account_id]:
            raise WireError(201)

    # ---- read marks ---------------------------------------------------------------------------------------------

    def is_read(self, event: Event) -> bool:
        if event.is_read or event.id in self._read:
            return True
        before = self._all_read_before.get(self.world.trackers[event.tracker_id].account_id)
        return before is not None and event.received.timestamp() <= before

    def marks(self, account_id: int) -> ReadMarks:
        """What the account marked as read since the start."""
        return ReadMarks(self._read, self._all_read_before.get(account_id))

    def mark_read(self, event_id: int) -> None:
        self._read.add(event_id)

    def mark_all_read(self, account_id: int, now: int) -> None:
        """Everything the account has received so far is read; what arrives later is not."""
        self._all_read_before[account_id] = now
