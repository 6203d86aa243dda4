"""How to group trackers (or event types) for one request: by density, in halves, and around those that poison a batch.

Pure decisions: nothing here sends or awaits.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Generator, Iterable, Mapping, Sequence
from typing import TypeVar

from ..errors import InvalidInput

T = TypeVar("T")


def pack(density: Mapping[int, float], *, capacity: float, largest: int) -> list[tuple[int, ...]]:
    """Group trackers so that each group is expected to fit one answer.

    Args:
        density: expected entries per tracker in the window that will be asked.
        capacity: expected entries that one group may hold; somewhat under the page limit keeps most answers to a page.
        largest: trackers that one group may name.

    Returns:
        Groups of tracker ids, none empty, together all ids once. A tracker that alone exceeds `capacity` is alone.
        The groups are near the fewest possible (largest first, each into the fullest group that still takes it).
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
            load, place = roomy.pop(fullest)
        else:
            load, place = 0.0, len(groups)
            groups.append([])
        groups[place].append(tracker)
        if len(groups[place]) < largest and load + weight < capacity:
            insort(roomy, (load + weight, place))
    return [tuple(group) for group in groups]


def deal(members: Iterable[T], weight: Mapping[T, int]) -> tuple[tuple[T, ...], tuple[T, ...]]:
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

    A conversation: each value yielded is a group to try alone; send back whether it was refused too. The result are
    the culprits, each one tried alone. `suspects` must have been refused. One culprit among N costs about log2 N tries.
    If a member was singled out but passes when it is tried alone, the refusal has another cause, and nobody is blamed
    for it: the result then leaves that member out.
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
