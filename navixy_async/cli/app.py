"""The commands and their options. What a command needs is imported when it runs, so that help is quick."""
# ruff: noqa: PLC0415

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from .failures import MEANINGS, ExitCode, report
from .output import say

# The mark keeps the lines as they are written.
_EXIT_CODES = "\b\nExit codes:\n" + "\n".join(f"{code:>5}  {meaning}" for code, meaning in MEANINGS.items())

app = typer.Typer(
    name="navixy",
    help=(
        "The Navixy telematics platform on the command line: harvest fleets to Parquet, look at trackers, call any "
        "action, run a platform of your own.\n\n"
        "Credentials come from the environment (NAVIXY_API_KEY, or NAVIXY_SESSION_HASH, or NAVIXY_LOGIN and "
        "NAVIXY_PASSWORD), from a file of mode 0600 (--account-file), or from a hidden prompt; never from the "
        "argument list. NAVIXY_DEBUG=1 adds tracebacks to errors."
    ),
    epilog=_EXIT_CODES,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
harvest_app = typer.Typer(
    help="Bring everything of a period into Parquet files: lossless, within the limits, resumable.",
    epilog=_EXIT_CODES,
    rich_markup_mode=None,
)
app.add_typer(harvest_app, name="harvest")

Url: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--url",
        "--region",
        help="Region (eu, us) or URL of the platform with its prefix. Default: the url of the account file, else "
        "NAVIXY_URL, else eu.",
        show_default=False,
    ),
]
AccountFile: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--account-file",
        help="TOML file of mode 0600 with [[account]] tables: label, and api_key, or session_hash, or login and "
        "password.",
        show_default=False,
    ),
]
Wanted: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--account", help="Only the account with this label; may be repeated.", show_default=False),
]
Json: TypeAlias = Annotated[bool, typer.Option("--json", help="One JSON object on stdout, and no progress.")]
Quiet: TypeAlias = Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")]


@app.command("call", epilog=_EXIT_CODES)
def _call(
    path: Annotated[str, typer.Argument(help="The action, such as tracker/list or iot/logic/flow/list.")],
    parameters: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[KEY=VALUE]... | JSON | -",
            help="Parameters: key=value words (a value is JSON where it is JSON, else text), or one JSON object, or - "
            "to read the object from standard input.",
            show_default=False,
        ),
    ] = None,
    *,
    url: Url = None,
    account_file: AccountFile = None,
    account: Wanted = None,
    timeout: Annotated[
        float | None,
        typer.Option("--timeout", help="Seconds for everything; 300 if not given.", min=0.001, show_default=False),
    ] = None,
) -> None:
    """Call one action of the platform and print its answer as JSON."""
    from .calling import call, parse_parameters, parse_path
    from .session import Session

    action, values = parse_path(path), parse_parameters(parameters or ())
    call(Session.prepare(url, account_file, account or ()), action, values, timeout=timeout)


@app.command("trackers", epilog=_EXIT_CODES)
def _trackers(
    *, url: Url = None, account_file: AccountFile = None, account: Wanted = None, as_json: Json = False
) -> ExitCode:
    """List the trackers: id, label, group, model, blocked."""
    from .session import Session
    from .trackers import trackers

    return trackers(Session.prepare(url, account_file, account or ()), as_json=as_json)


def run(arguments: Sequence[str]) -> ExitCode:
    """Run the command line and give its exit code; everything that goes wrong becomes one sentence."""
    from .credentials import refuse_secret_arguments

    words = list(arguments)
    if words in ([], ["harvest"]):
        words.append("--help")
    try:
        refuse_secret_arguments(words)
        return _outcome(typer.main.get_command(app).main(words, prog_name="navixy", standalone_mode=False))
    except (Exception, KeyboardInterrupt) as error:
        return _usage(error) or report(error)


def _outcome(returned: object) -> ExitCode:
    if returned == ExitCode.INTERRUPTED:  # typer turns a KeyboardInterrupt into this number and says nothing
        return report(KeyboardInterrupt())
    return ExitCode(returned) if isinstance(returned, int) else ExitCode.OK


def _usage(error: BaseException) -> ExitCode | None:
    """What typer itself has to say about the arguments; its exceptions have no public name that all versions share."""
    if isinstance(error, typer.Abort):
        return report(KeyboardInterrupt())
    explain = getattr(error, "format_message", None)
    if explain is None:
        return None
    say(f"{explain().rstrip('.')}; navixy --help shows the commands and their options")
    return ExitCode.BAD_INPUT
