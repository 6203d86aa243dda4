"""`navixy trackers`: the trackers of every account."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ...errors import NavixyError
from ..context import CommandContext
from ..exit_codes import ExitCode, classify
from ..output import masked, notify, write_json, write_rows
from ..signals import run_until_signal

if TYPE_CHECKING:
    from ...account import Account

Row = dict[str, Any]

_AT_ONCE = 16


def trackers(context: CommandContext, *, as_json: bool) -> ExitCode:
    """Print the trackers of every account: id, label, group, model, and whether they are blocked.

    An account that fails is reported on stderr; the others are printed all the same.
    """
    found = run_until_signal(lambda: _ask(context))
    rows: list[Row] = []
    failed: dict[str, str] = {}
    code = ExitCode.OK
    for name, result in found.items():
        if isinstance(result, NavixyError):
            its_code, sentence = classify(result)
            code, failed[name] = max(code, its_code), masked(sentence)
        else:
            rows += result
    if as_json:
        write_json({"trackers": rows, "failed": failed})
    elif rows or not failed:
        columns = ["id", "label", "group", "model", "blocked"]
        if len(found) > 1:
            columns.insert(0, "account")
        write_rows(columns, ([_cell(row[column]) for column in columns] for row in rows))
    for name, sentence in failed.items():
        notify(f"account {name}: {sentence}" if len(found) > 1 else sentence)
    return code


async def _ask(context: CommandContext) -> dict[str, list[Row] | NavixyError]:
    async with context.open() as (_, accounts):
        found: dict[str, list[Row] | NavixyError] = {}
        left = iter(accounts)

        async def work() -> None:
            for account in left:
                try:
                    found[account.label] = await _read(account)
                except NavixyError as error:
                    found[account.label] = error

        async with asyncio.TaskGroup() as group:
            for _ in range(min(_AT_ONCE, len(accounts))):
                group.create_task(work())
        return {account.label: found[account.label] for account in accounts}


async def _read(account: Account) -> list[Row]:
    listed = await account.call("tracker/list")
    groups = _titles(await account.call("tracker/group/list"))
    return [_row(account.label, tracker, groups) for tracker in listed.get("list") or ()]


def _titles(answer: Mapping[str, Any]) -> dict[int, str]:
    listed: Sequence[Mapping[str, Any]] = answer.get("list") or ()
    return {group["id"]: group.get("title") or "" for group in listed if "id" in group}


def _row(account: str, tracker: Mapping[str, Any], groups: Mapping[int, str]) -> Row:
    source = tracker.get("source") or {}
    group = tracker.get("group_id") or None
    return {
        "account": account,
        "id": tracker.get("id"),
        "label": tracker.get("label"),
        "group_id": group,
        "group": None if group is None else groups.get(group),
        "model": source.get("model"),
        "blocked": source.get("blocked"),
        "clone": tracker.get("clone"),
    }


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value
