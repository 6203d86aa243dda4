"""The audit of endpoints."""

from __future__ import annotations

from typing import Any

import pytest

from navixy_async.flows import AuditState, audit

from ..support.flows.audited import endpoint, flow


@pytest.mark.parametrize(
    ("endpoints", "found"),
    [
        ([endpoint()], set()),
        ([], {"endpoints"}),
        ([{**endpoint(), "status": "suspend"}], {"endpoints", "unused_endpoints"}),
        ([endpoint(), endpoint(6)], {"unused_endpoints"}),
        ([endpoint(), {"id": 1, "type": "output_default"}], set()),
        ([endpoint(use_ssl=False)], {"encryption"}),
        ([endpoint(port=1883)], {"encryption"}),
        ([endpoint(mqtt_auth=False)], {"passwords"}),
        ([endpoint(user_password="short")], {"passwords"}),
        ([endpoint(user_password="fleet-user-of-us", user_name="fleet-user-of-us")], {"passwords"}),
        ([endpoint(client_id="abc")], {"client_ids"}),
        ([endpoint(topics=[])], {"topics"}),
        ([endpoint(topics=["fleet/#"])], {"topics"}),
        ([endpoint(topics=["fleet"])], {"topics"}),
        (
            [
                endpoint(),
                endpoint(6, user_password="long-password-5", client_id="client-id-5", topics=["fleet/data/5"]),
            ],
            {"unused_endpoints", "passwords", "client_ids", "topics"},
        ),
    ],
)
def test_rules_of_endpoints(endpoints: list[dict[str, Any]], found: set[str]) -> None:
    state = AuditState(endpoints=endpoints)
    assert "password" not in repr(state)
    report = audit({"a": flow()}, state)
    assert {finding.rule for finding in report.findings} == found
    for one in endpoints:
        for finding in report.findings:
            assert one.get("properties", {}).get("user_password", "?" * 99) not in str(finding)
