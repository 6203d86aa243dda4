"""`navixy flows pull|diff|push|restore`: an account's flows as files, and back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ..context import CommandContext
from ..exit_codes import Incomplete
from ..output import notify, single_line, write, write_json
from ..signals import run_until_signal

if TYPE_CHECKING:
    from ...flows.store.store import Flows, PushedFlows

T = TypeVar("T")


def pull(context: CommandContext, folder: Path, *, is_forced: bool, as_json: bool) -> None:
    """Print the names of the files that an account was pulled into."""
    done = _run(context, "flows pull", lambda flows: flows.pull(folder, force=is_forced))
    if as_json:
        write_json(done)
        return
    for kind, names in (("endpoints", done.endpoints), ("flows", done.flows)):
        for name in names:
            write(single_line(f"{folder / kind / name}.json"))
    for name in done.removed:
        notify(f"{name} is no longer in the account")


def diff(context: CommandContext, folder: Path, *, as_json: bool) -> None:
    """Print what a push would change; what is layout only is left out, except as JSON."""
    changes = _run(context, "flows diff", lambda flows: flows.diff(folder))
    if as_json:
        write_json({"changes": changes})
        return
    for change in changes:
        if not change.is_layout:
            write(single_line(change))


def push(context: CommandContext, folder: Path, *, is_forced: bool, as_json: bool) -> None:
    """Push the files, and print what was written."""
    _show(_run(context, "flows push", lambda flows: flows.push(folder, force=is_forced)), as_json=as_json)


def restore(context: CommandContext, folder: Path, *, is_forced: bool, as_json: bool) -> None:
    """Push the files and what was deleted, and print what was written."""
    _show(_run(context, "flows restore", lambda flows: flows.restore(folder, force=is_forced)), as_json=as_json)


def _show(done: PushedFlows, *, as_json: bool) -> None:
    if as_json:
        write_json(done)
        return
    for what, names in (("created", done.created), ("updated", done.updated), ("unchanged", done.unchanged)):
        for name in names:
            write(f"{what}\t{single_line(name)}")
    for warning in done.warnings:
        notify(warning)


def _run(context: CommandContext, command: str, work: Callable[[Flows], Awaitable[T]]) -> T:
    from ...flows.store.errors import FlowsRefused

    context.require_one(command)

    async def run() -> T:
        async with context.open() as (_, (account,)):
            return await work(account.flows)

    try:
        return run_until_signal(run)
    except FlowsRefused as error:
        raise Incomplete(str(error).replace("force=True", "--force")) from None
