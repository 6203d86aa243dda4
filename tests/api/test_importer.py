"""The import of the documented facts, which keeps what people decided."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from navixy_async.api.codegen.catalogue import load
from navixy_async.api.codegen.generate import generate
from navixy_async.api.codegen.importer import Importer, propose_replay, snake
from navixy_async.api.runtime.action_table import read_table


@pytest.mark.parametrize(
    ("path", "replay"), [("x/list", "read"), ("x/get_states", "read"), ("x/set", "idempotent"), ("x/send", "write")]
)
def test_the_verb_proposes_a_replay_class(path: str, replay: str) -> None:
    assert propose_replay(path) == replay


class TestImport:
    @pytest.fixture
    def source(self, tmp_path: Path) -> Path:
        """Documented facts of a platform with two resources."""
        folder = tmp_path / "facts"
        folder.mkdir()
        actions = [
            _action("depot/list", [_field("list", "array<object>", ref="depot")]),
            _action(
                "depot/settings/read",
                [
                    _field("platform", "map"),
                    _field("platform.depot.max_limit", "int"),
                    _field("value", "object"),
                    _field("value.place", "object"),
                    _field("value.place.lat", "float"),
                    _field("value.place.lng", "float"),
                ],
            ),
            _action("depot/door/open", [], params=[_param("depot_id", "int"), _param("why", "enum", enum=["a", "b"])]),
            _action("depot/door/update", [], params=[_param("from", "datetime"), _param("to", "datetime")]),
        ]
        actions[-1]["window"] = {"from_param": "from", "to_param": "to"}
        objects = [
            _object(
                "depot",
                [
                    _field("id", "int"),
                    _field("code", "string", example_type="int"),
                    _field("gate", "object", ref="gate"),
                ],
            ),
            _object("gate", [], one_of=["gate.wide", "gate.narrow"], discriminator="type"),
            _object("gate.wide", [_field("lanes", "int", unit="m")], discriminator="type", discriminator_value="wide"),
            _object("gate.narrow", [], discriminator="type", discriminator_value="narrow"),
            _object("location", [_field("lat", "float"), _field("lng", "float")]),
        ]
        for name, content in (("catalogue", actions), ("objects", objects), ("enums", {"named": {}})):
            (folder / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
        return folder

    @pytest.fixture
    def target(self, tmp_path: Path) -> Path:
        """A catalogue that nobody has filled yet."""
        folder = tmp_path / "catalogue"
        folder.mkdir()
        reviewed: dict[str, Any] = {
            "resources": {"common": "Shared.", "depot": "Depots.", "depot.door": "Doors."},
            "only": {},
            "homes": {},
            "parameter_texts": {},
            "actions": {"depot/list": {"summary": "List the depots."}},
            "objects": {"gate": {"name": "Gate"}},
        }
        (folder / "reviewed.json").write_text(json.dumps(reviewed), encoding="utf-8")
        return folder

    def test_facts_become_a_catalogue_that_can_be_generated(self, source: Path, target: Path) -> None:
        Importer(source, target).run()
        catalogue = load(target)
        files = generate(catalogue)
        depot = files["models/depot.py"]
        assert "code: str | int | None = None" in depot
        assert "Gate: TypeAlias = GateWide | GateNarrow | UnknownGate" in depot
        assert "self.gate = GATE.one(self.gate)" in depot
        assert "lanes: int | float | None = None" in depot
        assert "place: Location | None = None" in depot
        assert 'depot_max_limit: int | None = field(default=None, name="depot.max_limit")' in depot
        assert "from .depot_door import DepotDoorActions" in files["resources/depot.py"]
        door = files["resources/depot_door.py"]
        assert 'Why: TypeAlias = Literal["a", "b"]' in door
        assert "check_period(from_, to)" in door
        for name, text in files.items():
            compile(text, name, "exec")

    def test_what_people_decided_survives_the_next_import(self, source: Path, target: Path) -> None:
        Importer(source, target).run()
        table = target / "index.tsv"
        rows = read_table(table)
        assert {row.path: (row.replay, row.why) for row in rows.values()}["depot/door/open"] == ("write", "unreviewed")
        lines = table.read_text(encoding="utf-8").replace(
            "depot/door/open\tbackend\tPOST\tjson\tsession_or_api_key\twrite\t\tunreviewed",
            "depot/door/open\tbackend\tPOST\tjson\tsession_or_api_key\tidempotent\tdoors\topen is open",
        )
        table.write_text(lines, encoding="utf-8")
        before = (target / "reviewed.json").read_bytes()
        Importer(source, target).run()
        row = read_table(table)["depot/door/open"]
        assert (row.replay, row.cap, row.why) == ("idempotent", "doors", "open is open")
        assert (target / "reviewed.json").read_bytes() == before

    def test_an_import_is_repeatable(self, source: Path, target: Path) -> None:
        Importer(source, target).run()
        first = {path.name: path.read_bytes() for path in target.iterdir()}
        Importer(source, target).run()
        assert {path.name: path.read_bytes() for path in target.iterdir()} == first

    def test_rows_of_members_and_of_the_credential_are_no_parameters(self, source: Path, target: Path) -> None:
        _change(
            source,
            "depot/door/open",
            params=[_param("depot", "object"), _param("depot.color", "string"), _param("hash", "string")],
        )
        Importer(source, target).run()
        facts = json.loads((target / "depot.door.json").read_text(encoding="utf-8"))
        assert [row["name"] for row in facts["actions"]["depot/door/open"]["params"]] == ["depot"]

    def test_rights_of_some_parameters_close_no_action(self, source: Path, target: Path) -> None:
        session = {"kind": "session_or_api_key", "master_only": True, "rights_by_field": {"why": ["admin"]}}
        _change(source, "depot/door/open", session=session)
        Importer(source, target).run()
        facts = json.loads((target / "depot.door.json").read_text(encoding="utf-8"))
        assert facts["actions"]["depot/door/open"]["access"] == {"rights_by_field": {"why": ["admin"]}}

    def test_members_that_only_requests_show_belong_to_the_object(self, source: Path, target: Path) -> None:
        _change(source, "depot/door/open", params=[_param("depot", "object", ref="depot")])
        gate = {"type": "wide", "lanes": 2, "toll": 1.5}
        sent = {
            "depot": {"id": 1, "gate": gate, "since": "2024-01-01 00:00:00", "keys": [1], "code": "x", "no name": 1}
        }
        example = {"kind": "request", "path": "depot/door/open", "json": sent}
        (source / "examples.jsonl").write_text(json.dumps(example) + "\n", encoding="utf-8")
        Importer(source, target).run()
        objects = json.loads((target / "depot.json").read_text(encoding="utf-8"))["objects"]
        assert objects["depot"]["fields"][-2:] == [
            {"name": "since", "type": "datetime", "optional": True},
            {"name": "keys", "type": "list[int]", "optional": True},
        ]
        assert objects["gate.wide"]["fields"][-1] == {"name": "toll", "type": "float", "optional": True}
        assert [row["name"] for row in objects["gate.narrow"]["fields"]] == []
        before = (target / "depot.json").read_bytes()
        Importer(source, target).run()
        assert (target / "depot.json").read_bytes() == before

    def test_a_new_resource_is_only_more_input(self, source: Path, target: Path) -> None:
        actions = json.loads((source / "catalogue.json").read_text(encoding="utf-8"))
        raw = _action("tracker/raw_data/read", [_field("list", "array<object>")], params=[_param("tracker_id", "int")])
        raw |= {"api": "dwh", "base": "dwh/v1"}
        quality = _action(
            "trackers/{tracker_id}/quality", [_field("value", "float")], params=[_param("tracker_id", "int")]
        )
        quality |= {"api": "eco_fleet", "method": "GET", "request_encoding": "query"}
        (source / "catalogue.json").write_text(json.dumps([*actions, raw, quality]), encoding="utf-8")
        reviewed = json.loads((target / "reviewed.json").read_text(encoding="utf-8"))
        reviewed["resources"] |= {"dwh.tracker": "Raw data.", "eco_fleet": "Eco fleet."}
        (target / "reviewed.json").write_text(json.dumps(reviewed), encoding="utf-8")
        Importer(source, target).run()
        files = generate(load(target))
        assert "def dwh(self) -> DwhActions" in files["resources/__init__.py"]
        assert "def tracker(self) -> DwhTrackerActions" in files["resources/dwh.py"]
        assert 'Operation("tracker/raw_data/read", DwhTrackerRawDataReadAnswer, api="dwh"' in " ".join(
            files["resources/dwh_tracker.py"].split()
        ).replace("( ", "(")
        assert 'method="GET", encoding="query"' in files["resources/eco_fleet.py"]
        assert "async def quality(" in files["resources/eco_fleet.py"]


def _change(source: Path, path: str, **facts: Any) -> None:
    """Change documented facts of an action."""
    actions = json.loads((source / "catalogue.json").read_text(encoding="utf-8"))
    next(action for action in actions if action["path"] == path).update(facts)
    (source / "catalogue.json").write_text(json.dumps(actions), encoding="utf-8")


def _action(path: str, fields: list[dict[str, Any]], params: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    return {
        "api": "backend",
        "path": path,
        "method": "POST",
        "section": "depots.md",
        "session": {"kind": "session_or_api_key"},
        "request_encoding": "json",
        "params": params or [],
        "returns": {"kind": "json", "fields": [*fields, _field("success", "bool")]},
        "errors": [201],
        "paginated": None,
        "deprecated": False,
    }


def _field(path: str, kind: str, **facts: Any) -> dict[str, Any]:
    return {"name": path.rpartition(".")[2], "path": path, "type": kind, **facts}


def _param(name: str, kind: str, **facts: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, "required": True, "required_basis": "unmarked", **facts}


def _object(name: str, fields: list[dict[str, Any]], **facts: Any) -> dict[str, Any]:
    return {"name": name, "api": "backend", "section": "depots.md", "fields": fields, **facts}


def test_objects_of_the_openapi_pages_get_names_like_the_others() -> None:
    assert [snake(name) for name in ("#ApiKeyAuthorization", "IotEndpoint", "track_info.regular")] == [
        "api_key_authorization",
        "iot_endpoint",
        "track_info.regular",
    ]
