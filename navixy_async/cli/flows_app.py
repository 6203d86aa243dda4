"""`navixy flows …`: the commands over files of flows, and their options. None of them needs a platform."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from .exit_codes import EPILOG, ExitCode

flows_app = typer.Typer(
    name="flows",
    help=(
        "Check, draw, audit and try flows of IoT Logic in files, without a platform.\n\n"
        "A file holds an exported flow, or the body or answer of a call, as JSON."
    ),
    epilog=EPILOG,
    rich_markup_mode=None,
)
Paths: TypeAlias = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE|DIR...", help="Files, or directories whose *.json files hold flows.", show_default=False
    ),
]
FlowFile: TypeAlias = Annotated[Path, typer.Argument(metavar="FILE", help="The flow.", show_default=False)]
Messages: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--messages",
        metavar="FILE",
        help="Messages of devices, one JSON object per line, whose counts are drawn.",
        show_default=False,
    ),
]
Json: TypeAlias = Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")]
Strict: TypeAlias = Annotated[bool, typer.Option("--strict", help="Warnings make the exit code 1, too.")]


class PictureFormat(StrEnum):
    """The forms of a picture."""

    MERMAID = "mermaid"
    DOT = "dot"
    SVG = "svg"
    HTML = "html"


@flows_app.command("lint", epilog=EPILOG)
def _lint(paths: Paths, *, strict: Strict = False, as_json: Json = False) -> ExitCode:
    """Check flows as the platform would when they are saved: FILE:LINE:COLUMN: message.

    What the platform refuses is an error and makes the exit code 1; the rest are warnings.
    """
    from .commands.flows import lint

    return lint(paths, is_strict=strict, as_json=as_json)


@flows_app.command("draw", epilog=EPILOG)
def _draw(
    path: FlowFile,
    *,
    form: Annotated[PictureFormat, typer.Option("--as", help="The form of the picture.")] = PictureFormat.MERMAID,
    out: Annotated[
        Path | None, typer.Option("--out", help="File for the picture; stdout if not given.", show_default=False)
    ] = None,
    messages: Messages = None,
) -> None:
    """Draw a flow with what lint finds on its nodes. No header, body, command, query or key is drawn."""
    from .commands.flows import draw_file

    draw_file(path, form.value, out, messages)


@flows_app.command("audit", epilog=EPILOG)
def _audit(paths: Paths, *, strict: Strict = False, as_json: Json = False) -> ExitCode:
    """Look at flows with the platform's best practices as rules: keys, encryption, names, titles, traps, and more.

    Errors make the exit code 1. What needs the state of an account is named as not checked.
    """
    from .commands.flows_audit import audit_files

    return audit_files(paths, is_strict=strict, as_json=as_json)


@flows_app.command("test", epilog=EPILOG)
def _try(
    path: FlowFile,
    messages: Annotated[
        Path,
        typer.Argument(metavar="MESSAGES", help="Messages of devices, one JSON object per line.", show_default=False),
    ],
    *,
    strict: Annotated[
        bool,
        typer.Option("--strict", help="Messages without an output and branches never taken make the exit code 1."),
    ] = False,
    as_json: Json = False,
) -> ExitCode:
    """Run messages through a flow, and show what reached which node; nothing is sent."""
    from .commands.flows import try_file

    return try_file(path, messages, is_strict=strict, as_json=as_json)


@flows_app.command("explain", epilog=EPILOG)
def _explain(
    expression: Annotated[str, typer.Argument(help="The expression.", show_default=False)],
    attributes: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME=VALUE]... | JSON | -",
            help="Attributes of the message: words (a value is JSON where it is JSON, else text), or one JSON object.",
            show_default=False,
        ),
    ] = None,
    *,
    as_json: Json = False,
) -> None:
    """Evaluate an expression, and show every intermediate value and why one is null.

    An expression that the platform refuses makes the exit code 1.
    """
    from .commands.call import parse_parameters
    from .commands.flows import explain

    explain(expression, parse_parameters(attributes or ()), as_json=as_json)
