"""`navixy flows pull|diff|push|restore` against the embedded platform."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from navixy_async.testing import PlatformProcess

from .conftest import Run, one_sentence
from .test_flows_app import GOOD
from .test_harvest import FLEET, QUICK, SPEC


@pytest.fixture(scope="module")
def process() -> Iterator[PlatformProcess]:
    with PlatformProcess(SPEC, QUICK) as running:
        yield running


@pytest.fixture
def folder(process: PlatformProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NAVIXY_API_KEY", FLEET.api_key)
    monkeypatch.setenv("NAVIXY_URL", process.base_url)
    monkeypatch.chdir(tmp_path)
    return Path("fleet")


def test_flows_are_pulled_changed_and_pushed(folder: Path, run: Run) -> None:
    flow: dict[str, Any] = json.loads(json.dumps(GOOD))
    flow["nodes"][0]["data"]["source_ids"] = []
    endpoint = {
        "title": "Broker", "type": "output_mqtt_client",
        "properties": {
            "protocol": "NGP", "domain": "broker.example.com", "port": 8883, "client_id": "client-of-fleet", "qos": 1,
            "topics": ["fleet/raw"], "version": "5.0", "use_ssl": True, "mqtt_auth": True, "user_name": "fleet",
            "user_password": "broker-Passw0rd!",
        },
    }  # fmt: skip
    made = run("call", "iot/logic/flow/endpoint/create", json.dumps({"endpoint": endpoint}))
    number = json.loads(made.out)["id"]
    flow["nodes"][2]["data"] = {
        "title": "Out",
        "output_endpoint_type": "output_mqtt_client",
        "output_endpoint_id": number,
    }
    assert run("call", "iot/logic/flow/create", json.dumps({"flow": flow})).code == 0
    pulled = run("flows", "pull", folder)
    assert pulled.code == 0
    files = [Path(line) for line in pulled.out.splitlines()]
    assert files
    assert all(file.is_file() for file in files)
    (file,) = (file for file in files if "speed > 90" in file.read_text())
    assert "endpoint:" in file.read_text()
    linted = run("flows", "lint", folder)
    assert (linted.code, linted.out) == (0, "")
    assert run("flows", "diff", folder).out == ""
    file.write_text(file.read_text().replace("speed > 90", "speed > 80"))
    changes = run("flows", "diff", folder)
    assert "speed > 90" in changes.out
    assert "speed > 80" in changes.out
    assert len(json.loads(run("flows", "diff", folder, "--json").out)["changes"]) == 1
    one_sentence(run("flows", "pull", folder), "was changed since the last pull", "--force", code=1)
    pushed = run("flows", "push", folder)
    assert (pushed.code, f"updated\tflows/{file.stem}\n" in pushed.out) == (0, True)
    assert run("flows", "diff", folder).out == ""
    file.write_text(file.read_text().replace("speed > 80", "speed >"))
    one_sentence(run("flows", "push", folder), "parsing error", code=1)
    assert run("flows", "pull", folder, "--force").code == 0
    restored = json.loads(run("flows", "restore", folder, "--json").out)
    assert (restored["created"], restored["updated"]) == ([], [])
    assert f"flows/{file.stem}" in restored["unchanged"]


def test_a_directory_is_needed(folder: Path, run: Run) -> None:
    one_sentence(run("flows", "push", folder))
    one_sentence(run("flows", "diff", folder))
