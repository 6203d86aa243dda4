"""report/tracker/*: generated in the background, polled until ready, retrieved, deleted."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from ..facts import documented
from ..jobs import BackgroundJob
from ..params import is_whole, may, need
from ..wire import WireError, invalid
from .action import Call, File, Params, action
from .adapt_answer import in_mode
from .files import CONTENT
from .visibility import ordered, within_span

ONE = {"report_id": need("int")}
FORMATS = frozenset({"xls", "xlsx", "pdf"})
GEOCODERS = frozenset({"google", "yandex", "progorod", "osm", "locationiq"})


@action(
    "report/tracker/generate",
    {
        "from": need("time"),
        "to": need("time"),
        "title": may("str"),
        "geocoder": may("str", options=GEOCODERS),
        "trackers": may("ints", low=1),
        "employees": may("ints", low=1),
        "time_filter": need("object"),
        "plugin": need("object"),
        "include_places_in_address": may("bool", True),
        "include_zones_in_address": may("bool", True),
    },
    writes=True,
)
def generate(call: Call, p: Params) -> dict[str, Any]:
    ordered(p)
    if (p["trackers"] is None) is (p["employees"] is None):
        raise invalid("trackers", "exactly one of trackers and employees")
    if not is_whole(p["plugin"].get("plugin_id")):
        raise WireError(222)
    mine = {tracker.id for tracker in call.account.trackers} | {
        tracker.employee_id for tracker in call.account.trackers
    }
    missing = [one for one in p["trackers"] or p["employees"] if one not in mine]
    if missing:
        raise call.list_error(217, missing)
    within_span(p, call.rules.report_span)
    job = call.state.jobs.start(
        call.account.id,
        "report",
        p,
        call.now,
        needed=call.rules.report_polls,
        at_once=call.rules.parallel_reports,
        report=True,
    )
    return {"id": job.id}


@action("report/tracker/status", ONE)
def status(call: Call, p: Params) -> dict[str, Any]:
    job = _job(call, p)
    job.polls += 1
    return {"percent_ready": job.percent}


@action("report/tracker/list")
def list_reports(call: Call, p: Params) -> dict[str, Any]:
    return {"list": [_described(call, job) for job in call.state.jobs.of(call.account.id) if job.kind == "report"]}


@action("report/tracker/retrieve", ONE)
def retrieve(call: Call, p: Params) -> dict[str, Any]:
    job = _ready(call, p)
    body = deepcopy(documented()["report/tracker/retrieve"].example_answer["report"])
    labels = {tracker.id: tracker.label for tracker in call.account.trackers}
    sample = body["sheets"][0]
    body["sheets"] = [
        {**sample, "header": labels.get(one, f"Employee {one}"), "entity_ids": [one]}
        for one in job.asked["trackers"] or job.asked["employees"]
    ]
    return {"report": in_mode(call, {**body, **_common(call, job)})}


@action(
    "report/tracker/download",
    {**ONE, "format": need("str", options=FORMATS), "headless": may("bool", False)},
)
def download(call: Call, p: Params) -> File:
    job = _ready(call, p)
    content_type, content = CONTENT[p["format"]]
    return File(content, content_type, f"report_{job.id}.{p['format']}")


@action("report/tracker/delete", ONE, writes=True)
def delete(call: Call, p: Params) -> dict[str, Any]:
    call.state.jobs.delete(_job(call, p))
    return {}


def _job(call: Call, p: Params) -> BackgroundJob:
    return call.state.jobs.get(call.account.id, p["report_id"], ("report",), 204)


def _ready(call: Call, p: Params) -> BackgroundJob:
    job = _job(call, p)
    if job.percent < 100:
        raise WireError(229)
    return job


def _common(call: Call, job: BackgroundJob) -> dict[str, Any]:
    return {
        "id": job.id,
        "title": job.asked["title"] or "Report",
        "created": call.times.text(job.created),
        "from": call.times.text(job.asked["from"]),
        "to": call.times.text(job.asked["to"]),
        "time_filter": job.asked["time_filter"],
    }


def _described(call: Call, job: BackgroundJob) -> dict[str, Any]:
    return {
        **_common(call, job),
        "type": "user",
        "percent": job.percent,
        "parameters": {
            "trackers": job.asked["trackers"] or [],
            "plugins": [job.asked["plugin"]],
            "geocoder": job.asked["geocoder"] or "osm",
            "locale_info": {
                "locale": "en_US",
                "time_zone": call.account.time_zone,
                "measurement_system": "metric",
            },
        },
    }
