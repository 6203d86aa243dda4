"""The commands and their options. What a command needs is imported when it runs, which keeps ``--help`` fast."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from ..errors import InvalidInput
from .exit_codes import EPILOG, ExitCode, report_error
from .flows_app import flows_app
from .options import AccountFile, CaFile, Json, Quiet, Url, Wanted
from .output import log_to_stderr, notify

app = typer.Typer(
    name="navixy",
    help=(
        "The Navixy telematics platform on the command line: harvest fleets to Parquet, look at trackers, call any "
        "action, check flows, run a platform of your own.\n\n"
        "Credentials come from the environment (NAVIXY_API_KEY, or NAVIXY_SESSION_HASH, or NAVIXY_LOGIN and "
        "NAVIXY_PASSWORD; NAVIXY_LABEL names the account), from a file of mode 0600 (--account-file), or from a hidden "
        "prompt; never from the argument list. Proxies come from HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY. "
        "NAVIXY_DEBUG=1 adds tracebacks to errors, NAVIXY_STRICT=1 refuses answers with members of another type than "
        "documented."
    ),
    epilog=EPILOG,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(flows_app)


@app.command("call", epilog=EPILOG)
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
    ca_file: CaFile = None,
    timeout: Annotated[
        float | None,
        typer.Option("--timeout", help="Seconds for everything; 300 if not given.", min=0.001, show_default=False),
    ] = None,
) -> None:
    """Call one action of the platform and print its answer as JSON."""
    from .commands.call import call, parse_parameters, parse_path
    from .context import CommandContext

    action, values = parse_path(path), parse_parameters(parameters or ())
    call(CommandContext.prepare(url, account_file, account or (), ca_file), action, values, timeout=timeout)


@app.command("trackers", epilog=EPILOG)
def _trackers(
    *,
    url: Url = None,
    account_file: AccountFile = None,
    account: Wanted = None,
    ca_file: CaFile = None,
    as_json: Json = False,
) -> ExitCode:
    """List the trackers: id, label, group, model, blocked."""
    from .commands.trackers import trackers
    from .context import CommandContext

    return trackers(CommandContext.prepare(url, account_file, account or (), ca_file), as_json=as_json)


@app.command("discover", epilog=EPILOG)
def _discover(
    url: Annotated[str, typer.Argument(help="The host, with or without scheme, port and path: gps.example.com.")],
    *,
    ca_file: CaFile = None,
    timeout: Annotated[float, typer.Option("--timeout", help="Seconds for everything.", min=0.001)] = 30.0,
    as_json: Json = False,
) -> ExitCode:
    """Find the URL of a platform, for --url and for account files, and what it lacks.

    A few harmless requests try the usual prefixes and the host api.HOST. No credential is read or sent.
    """
    from .commands.discover import discover

    return discover(url, ca_file, timeout=timeout, as_json=as_json)


Accept: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--accept",
        help="Holes of this kind leave the exit code at 0: blocked (trackers), clipped (by the tariff), gaps; may be "
        "repeated.",
        show_default=False,
    ),
]


class StreamName(StrEnum):
    """The streams that can be harvested."""

    TRACKS = "tracks"
    EVENTS = "events"
    TRIPS = "trips"
    TRIP_POINTS = "trip_points"
    SENSORS = "sensors"
    COUNTERS = "counters"
    MILEAGE = "mileage"
    ENGINE_HOURS = "engine_hours"
    RAW = "raw"
    RAW_ARRIVED = "raw_arrived"
    STATES = "states"


@app.command("harvest", epilog=EPILOG)
def _harvest(
    streams: Annotated[
        list[StreamName],
        typer.Argument(
            metavar="STREAM",
            help="tracks: every point; events: every entry of the history; trips; trip_points: the points of trips; "
            "sensors: every value; counters: odometer and engine hours; mileage, engine_hours: by local day; raw: "
            "every message of the devices; raw_arrived: the same by the time of arrival, so that adjacent periods "
            "get each message once; states: a snapshot with each run.",
        ),
    ],
    *,
    start: Annotated[
        str | None,
        typer.Option(
            "--from",
            help="Start: a date (its midnight in UTC; for mileage and engine_hours, a day of each account's own "
            "calendar) or a time with offset.",
            show_default=False,
        ),
    ] = None,
    end: Annotated[
        str | None,
        typer.Option(
            "--to",
            help="End (exclusive): a date or a time with offset; anything in the future waits for --resume. "
            "Without it, the harvest is kept current: each run fetches what is new, what failed, and what came late.",
            show_default=False,
        ),
    ] = None,
    out: Annotated[Path, typer.Option("--out", help="Directory for the Parquet files.", show_default=False)],
    trackers: Annotated[
        str | None,
        typer.Option("--trackers", help="Only the trackers with these ids, separated by commas.", show_default=False),
    ] = None,
    every: Annotated[
        str | None,
        typer.Option(
            "--every",
            help="Without --to: repeat at this interval, from start to start, until stopped: 15m, 2h, daily.",
            show_default=False,
        ),
    ] = None,
    look_back: Annotated[
        str | None,
        typer.Option(
            "--look-back",
            help="Data younger than this when it was read is read again by the next run; 1h if not given.",
            show_default=False,
        ),
    ] = None,
    reread: Annotated[
        str | None,
        typer.Option(
            "--reread",
            help="Without --to: how long after its end each UTC day is read once more, separated by commas, or none; "
            "1d,3d,7d,30d if not given.",
            show_default=False,
        ),
    ] = None,
    resume: Annotated[
        bool,
        typer.Option("--resume", help="Continue what an earlier run left unfinished; always on without --to."),
    ] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace what an earlier harvest wrote.")] = False,
    workers: Annotated[int, typer.Option("--workers", help="Concurrent requests.", min=1, max=1000)] = 16,
    patience: Annotated[
        float | None,
        typer.Option(
            "--patience",
            help="Seconds without any success before the rest of an account counts as failed; 120 if not given.",
            min=0,
            show_default=False,
        ),
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run", help="Only show what would be requested and how long that would take; write nothing."
        ),
    ] = False,
    accept: Accept = None,
    url: Url = None,
    account_file: AccountFile = None,
    account: Wanted = None,
    ca_file: CaFile = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> ExitCode:
    """Fetch every row of a period into Parquet files, or keep them current: lossless, within the limits, resumable.

    The files are in DIR/stream=…/account=…/date=…/, one per account and UTC day. What could not be read is listed at
    the end and makes the exit code 1.
    """
    from .arguments import parse_days, parse_ids, parse_look_back, parse_moment, parse_period, parse_periods
    from .commands.harvest import HarvestOptions, harvest, resume_command
    from .context import CommandContext

    options = HarvestOptions(
        streams=[stream.value for stream in streams],
        start=None if start is None else parse_moment(start, "--from"),
        end=None if end is None else parse_moment(end, "--to"),
        days=parse_days(start, end),
        trackers=parse_ids(trackers),
        out=out,
        resume=resume,
        overwrite=overwrite,
        workers=workers,
        every=None if every is None else parse_period(every, "--every"),
        look_back=None if look_back is None else parse_look_back(look_back, "--look-back"),
        rereads=None if reread is None else parse_periods(reread, "--reread"),
        accepted=accept or (),
        patience=patience,
    )
    if dry_run:
        from .commands.dry_run import dry_run as plan

        return plan(CommandContext.prepare(url, account_file, account or (), ca_file), options, as_json=as_json)
    resume_with = resume_command(options, url=url, account_file=account_file, accounts=account or (), ca_file=ca_file)
    context = CommandContext.prepare(url, account_file, account or (), ca_file)
    return harvest(context, options, resume_with=resume_with, as_json=as_json, quiet=quiet)


Folder: TypeAlias = Annotated[
    Path, typer.Argument(metavar="DIR", help="The directory that was given to --out.", show_default=False)
]


@app.command("coverage", epilog=EPILOG)
def _coverage(
    folder: Folder,
    *,
    html: Annotated[
        Path | None,
        typer.Option(
            "--html",
            metavar="FILE",
            help="Also draw trackers and days as one HTML page, at this path.",
            show_default=False,
        ),
    ] = None,
    accept: Accept = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> ExitCode:
    """Show which parts of a harvest are complete and where its holes are, even while it is unfinished.

    Nothing is changed, and nothing is requested from the platform. A hole makes the exit code 1.
    """
    from .commands.coverage import coverage

    return coverage(folder, html=html, accepted=accept or (), as_json=as_json, quiet=quiet)


@app.command("verify", epilog=EPILOG)
def _verify(folder: Folder, *, as_json: Json = False, quiet: Quiet = False) -> ExitCode:
    """Check that the files of a harvest are unchanged: digests and row counts against the manifest.

    Missing, changed, foreign and half-written files are listed and make the exit code 1. Nothing is changed, and
    nothing is requested from the platform.
    """
    from .commands.verify import verify

    return verify(folder, as_json=as_json, quiet=quiet)


@app.command("simulate", epilog=EPILOG)
def _simulate(
    *,
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1; 0 lets the system choose.", min=0, max=65535)] = 0,
    seed: Annotated[int, typer.Option(help="Seed of the world: the same seed makes the same data.")] = 7,
    accounts: Annotated[int, typer.Option(help="Accounts, in different time zones.", min=1, max=1000)] = 3,
    trackers: Annotated[int, typer.Option(help="Trackers of each account.", min=1, max=5000)] = 20,
    days: Annotated[int, typer.Option(help="Days of data.", min=1, max=3650)] = 14,
    start: Annotated[str, typer.Option(help="First day of data.")] = "2026-03-23",
    limiter: Annotated[
        str,
        typer.Option(help="How requests are counted: sliding, fixed, two_window, token_bucket or leaky_bucket."),
    ] = "sliding",
    rate: Annotated[
        int, typer.Option(help="Requests per second, per credential and per address; 0 for no limit.", min=0)
    ] = 50,
    latency: Annotated[float, typer.Option(help="Round-trip time in milliseconds.", min=0, max=60_000)] = 80,
    jitter: Annotated[
        float, typer.Option(help="Random delay on top, up to this many milliseconds.", min=0, max=60_000)
    ] = 60,
    write_accounts: Annotated[
        Path | None,
        typer.Option(
            "--write-accounts",
            help="Where to write the throwaway credentials (mode 0600); a temporary file, removed with the platform, "
            "if not given.",
            show_default=False,
        ),
    ] = None,
    as_json: Json = False,
) -> ExitCode:
    """Run the embedded platform until Ctrl-C, to experiment with."""
    from .arguments import parse_day
    from .commands.simulate import SimulateOptions, simulate

    options = SimulateOptions(
        port=port,
        seed=seed,
        accounts=accounts,
        trackers=trackers,
        days=days,
        start=parse_day(start, "--start"),
        limiter=limiter,
        rate=rate,
        latency=latency,
        jitter=jitter,
    )
    return simulate(options, write_accounts, as_json=as_json)


@app.command("demo", epilog=EPILOG)
def _demo(
    *,
    out: Annotated[
        Path, typer.Option("--out", help="Directory for the files; an earlier demo there is replaced.")
    ] = Path("navixy-demo"),
    accounts: Annotated[int, typer.Option(hidden=True, min=1)] = 3,
    trackers: Annotated[int, typer.Option(hidden=True, min=1)] = 30,
    days: Annotated[int, typer.Option(hidden=True, min=1)] = 14,
    points: Annotated[int, typer.Option(hidden=True, min=10)] = 600,
    as_json: Json = False,
    quiet: Quiet = False,
) -> ExitCode:
    """Harvest the embedded platform under the real limits, and compare every row with the truth.

    Three accounts with 30 trackers each and 14 days of points and events, in about a minute. The exit code is 1 if a
    row is missing, duplicated or wrong.
    """
    from .commands.demo.demo import DemoSize, demo

    size = DemoSize(accounts=accounts, trackers=trackers, days=days, points=points)
    return demo(out, size, as_json=as_json, quiet=quiet)


def run(arguments: Sequence[str]) -> ExitCode:
    """Run the command line and return its exit code; every failure becomes one sentence."""
    from .credentials import refuse_secret_arguments

    words = list(arguments)
    if words in ([], ["harvest"], ["flows"]):
        words.append("--help")
    with log_to_stderr():
        try:
            if any("\0" in word for word in words):
                raise InvalidInput("an argument contains a NUL character, which no path and no name can")
            refuse_secret_arguments(words)
            return _outcome(typer.main.get_command(app).main(words, prog_name="navixy", standalone_mode=False))
        except BrokenPipeError:  # the reader of the help closed the pipe
            return ExitCode.OK
        except SystemExit as error:  # the same, as typer reports it
            return ExitCode.OK if error.code in (None, 0, 1) else ExitCode.BAD_INPUT
        except (Exception, KeyboardInterrupt) as error:
            return _usage(error) or report_error(error)


def _outcome(returned: object) -> ExitCode:
    if returned == ExitCode.INTERRUPTED:  # typer silently turns a KeyboardInterrupt into this number
        return report_error(KeyboardInterrupt())
    return ExitCode(returned) if isinstance(returned, int) else ExitCode.OK


def _usage(error: BaseException) -> ExitCode | None:
    """Report what typer objects to; its exceptions have no public name that all versions share."""
    if isinstance(error, typer.Abort):
        return report_error(KeyboardInterrupt())
    explain = getattr(error, "format_message", None)
    if explain is None:
        return None
    notify(f"{explain().rstrip('.')}; navixy --help shows the commands and their options")
    return ExitCode.BAD_INPUT
