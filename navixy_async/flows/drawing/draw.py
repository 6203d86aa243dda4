"""Draw a flow in one of the four forms."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

from ...errors import InvalidInput
from ...texts import shorten
from ..simulation.dry_run import SimulationSummary
from ..validate.check import check
from ..validate.findings import Finding
from .picture import picture_of, shown
from .svg import to_html, to_svg
from .texts import to_dot, to_mermaid

PictureForm = Literal["mermaid", "dot", "svg", "html"]
PICTURE_FORMS: tuple[str, ...] = get_args(PictureForm)


def draw(
    flow: object,
    form: PictureForm = "mermaid",
    *,
    findings: Iterable[Finding] | None = None,
    summary: SimulationSummary | None = None,
    title: str = "Flow",
) -> str:
    """A picture of a flow, with findings on its nodes; ``summary`` adds how many messages of a dry run went where.

    ``flow`` is whatever :func:`check` takes; ``findings`` are those of :func:`check` if none are given. Forms:
    ``mermaid`` and ``dot`` are text, ``svg`` and ``html`` stand alone as a file; ``title`` is that of the page.

    The same flow gives the same picture. URLs are cut to their host; headers, bodies, commands, and what looks like a
    key are not drawn. Raises InvalidInput for an unknown form.
    """
    picture = picture_of(flow, check(flow) if findings is None else findings, summary)
    if form == "mermaid":
        return to_mermaid(picture)
    if form == "dot":
        return to_dot(picture)
    if form == "svg":
        return to_svg(picture)
    if form == "html":
        return to_html(picture, shown(title))
    raise InvalidInput(f"{shorten(form)} is no form of picture: one of {', '.join(PICTURE_FORMS)}")
