"""`navixy flows audit` over files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..exit_codes import ExitCode
from ..output import notify, single_line, write, write_json
from .flows import as_sent, flow_files


def audit_files(paths: Sequence[Path], *, is_strict: bool, as_json: bool) -> ExitCode:
    """Print what the audit finds in all files, and what it did not check."""
    from ...flows.audit.audit import audit
    from ...flows.audit.report import AuditState

    files = {str(path): as_sent(content) for path, content in flow_files(paths)}
    tested = [name for name in files if Path(name).with_suffix(".jsonl").is_file()]
    report = audit(files, AuditState(tested=tested))
    severities = [finding.severity for finding in report.findings]
    if as_json:
        counts = {f"{severity}s": severities.count(severity) for severity in ("error", "warning", "notice")}
        write_json({"files": len(files), **counts, "findings": report.findings, "not_checked": report.not_checked})
    else:
        for finding in report.findings:
            write(single_line(finding))
        notify(f"not checked without an account: {'; '.join(report.not_checked)}")
    is_bad = "error" in severities or (is_strict and "warning" in severities)
    return ExitCode.INCOMPLETE if is_bad else ExitCode.OK
