"""Every documented code becomes a typed exception that carries what the answer told."""

import ast
import copy
import pickle
from datetime import timedelta
from pathlib import Path

import pytest

import navixy_async
from navixy_async import errors
from navixy_async.codes import error_of
from navixy_async.errors import Handling


def test_an_error_carries_what_the_client_is_to_do() -> None:
    assert error_of("backend", 8, "Queue is full").handling is Handling.RETRY
    assert error_of("backend", 201, "Not found").handling is Handling.RAISE
    assert error_of("iot_logic", 14, "Session ended", http_status=401).handling is Handling.LOGIN
    gateway = error_of("backend", 0, "Unauthorized", http_status=401)
    assert (type(gateway), gateway.handling) == (errors.SessionEnded, Handling.RETRY), "a gateway ends no session"
    assert error_of("backend", 0, "", http_status=401, from_platform=True).handling is Handling.LOGIN
    assert error_of("backend", 0, "", http_status=429).handling is Handling.THROTTLE
    assert pickle.loads(pickle.dumps(gateway)).handling is Handling.RETRY
    assert errors.NotFound(201, "Not found").handling is Handling.RAISE


def test_an_error_tells_all_it_knows() -> None:
    error = errors.InvalidRequest(
        7,
        "Invalid parameters",
        http_status=400,
        operation="track/read",
        attempts=2,
        extra={"errors": [{"parameter": "from", "error": "must be before to"}]},
    )
    assert str(error) == (
        "track/read answered code 7 (HTTP 400): Invalid parameters [from: must be before to], after 2 attempts"
    )
    assert error.errors == [{"parameter": "from", "error": "must be before to"}]
    for twin in (copy.copy(error), pickle.loads(pickle.dumps(error))):
        assert (type(twin), str(twin), twin.extra) == (type(error), str(error), error.extra)


def test_members_by_code_are_reachable() -> None:
    flow = errors.InvalidRequest(292, "IoT Flow Invalid", extra={"errors": [{"node_ids": [3, 5]}, {"node_ids": [5]}]})
    assert flow.node_ids == [3, 5]
    formula = errors.InvalidRequest(
        292,
        "IoT Flow Invalid",
        operation="iot/logic/flow/create",
        extra={"errors": [{"node_ids": [2], "parameters": ["data.condition"], "message": "The formula is invalid"}]},
    )
    assert (formula.node_ids, formula.parameters) == ([2], ["data.condition"])
    assert str(formula).endswith("IoT Flow Invalid [node 2, data.condition: The formula is invalid]")
    old = errors.InvalidRequest(7, "", extra={"errors": [{"parameter": "device_id", "error": "wrong"}]})
    assert old.parameters == ["device_id"]
    clones = errors.Conflict(253, "Device has clones", extra={"list": [234651]})
    assert clones.ids == [234651]
    linked = errors.Conflict(203, "Delete entity associated with", extra={"rules": [10], "vehicles": [11]})
    assert linked.ids == [10, 11]
    assert errors.NotFound(201, "Not found").ids == []


@pytest.mark.parametrize("odd", [None, 5, "x", True, {"a": 1}, [[1]], [None, "x", {}, True, 2.5]])
@pytest.mark.parametrize("member", ["errors", "node_ids", "parameters", "parameter", "field_id", "error", "message"])
def test_odd_lists_of_faults_spoil_no_error(member: str, odd: object) -> None:
    extra = {"errors": odd} if member == "errors" else {"errors": [{member: odd}, {"node_ids": [4], "parameter": "x"}]}
    error = errors.InvalidRequest(292, "IoT Flow Invalid", extra=extra)
    assert "IoT Flow Invalid" in str(error)
    assert all(type(node) is int for node in error.node_ids)
    assert all(type(name) is str for name in error.parameters)
    if member != "errors":
        assert 4 in error.node_ids
        assert "x" in error.parameters


@pytest.mark.parametrize(
    ("member", "span"),
    [
        ("P90D", timedelta(days=90)),
        ("26 hours", timedelta(hours=26)),
        ("for ever", None),
        (None, None),
        (12, None),
    ],
)
def test_the_longest_span_is_read_from_either_form(member: object, span: timedelta | None) -> None:
    extra = {} if member is None else {"max_time_span": member}
    assert errors.SpanTooBig(211, "Requested time span is too big", extra=extra).max_time_span == span


def test_a_wait_that_is_too_long_names_both_times() -> None:
    error = errors.RateLimitWaitTooLong(12.34, 2.0, operation="tracker/list")
    assert "about 12.3 s" in str(error)
    assert "2.0 s are left" in str(error)
    assert isinstance(error, TimeoutError)


def test_every_error_stands_in_the_tree_and_at_the_root() -> None:
    package = Path(errors.__file__).parent
    elsewhere = [
        f"{path.relative_to(package)}: {node.name}"
        for path in sorted(package.rglob("*.py"))
        if path.name not in ("errors.py", "base_errors.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ClassDef)
        and {base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", "") for base in node.bases}
        & set(errors.__all__)
    ]
    assert not elsewhere
    defined = {name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, Exception)}
    assert defined == set(errors.__all__)
    for name in defined:
        assert f"\u2500 {name} " in f"{errors.__doc__} \u2500 NavixyError ".replace("\n", " \n"), name
        assert getattr(navixy_async, name) is getattr(errors, name)
        assert getattr(errors, name).__module__ == "navixy_async.errors"


def test_the_former_places_of_errors_still_work() -> None:
    from navixy_async import harvest, paging
    from navixy_async.harvest import sinks
    from navixy_async.harvest.state import ledger

    assert (paging.PagingError, paging.HistoryIncomplete) == (errors.PagingError, errors.HistoryIncomplete)
    assert harvest.WriteFailed is sinks.WriteFailed is errors.WriteFailed
    assert ledger.HarvestDamaged is errors.HarvestDamaged  # type: ignore[attr-defined] # kept until 0.3
    damaged = errors.HarvestDamaged("the manifest is not JSON", "manifest.json")
    assert damaged.path == damaged.place == "manifest.json"
