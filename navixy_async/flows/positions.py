"""Where the parts of a flow stand in its JSON text, so that a finding has a line and a column."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

from .validate.findings import Finding

Position = tuple[int, int]
"""Line and column, both from 1."""

_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*+"?|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)
_WRAPPERS: Final = ("value.", "flow.")
_PATH: Final = re.compile(r"(?:nodes|edges)(?:\[\d+\])?[\w.\[\]]*")
_DEEPEST: Final = 12
"""Levels that are looked at: no member of a flow lies deeper."""
_OFFSET: Final = re.compile(r"\(byte (\d+)\)$")


class Positions:
    """Where all values of a JSON text stand, by their path, such as ``nodes[2].data.condition``."""

    def __init__(self, text: str) -> None:
        self._lines = [0, *(found.end() for found in re.finditer("\n", text))]
        self._text = text
        self._offsets = _offsets(text)
        self._nodes: dict[str, str] = {}
        for path, offset in self._offsets.items():
            if re.fullmatch(r"nodes\[\d+\]\.id", path):
                found = _TOKEN.match(text, offset)
                self._nodes.setdefault(found[0].strip('"') if found else "", path.removesuffix(".id"))

    def of_finding(self, finding: Finding) -> Position:
        """Where the member stands that a finding names, else of its node, else the beginning."""
        node = self._nodes.get(str(finding.node_ids[0]), "") if finding.node_ids else ""
        paths = [f"{node}.{member}" for member in finding.parameters if node] + [node]
        if finding.stage == "shape":
            byte = _OFFSET.search(finding.message)
            if byte is not None:
                before = self._text.encode(errors="replace")[: int(byte[1])]
                return self._at(len(before.decode(errors="replace")))
            named = _PATH.search(finding.message)
            paths = [named[0], named[0].rpartition(".")[0]] if named else []
        return next((self._at(self._offsets[path]) for path in paths if path in self._offsets), (1, 1))

    def _at(self, offset: int) -> Position:
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1


def _offsets(text: str) -> dict[str, int]:
    """Path → offset of the value; of text that is no JSON, as far as it goes. A loop: it may be as deep as long."""
    offsets: dict[str, int] = {}
    open_paths: list[tuple[str, int]] = []
    path, key = "", ""
    expects_key = False
    for found in _TOKEN.finditer(text):
        token = found[0]
        if token in "}]":
            if open_paths:
                open_paths.pop()
            expects_key = False
        elif token == ",":
            if open_paths and open_paths[-1][1] >= 0:
                open_paths[-1] = (open_paths[-1][0], open_paths[-1][1] + 1)
            expects_key = bool(open_paths) and open_paths[-1][1] < 0
        elif token == ":":
            expects_key = False
        elif expects_key and token[0] == '"':
            key = token[1:-1]
        else:
            path = _path(open_paths, key)
            if len(open_paths) <= _DEEPEST:
                offsets.setdefault(path, found.start())
            if token in "{[":
                open_paths.append((path if len(open_paths) < _DEEPEST else "", -1 if token == "{" else 0))
                expects_key = token == "{"
    return offsets


def _path(open_paths: list[tuple[str, int]], key: str) -> str:
    if not open_paths:
        return ""
    parent, index = open_paths[-1]
    path = f"{parent}[{index}]" if index >= 0 else f"{parent}.{key}" if parent else key
    for wrapper in _WRAPPERS:
        path = path.removeprefix(wrapper)
    return path if path not in ("value", "flow") else ""
