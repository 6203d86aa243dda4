"""Every documented code has its own exception, and the table holds nothing else."""

import json
from pathlib import Path
from typing import Any

import pytest

from navixy_async import codes, errors
from navixy_async.codes import meaning
from navixy_async.errors import Handling

DOCUMENTED = json.loads((Path(__file__).parent.parent / "data" / "errors.json").read_text())


TABLES = {"iot_logic": codes.IOT_LOGIC, "panel": codes.PANEL}


@pytest.mark.parametrize("entry", DOCUMENTED, ids=lambda entry: f"{entry['api']}-{entry['code']}-{entry['http']}")
def test_every_documented_code_has_its_own_exception(entry: dict[str, Any]) -> None:
    api, code, http = entry["api"], entry["code"], entry["http"]
    kind, handling = meaning(api, code, http)
    assert kind is not errors.ApiError
    assert issubclass(kind, errors.ApiError)
    if (api, code, http) not in codes._BY_CODE_AND_STATUS:
        assert (kind, handling) == TABLES.get(api, codes.BACKEND)[code]


def test_the_table_holds_nothing_undocumented() -> None:
    known = {(entry["api"], entry["code"]) for entry in DOCUMENTED}
    known.add(("panel", 294))  # a page of the panel alone tells it
    assert {("backend", code) for code in codes.BACKEND} <= known
    for api, table in TABLES.items():
        assert {(api, code) for code in table.keys() - codes.BACKEND.keys()} <= known


@pytest.mark.parametrize(
    ("code", "http", "kind", "handling"),
    [
        # As IoT Logic 1.1 documents it, since August 2026.
        (1, 500, errors.ServerFault, Handling.RETRY),
        (4, 401, errors.SessionEnded, Handling.LOGIN),
        (7, 400, errors.InvalidRequest, Handling.RAISE),
        (11, 403, errors.AccessDenied, Handling.RAISE),
        (201, 404, errors.NotFound, Handling.RAISE),
        (292, 400, errors.InvalidRequest, Handling.RAISE),
        (294, 400, errors.InvalidRequest, Handling.RAISE),
        # As IoT Logic 1.0 documented it, and as installations may still answer.
        (7, 403, errors.AccessDenied, Handling.RAISE),
        (14, 401, errors.SessionEnded, Handling.LOGIN),
        # Nowhere documented: by code, else by status.
        (3, 401, errors.SessionEnded, Handling.LOGIN),
        (4, 400, errors.SessionEnded, Handling.LOGIN),
        (7, 200, errors.InvalidRequest, Handling.RAISE),
        (7, 401, errors.InvalidRequest, Handling.RAISE),
        (11, 400, errors.AccessDenied, Handling.RAISE),
        (14, 503, errors.ServerFault, Handling.RETRY),
        (14, 200, errors.ServerFault, Handling.RETRY),
        (201, 400, errors.NotFound, Handling.RAISE),
        (292, 422, errors.InvalidRequest, Handling.RAISE),
        (999, 401, errors.SessionEnded, Handling.LOGIN),
        (999, 403, errors.AccessDenied, Handling.RAISE),
        (999, 502, errors.ServerFault, Handling.RETRY),
        (7, 429, errors.RateLimited, Handling.THROTTLE),
    ],
)
def test_both_generations_of_iot_logic(code: int, http: int, kind: type[errors.ApiError], handling: Handling) -> None:
    assert meaning("iot_logic", code, http) == (kind, handling)


def test_one_number_may_mean_several_things() -> None:
    assert meaning("panel", 294, 400) == (errors.InvalidRequest, Handling.RAISE)
    assert meaning("backend", 294, 409)[0] is errors.Conflict, "by status: the backend knows no 294"
    assert meaning("backend", 7, 403)[0] is errors.InvalidRequest, "only IoT Logic gave 7 two meanings"
    assert meaning("backend", 14, 401) == (errors.ServerFault, Handling.RETRY)


def test_a_limit_of_logins_is_no_wrong_password() -> None:
    kinds = {code: meaning("backend", code, 400)[0] for code in (102, 104, 105)}
    assert kinds == {102: errors.WrongLogin, 104: errors.LoginLimitError, 105: errors.LoginLimitError}
    assert not issubclass(errors.LoginLimitError, errors.WrongLogin)


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
