"""A picture as SVG or as a page of HTML; both stand alone: no script, no style or font from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from .layout import columns
from .picture import DrawnEdge, DrawnNode, Picture

_WIDTH: Final = 260
_GAP_X: Final = 110
_GAP_Y: Final = 30
_LINE: Final = 17
_MARGIN: Final = 24
_FITS: Final = 38
_FILLS: Final = {
    "data_source": "#e3f2fd",
    "initiate_attributes": "#f3e5f5",
    "logic": "#fff8e1",
    "action": "#e8f5e9",
    "webhook": "#e8f5e9",
    "output_endpoint": "#e0f2f1",
}
_STROKES: Final = {"wrong": "#c62828", "doubtful": "#ef8f00", "": "#607d8b"}
_EDGES: Final = {"then_edge": "#2e7d32", "else_edge": "#6d4c41", "simple_edge": "#607d8b"}
_STYLE: Final = (
    "body{font:14px sans-serif;margin:24px;color:#222}.picture{overflow:auto}li{margin:4px 0}.wrong{color:#c62828}"
    ".doubtful{color:#a05f00}"
)

Box = tuple[int, int, int]
"""Left, top and height."""


def to_svg(picture: Picture) -> str:
    """The whole picture; what a finding says appears over its box."""
    boxes, width, height = _arrange(picture)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        'font-family="sans-serif" font-size="12">',
        '<defs><marker id="end" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        '<path d="M0 0 8 4 0 8z" fill="#455a64"/></marker></defs>',
        *(_arrow(edge, boxes) for edge in picture.edges),
        *(_box(node, boxes[node.id]) for node in picture.nodes.values()),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def to_html(picture: Picture, title: str) -> str:
    """The picture on a page of its own, with all findings below it."""
    found = "\n".join(
        f'<li class="{"wrong" if sure else "doubtful"}">{escape(message)}</li>' for sure, message in picture.findings
    )
    findings = f"<h2>Findings</h2>\n<ul>\n{found}\n</ul>\n" if found else ""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{escape(title)}</h1>\n"
        f'<div class="picture">\n{to_svg(picture)}</div>\n{findings}</body>\n</html>\n'
    )


def _arrange(picture: Picture) -> tuple[dict[int, Box], int, int]:
    boxes: dict[int, Box] = {}
    left = bottom = _MARGIN
    for column in columns(picture.nodes, ((edge.start, edge.end) for edge in picture.edges)):
        top = _MARGIN
        for number in column:
            height = _LINE * len(picture.nodes[number].lines) + 14
            boxes[number] = (left, top, height)
            top += height + _GAP_Y
        bottom = max(bottom, top)
        left += _WIDTH + _GAP_X
    return boxes, max(left - _GAP_X, _MARGIN) + _MARGIN, bottom + _MARGIN


def _box(node: DrawnNode, box: Box) -> str:
    left, top, height = box
    return "".join(_box_parts(node, left, top, height))


def _box_parts(node: DrawnNode, left: int, top: int, height: int) -> Iterator[str]:
    yield f"<g><title>{escape(chr(10).join([*node.lines, *node.findings]))}</title>"
    yield (
        f'<rect x="{left}" y="{top}" width="{_WIDTH}" height="{height}" rx="6" '
        f'fill="{_FILLS.get(node.kind, "#ffebee")}" stroke="{_STROKES[node.mark]}" '
        f'stroke-width="{3 if node.mark else 1}"/>'
    )
    for index, line in enumerate(node.lines):
        weight = ' font-weight="bold"' if index == 0 else ""
        text = line if len(line) <= _FITS else f"{line[: _FITS - 1]}…"
        yield f'<text x="{left + 10}" y="{top + 20 + _LINE * index}"{weight}>{escape(text)}</text>'
    if node.findings:
        x = left + _WIDTH
        yield f'<circle cx="{x}" cy="{top}" r="10" fill="{_STROKES[node.mark]}"/>'
        yield f'<text x="{x}" y="{top + 4}" text-anchor="middle" fill="#fff">{len(node.findings)}</text>'
    yield "</g>"


def _arrow(edge: DrawnEdge, boxes: dict[int, Box]) -> str:
    (left, top, height), (end_left, end_top, end_height) = boxes[edge.start], boxes[edge.end]
    x, y, end_x, end_y = left + _WIDTH, top + height // 2, end_left, end_top + end_height // 2
    bend = max(40, abs(end_x - x) // 2)
    color = _STROKES["wrong"] if edge.is_wrong else _EDGES[edge.type]
    dashes = ' stroke-dasharray="6 4"' if edge.type == "else_edge" else ""
    path = (
        f'<path d="M{x} {y}C{x + bend} {y} {end_x - bend} {end_y} {end_x} {end_y}" fill="none" stroke="{color}" '
        f'stroke-width="2"{dashes} marker-end="url(#end)"/>'
    )
    if not edge.label:
        return path
    middle = f'x="{(x + end_x) // 2}" y="{(y + end_y) // 2 - 5}"'
    return f'{path}<text {middle} text-anchor="middle" fill="{color}">{escape(edge.label)}</text>'
