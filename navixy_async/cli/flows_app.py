"""`navixy flows …`: the commands over files of flows, and those that read and write an account's."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from .exit_codes import EPILOG, ExitCode
from .options import AccountFile, CaFile, Url, Wanted

flows_app = typer.Typer(
    name="flows",
    help=(
        "Check, draw, audit and try flows of IoT Logic in files, without a platform; pull them from an account and "
        "push them back.\n\nA file holds an exported flow, or the body or answer of a call, as JSON."
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


FlowFolder: TypeAlias = Annotated[
    Path, typer.Argument(metavar="DIR", help="The directory of the account's flows.", show_default=False)
]


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


@flows_app.command("pull", epilog=EPILOG)
def _pull(
    folder: FlowFolder,
    *,
    force: Annotated[bool, typer.Option("--force", help="Overwrite files that were changed and not pushed.")] = False,
    url: Url = None,
    account_file: AccountFile = None,
    account: Wanted = None,
    ca_file: CaFile = None,
    as_json: Json = False,
) -> None:
    """Read an account's flows and endpoints into a directory, with their secrets apart in a file of mode 0600."""
    from .commands.flows_store import pull
    from .context import CommandContext

    pull(CommandContext.prepare(url, account_file, account or (), ca_file), folder, is_forced=force, as_json=as_json)


@flows_app.command("diff", epilog=EPILOG)
def _diff(
    folder: FlowFolder,
    *,
    url: Url = None,
    account_file: AccountFile = None,
    account: Wanted = None,
    ca_file: CaFile = None,
    as_json: Json = False,
) -> None:
    """Show what a push would change, from what the platform has to what the files say; nothing is written."""
    from .commands.flows_store import diff
    from .context import CommandContext

    diff(CommandContext.prepare(url, account_file, account or (), ca_file), folder, as_json=as_json)


Force = Annotated[
    bool, typer.Option("--force", help="Send in spite of findings and of changes on the platform since the pull.")
]


@flows_app.command("push", epilog=EPILOG)
def _push(
    folder: FlowFolder,
    *,
    force: Force = False,
    url: Url = None,
    account_file: AccountFile = None,
    account: Wanted = None,
    ca_file: CaFile = None,
    as_json: Json = False,
) -> None:
    """Write to the account what was changed in the files. Everything is checked first; nothing is ever deleted."""
    from .commands.flows_store import push
    from .context import CommandContext

    push(CommandContext.prepare(url, account_file, account or (), ca_file), folder, is_forced=force, as_json=as_json)


@flows_app.command("restore", epilog=EPILOG)
def _restore(
    folder: FlowFolder,
    *,
    force: Force = False,
    url: Url = None,
    account_file: AccountFile = None,
    account: Wanted = None,
    ca_file: CaFile = None,
    as_json: Json = False,
) -> None:
    """As push, and create again what was deleted on the platform since the pull."""
    from .commands.flows_store import restore
    from .context import CommandContext

    restore(CommandContext.prepare(url, account_file, account or (), ca_file), folder, is_forced=force, as_json=as_json)
