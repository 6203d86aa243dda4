"""The body decides first, the HTTP status second."""

import json
from typing import Any

import pytest

from navixy_async import errors
from navixy_async.operations import Operation, Replay
from navixy_async.transport.answer import Answer
from navixy_async.transport.envelope import read_failure

LIST: Operation[Any] = Operation("tracker/list", dict, replay=Replay.READ)


def answer(body: bytes | object, status: int = 200, content_type: str = "application/json", **more: Any) -> Answer:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Answer(status=status, reason="Reason", content_type=content_type, body=raw, **more)


def failure(*args: Any, operation: Operation[Any] = LIST, **kwargs: Any) -> Any:
    return read_failure(operation, answer(*args, **kwargs), attempts=1)


@pytest.mark.parametrize(
    "body",
    [
        b'{"success": true, "list": []}',
        b'{"list": []}',
        b' \n{"success":true}\n',
        b"[]",
        b'{"success": true, "value": {"success": false}}',
        b'{"value": {"note": "\\"success\\": false"}}',
    ],
)
def test_successes(body: bytes) -> None:
    assert failure(body) is None


def test_errors_inside_http_200_are_errors() -> None:
    error = failure(b'{"success" :\n false, "status": {"code": 208, "description": "Device blocked"}}')
    assert type(error) is errors.TrackerBlocked
    assert (error.code, error.http_status, error.operation) == (208, 200, "tracker/list")


def test_members_beside_the_status_are_kept() -> None:
    body = {"success": False, "status": {"code": 211, "description": "x"}, "max_time_span": "P90D"}
    error = failure(body, 400)
    assert type(error) is errors.SpanTooBig
    assert error.extra == {"max_time_span": "P90D"}


def test_other_error_forms() -> None:
    form = failure({"success": False, "error": {"code": 201, "message": "Application not found"}}, 400)
    assert (type(form), form.description) == (errors.NotFound, "Application not found")
    text = failure({"success": False, "error": "went wrong"}, 500)
    assert (type(text), text.description) == (errors.ServerFault, "went wrong")
    problem = failure(
        {"type": "about:blank", "title": "Bad Request", "status": 400, "detail": "columns are missing"},
        400,
        "application/problem+json",
        operation=Operation("tracker/raw_data/read", dict, api="dwh"),
    )
    assert (type(problem), problem.description, problem.code) == (errors.InvalidRequest, "columns are missing", 0)


def test_a_gateways_page_is_an_error_by_its_status() -> None:
    error = failure(b"<html>502</html>", 502, "text/html")
    assert (type(error), error.http_status, error.description) == (errors.ServerFault, 502, "Reason")
    assert type(failure(b"", 429, "text/html", retry_after=7.0)) is errors.RateLimited
    assert failure(b"", 429, retry_after=7.0).retry_after == 7.0


@pytest.mark.parametrize(
    "body", [b"", b"   ", b'{"success": true, "list": [1,', b"<html>hello</html>", b"null", b"true"]
)
def test_a_200_that_is_no_whole_json_is_a_transport_error(body: bytes) -> None:
    assert type(failure(body)) is errors.UnreadableAnswer


def test_a_cut_error_inside_200_is_a_transport_error() -> None:
    assert type(failure(b'{"success": false, "status": {"co')) is errors.UnreadableAnswer


def test_files_are_successes_but_an_error_in_place_of_one_is_not() -> None:
    download: Operation[Any] = Operation("track/download", dict)
    assert failure(b"<kml/>", 200, "application/vnd.google-earth.kml+xml", operation=download) is None
    assert failure(b"", 200, "text/csv", operation=download) is None
    refused = {"success": False, "status": {"code": 208, "description": "Device blocked"}}
    assert type(failure(refused, 200, operation=download)) is errors.TrackerBlocked


def test_redirects_are_named_and_not_followed() -> None:
    error = failure(b"", 302, location="https://elsewhere.example/v2")
    assert type(error) is errors.UnexpectedRedirect
    assert "https://elsewhere.example/v2" in str(error)
