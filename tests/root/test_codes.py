"""Every documented code has its own exception, and the table holds nothing else."""

import json
from pathlib import Path

import pytest

from navixy_async import codes, errors
from navixy_async.codes import meaning
from navixy_async.errors import Handling

DOCUMENTED = json.loads((Path(__file__).parent.parent / "data" / "errors.json").read_text())


@pytest.mark.parametrize("entry", DOCUMENTED, ids=lambda entry: f"{entry['api']}-{entry['code']}")
def test_every_documented_code_has_its_own_exception(entry: dict[str, object]) -> None:
    table = codes.IOT_LOGIC if entry["api"] == "iot_logic" else codes.BACKEND
    kind, handling = table[entry["code"]]  # type: ignore[index]
    assert kind is not errors.ApiError
    assert issubclass(kind, errors.ApiError)
    assert meaning(str(entry["api"]), int(str(entry["code"])), int(str(entry["http"]))) == (kind, handling)


def test_the_table_holds_nothing_undocumented() -> None:
    known = {(entry["api"], entry["code"]) for entry in DOCUMENTED}
    assert {("backend", code) for code in codes.BACKEND} <= known
    assert {("iot_logic", code) for code in codes.IOT_LOGIC.keys() - codes.BACKEND.keys()} <= known


def test_what_the_client_does_by_itself() -> None:
    retried = {code for code, (_, handling) in codes.BACKEND.items() if handling is Handling.RETRY}
    assert retried == {1, 6, 8, 14}
    assert {code for code, (_, handling) in codes.BACKEND.items() if handling is Handling.LOGIN} == {3, 4}
    assert {code for code, (_, handling) in codes.BACKEND.items() if handling is Handling.THROTTLE} == {15}
    assert meaning("iot_logic", 14, 401) == (errors.SessionEnded, Handling.LOGIN)
    assert meaning("iot_logic", 7, 403)[0] is errors.AccessDenied


def test_unknown_codes_fall_back_to_the_http_status() -> None:
    assert meaning("backend", 0, 502) == (errors.ServerFault, Handling.RETRY)
    assert meaning("backend", 999, 404)[0] is errors.NotFound
    assert meaning("dwh", 0, 401) == (errors.SessionEnded, Handling.LOGIN)
    assert meaning("backend", 999, 418)[0] is errors.ApiError
    assert meaning("backend", 7, 429) == (errors.RateLimited, Handling.THROTTLE), "429 is the limiter's in any case"
