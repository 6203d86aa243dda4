"""Where the boxes of a picture stand: in columns from left to right, without crossing what need not be crossed."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

Edge = tuple[int, int]


def columns(nodes: Iterable[int], edges: Iterable[Edge]) -> list[list[int]]:
    """The nodes in columns: behind all those that lead to them; those of a cycle behind the rest.

    The order inside of a column is that of the nodes before them, then that of the flow: the same flow always gives
    the same picture.
    """
    order = {number: index for index, number in enumerate(nodes)}
    pairs = [(start, end) for start, end in dict.fromkeys(edges) if start != end]
    depth = _depths(list(order), pairs)
    found: list[list[int]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for number in order:
        found[depth[number]].append(number)
    before: dict[int, list[int]] = {}
    for start, end in pairs:
        before.setdefault(end, []).append(start)
    height: dict[int, float] = {}
    for column in found:
        middles = {number: _middle([height[n] for n in before.get(number, ()) if n in height]) for number in column}
        ranked = sorted((middles[number], order[number], number) for number in column)
        column[:] = [number for *_, number in ranked]
        height.update((number, index - len(column) / 2) for index, number in enumerate(column))
    return found


def _middle(heights: list[float]) -> float:
    return sum(heights) / len(heights) if heights else 0.0


def _depths(nodes: list[int], edges: list[Edge]) -> dict[int, int]:
    """The longest way to each node; the edges that close a cycle are passed over."""
    exits: dict[int, list[int]] = {}
    waiting = dict.fromkeys(nodes, 0)
    for start, end in edges:
        exits.setdefault(start, []).append(end)
        waiting[end] += 1
    depth = dict.fromkeys(nodes, 0)
    ready = deque(number for number in nodes if not waiting[number])
    left = {number: None for number in nodes if waiting[number]}
    finished: set[int] = set()
    while ready or left:
        if not ready:
            number = next(iter(left))
            del left[number]
            ready.append(number)
        number = ready.popleft()
        finished.add(number)
        for end in exits.get(number, ()):
            if end in finished:
                continue
            depth[end] = max(depth[end], depth[number] + 1)
            waiting[end] -= 1
            if not waiting[end] and end in left:
                del left[end]
                ready.append(end)
    return depth
