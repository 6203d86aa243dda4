"""data/spreadsheet/parse, and imports of employees and vehicles: start, progress, download of the failed rows."""

from __future__ import annotations

import csv
import io
from typing import Any

from ..initial_objects import template
from ..jobs import BackgroundJob, JobKind
from ..params import may, need
from ..wire import WireError
from .action import Call, File, Handler, Params, action
from .files import file_of

START = {"filename": need("str", low=1), "headers": need("strs", low=1), "user_headers": may("strs")}
ONE = {"process_id": need("int")}
KINDS: tuple[JobKind, ...] = ("employee", "vehicle")
TYPES = frozenset(KINDS)


@action(
    "data/spreadsheet/parse",
    {
        "preview_count": need("int", low=1, high=20),
        "parse_header": need("bool"),
        "header_map": may("any"),
        "file": may("any"),
    },
    writes=True,
)
def parse(call: Call, p: Params) -> dict[str, Any]:
    part = file_of(call)
    try:
        text = part.content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise WireError(234) from None
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in text else ","))
    if not rows:
        raise WireError(234)
    number = call.state.store.new_id()
    call.state.store.settings(call.account.id, "sheet", str(number)).update(rows=rows, header=p["parse_header"])
    header = rows[0] if p["parse_header"] else [f"column {n + 1}" for n in range(len(rows[0]))]
    shown = rows[1 if p["parse_header"] else 0 :][: p["preview_count"]]
    return {"file_id": str(number), "header": header, "preview": [";".join(row) for row in shown]}


def _start(kind: JobKind) -> Handler:
    def start(call: Call, p: Params) -> dict[str, Any]:
        jobs, owner = call.state.jobs, call.account.id
        if any(job.asked.get("filename") == p["filename"] for job in jobs.of(owner)):
            raise WireError(247)
        rules = call.rules
        job = jobs.start(
            owner, kind, p, call.now, needed=rules.import_polls, at_once=rules.parallel_imports, report=False
        )
        sheet = call.state.store.settings(owner, "sheet", p["filename"])
        rows = sheet.get("rows", [])[1 if sheet.get("header") else 0 :]
        job.total = len(rows)
        held = call.state.store.objects(owner, kind)
        for row in rows:
            if len(row) != len(p["headers"]) or not any(row):
                job.failed.append(";".join(row))
                continue
            one = {"id": call.state.store.new_id(), **template(kind), "tracker_id": None}
            held[one["id"]] = {**one, **dict(zip(p["headers"], row, strict=True))}
        return {"id": job.id}

    return start


def _read(kinds: tuple[JobKind, ...]) -> Handler:
    def read(call: Call, p: Params) -> dict[str, Any]:
        wanted: tuple[JobKind, ...] = (p["type"],) if "type" in p else kinds
        job = call.state.jobs.get(call.account.id, p["process_id"], wanted, 201)
        job.polls += 1
        return {"value": _described(call, job)}

    return read


def _list(kinds: tuple[JobKind, ...]) -> Handler:
    def list_imports(call: Call, p: Params) -> dict[str, Any]:
        wanted = p.get("types") or kinds
        return {"list": [_described(call, job) for job in call.state.jobs.of(call.account.id) if job.kind in wanted]}

    return list_imports


def _failed(kind: JobKind) -> Handler:
    def download_failed(call: Call, p: Params) -> File:
        job = call.state.jobs.get(call.account.id, p["process_id"], (kind,), 201)
        if job.percent < 100 or not job.failed:
            raise WireError(204)
        lines = [";".join(job.asked["headers"]), *job.failed]
        return File("".join(f"{line}\n" for line in lines).encode(), "text/csv", "failed.csv")

    return download_failed


def _described(call: Call, job: BackgroundJob) -> dict[str, Any]:
    done = job.total * job.percent // 100
    failed = min(len(job.failed), done)
    status = "created" if job.polls == 0 else "done" if job.percent == 100 else "in_progress"
    return {
        "id": job.id,
        "user_id": job.owner,
        "created": call.times.text(job.created),
        "type": job.kind,
        "params": {"headers": job.asked["headers"]},
        "filename": job.asked["filename"],
        "status": status,
        "status_change_date": call.times.text(call.now),
        "progress": {
            "imported": done - failed,
            "failed": failed,
            "percent": job.percent,
            "processed_lines": done,
            "warnings": [],
            "errors": [{"line": number, "error": "wrong number of columns"} for number in range(1, failed + 1)][:25],
        },
    }


for _kind in KINDS:
    action(f"{_kind}/import/start", START, writes=True)(_start(_kind))
    action(f"{_kind}/import/read", ONE)(_read((_kind,)))
    action(f"{_kind}/import/list")(_list((_kind,)))
    action(f"{_kind}/import/download_failed", ONE)(_failed(_kind))
action("data/import/read", {**ONE, "type": need("str", options=TYPES)})(_read(KINDS))
action("data/import/list", {"types": may("strs", options=TYPES)})(_list(KINDS))
