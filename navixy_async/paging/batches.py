"""How to group trackers (or event types) for one request: by density, in halves, and around those that spoil a batch.

Pure decisions: nothing here sends or awaits. A refused batch is searched in one of two ways: by :class:`HalvingQueue`
where the answers are wanted, so that each half that passes counts; by :func:`find_culprits` with cheap probes that only
find out which members to leave out: about half as many requests, whose answers are discarded.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import deque
from collections.abc import Generator, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from ..errors import InvalidInput

T = TypeVar("T")


def pack(density: Mapping[int, float], *, capacity: float, largest: int) -> list[tuple[int, ...]]:
    """Group trackers so that each group is expected to fit one answer.

    Args:
        density: expected entries per tracker in the window that will be asked.
        capacity: expected entries per group; somewhat under the page limit keeps most answers to one page.
        largest: most trackers in a group.

    Returns:
        Groups of tracker ids, none of them empty; each id is in exactly one. A tracker that exceeds `capacity` by
        itself is alone. The number of groups is near the least possible (densest first, each into the fullest group
        that still takes it).
    """
    if not capacity > 0:
        raise InvalidInput(f"capacity must be above zero, not {capacity!r}")
    if largest < 1:
        raise InvalidInput(f"largest must be at least 1, not {largest!r}")
    groups: list[list[int]] = []
    roomy: list[tuple[float, int]] = []
    for tracker in sorted(density, key=lambda one: (-density[one], one)):
        weight = density[tracker]
        fullest = bisect_right(roomy, (capacity - weight, len(groups))) - 1
        if fullest >= 0:
            load, index = roomy.pop(fullest)
        else:
            load, index = 0.0, len(groups)
            groups.append([])
        groups[index].append(tracker)
        if len(groups[index]) < largest and load + weight < capacity:
            insort(roomy, (load + weight, index))
    return [tuple(group) for group in groups]


def split_evenly(members: Iterable[T], weight: Mapping[T, int]) -> tuple[tuple[T, ...], tuple[T, ...]]:
    """Two groups of about equal weight; with two members or more, neither is empty."""
    left: list[T] = []
    right: list[T] = []
    lead = 0
    for member in sorted(members, key=lambda one: -weight.get(one, 0)):
        if lead < 0 or (lead == 0 and len(left) <= len(right)):
            left.append(member)
            lead += weight.get(member, 0)
        else:
            right.append(member)
            lead -= weight.get(member, 0)
    return tuple(left), tuple(right)


def find_culprits(suspects: Sequence[T]) -> Generator[list[T], bool, list[T]]:
    """Search for the members that make the platform refuse a whole list.

    A dialogue: each value yielded is a group to try; send back whether it was refused as well. The result is the list
    of culprits, each of them tried alone. `suspects` must have been refused. One culprit among N costs about log2 N
    tries. If a member was singled out but passes when tried alone, the refusal has another cause, and the result leaves
    that member out.
    """
    suspects = list(suspects)
    if len(suspects) == 1:
        return suspects
    tried_alone = False
    unsure: list[list[T]] = []
    while len(suspects) > 1:
        middle = len(suspects) // 2
        left, right = suspects[:middle], suspects[middle:]
        if (yield left):
            unsure.append(right)
            suspects, tried_alone = left, len(left) == 1
        else:
            suspects, tried_alone = right, False
    culprits = list(suspects) if tried_alone or (yield suspects) else []
    untried = [member for group in unsure for member in group]
    if not untried or not (yield untried):
        return culprits
    if len(unsure) == 1:
        return culprits + (yield from find_culprits(untried))
    for group in unsure:
        if (yield group):
            culprits += yield from find_culprits(group)
    return culprits


class HalvingQueue(Generic[T]):
    """Groups still to be requested; a refused one returns in halves, until its culprits stand alone.

    The halves of a refused group come next, so that a platform that refuses any number is found out early.
    """

    def __init__(self, groups: Iterable[Sequence[T]]) -> None:
        self._groups = deque(groups)

    def __len__(self) -> int:
        return len(self._groups)

    def next(self) -> Sequence[T]:
        """The next group to request; there must be one."""
        return self._groups.popleft()

    def halve(self, refused: Sequence[T]) -> bool:
        """Put a refused group back in halves; False if it is a single member, which is then to blame."""
        if len(refused) < 2:
            return False
        middle = len(refused) // 2
        self._groups.extendleft((refused[middle:], refused[:middle]))
        return True
