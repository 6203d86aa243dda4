"""Rules of the audit that need what was read of an account."""

from __future__ import annotations

from datetime import timedelta

from navixy_async.flows import AuditState, audit

from ..support.flows.audited import NOW, endpoint, flow, made


def test_rules_that_need_an_account() -> None:
    content = flow(made("engine_percent * 1.5"))
    day = timedelta(days=1)
    bad = AuditState(
        endpoints=[endpoint()],
        received=["speed"],
        last_data={7: NOW - 2 * day},
        updated={"a": NOW - 200 * day},
        pulled=NOW - 300 * day,
        tested=[],
        logged=[],
        credentials_since={5: NOW - 91 * day},
        now=NOW,
    )
    report = audit({"a": content}, bad)
    assert report.not_checked == {}
    assert [f.rule for f in report.findings if f.rule == "monitoring"] == ["monitoring"] * 2
    assert {f.rule for f in report.findings} == {"monitoring", "review", "backup", "tested", "versions", "rotation"}
    good = AuditState(
        endpoints=[endpoint()],
        received=["engine_percent"],
        last_data={7: NOW},
        updated={"a": NOW - day},
        pulled=NOW,
        tested=["a"],
        logged=["a"],
        credentials_since={5: NOW},
        now=NOW,
    )
    assert audit({"a": content}, good).findings == []


def test_what_was_not_given_is_not_checked_and_said() -> None:
    needed = set(audit({}).not_checked.values())
    assert needed == {
        "endpoints", "received", "last_data", "tested", "updated", "pulled", "logged", "credentials_since"
    }  # fmt: skip
    assert audit({}, AuditState(pulled=NOW)).not_checked["backup"] == "updated"
