"""The rules of topology once more, in the plainest way: every path of every message is walked by itself."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

PASSING = ("data_source", "initiate_attributes", "logic")


def verdicts(flow: dict[str, Any]) -> set[tuple[str, tuple[int, ...]]]:
    """Names of messages with their nodes, for flows whose ids are unique and whose edges have nodes."""
    kinds = {node["id"]: node["type"] for node in flow["nodes"]}
    edges = [(edge["from"], edge["to"], edge.get("type") or "simple_edge") for edge in flow["edges"]]
    found: set[tuple[str, tuple[int, ...]]] = set()
    for a, b, kind in edges:
        if a == b:
            found.add(("self_loop", ()))
        else:
            if edges.count((a, b, kind)) > 1:
                found.add(("duplicate_connection", (a, b)))
            if kinds[b] == "data_source":
                found.add(("data_source_not_first", (b,)))
            if kinds[a] == "output_endpoint":
                found.add(("output_not_last", (a,)))
    for number, kind in kinds.items():
        left = [edge[2] for edge in edges if edge[0] == number]
        if kind == "logic" and not left:
            found.add(("logic_no_links", (number,)))
        if kind == "logic" and "simple_edge" in left:
            found.add(("logic_bad_links", (number,)))
        if number in beyond(number, [edge for edge in edges if edge[0] != edge[1]]):
            found.add(("cycle", ()))
    return found or set(ways(kinds, edges))


def beyond(start: int, edges: list[tuple[int, int, str]]) -> set[int]:
    """What can be reached by one edge or more."""
    found: set[int] = set()
    while True:
        more = {b for a, b, _ in edges if a == start or a in found} - found
        if not more:
            return found
        found |= more


def ways(kinds: dict[int, str], edges: list[tuple[int, int, str]]) -> Iterator[tuple[str, tuple[int, ...]]]:
    passing = [edge for edge in edges if kinds[edge[0]] in PASSING]

    def reaches(number: int) -> bool:
        return kinds[number] == "output_endpoint" or any(
            kinds[other] == "output_endpoint" for other in beyond(number, passing)
        )

    logics = [number for number, kind in kinds.items() if kind == "logic"]
    for source in (number for number, kind in kinds.items() if kind == "data_source"):
        below = beyond(source, passing)
        branches = [
            [b for a, b, edge in edges if a == number and edge == kind]
            for number in logics
            if number in below
            for kind in ("then_edge", "else_edge")
        ]
        if not reaches(source) or any(ends and not any(map(reaches, ends)) for ends in branches):
            yield "no_output", (source,)
        for outcome in product(("then_edge", "else_edge"), repeat=len(logics)):
            taken = dict(zip(logics, outcome, strict=True))
            active = [(a, b, kind) for a, b, kind in passing if kinds[a] != "logic" or kind == taken[a]]
            reached = {source} | beyond(source, active)
            for number in reached:
                arrivals = [a for a, b, _ in active if b == number and a in reached]
                if kinds[number] in ("initiate_attributes", "logic") and len(arrivals) > 1:
                    yield "twice", (number,)
