"""Imports from a file."""

from __future__ import annotations

from navixy_async.testing import Rules, World

from .conftest import serving
from .test_reports import send

SHEET = 'first_name;last_name\nAda;Ng\nBo\n"C; D";Émile\n'.encode()


async def test_an_import(world: World) -> None:
    async with serving(world, Rules(import_polls=2)) as raw:
        parsed = await send(raw, "data/spreadsheet/parse", {"preview_count": "2", "parse_header": "true"}, SHEET)
        assert parsed.json["header"] == ["first_name", "last_name"]
        assert len(parsed.json["preview"]) == 2
        before = (await raw("employee/list")).json["count"]
        start = {"filename": parsed.json["file_id"], "headers": ["first_name", "last_name"]}
        one = {"process_id": (await raw("employee/import/start", start)).json["id"]}
        assert (await raw("employee/import/start", start)).error == (409, 247)
        listed = (await raw("employee/import/list")).json["list"]
        assert [(entry["id"], entry["status"]) for entry in listed] == [(one["process_id"], "created")]
        assert (await raw("employee/import/download_failed", one)).error == (404, 204)
        states = [(await raw("employee/import/read", one)).json["value"] for _ in range(2)]
        assert [state["status"] for state in states] == ["in_progress", "done"]
        assert states[-1]["progress"]["imported"] == 2
        assert states[-1]["progress"]["failed"] == 1
        common = await raw("data/import/read", {**one, "type": "employee"})
        assert common.json["value"]["progress"] == states[-1]["progress"]
        failed = await raw("employee/import/download_failed", one)
        assert failed.body.decode().splitlines() == ["first_name;last_name", "Bo"]
        assert (await raw("vehicle/import/read", one)).error == (400, 201)
        after = (await raw("employee/list", {"filter": "Émile"})).json
        assert [entry["first_name"] for entry in after["list"]] == ["C; D"]
        assert (await raw("employee/list")).json["count"] == before + 2
