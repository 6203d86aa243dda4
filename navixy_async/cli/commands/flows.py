"""`navixy flows lint|draw|test|explain` over files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from ...errors import InvalidInput
from ..exit_codes import ExitCode, Incomplete
from ..output import notify, single_line, write, write_json

if TYPE_CHECKING:
    from ...flows.simulation.dry_run import SimulationSummary

_LARGEST = 64 << 20
"""Bytes of one file; a flow has kilobytes."""


_ENDPOINT_NAME = re.compile(rb'("output_endpoint_id"\s*:\s*)("endpoint:[^"\\]*")')


def flow_files(paths: Sequence[Path]) -> list[tuple[Path, bytes]]:
    """The files with their content: those that are named, and of directories those that hold a flow or no JSON."""
    found: dict[Path, bytes] = {}
    for path in paths:
        if not path.is_dir():
            found[path] = read_file(path)
            continue
        folder = path / "flows" if (path / ".state.json").is_file() else path  # a pull keeps old versions beside it
        inside = [file for file in sorted(folder.rglob("*.json")) if not _is_hidden(file, path) and file.is_file()]
        contents = {file: read_file(file) for file in inside}
        flows = {file: content for file, content in contents.items() if _may_be_flow(content)}
        if not flows:
            raise InvalidInput(f"no file of {path} holds a flow")
        found.update(flows)
    return list(found.items())


def read_file(path: Path) -> bytes:
    """The content of a file. Raises InvalidInput if there is none."""
    try:
        if path.stat().st_size > _LARGEST:
            raise InvalidInput(f"{path} is larger than 64 MiB: that is no flow")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise InvalidInput(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}") from None


def as_sent(content: bytes) -> bytes:
    """A pulled flow with a number in place of an endpoint's name, so that it can be checked; no column moves."""
    return _ENDPOINT_NAME.sub(lambda found: found[1] + b"0".ljust(len(found[2])), content)


def _is_hidden(file: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(folder).parts)


def _may_be_flow(content: bytes) -> bool:
    try:
        value: Any = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return True
    for member in ("value", "flow"):
        if isinstance(value, Mapping) and "nodes" not in value and isinstance(value.get(member), Mapping):
            value = value[member]
    return isinstance(value, Mapping) and "nodes" in value


def lint(paths: Sequence[Path], *, is_strict: bool, as_json: bool) -> ExitCode:
    """Print the findings of all files."""
    from ...flows.keys import without_keys
    from ...flows.positions import Positions
    from ...flows.validate.check import check

    files = flow_files(paths)
    rows: list[dict[str, Any]] = []
    for path, content in files:
        findings = check(as_sent(content))
        positions = Positions(content.decode("utf-8", "replace")) if findings else None
        for finding in findings:
            line, column = positions.of_finding(finding) if positions else (1, 1)
            severity = "error" if finding.sure or finding.stage == "shape" else "warning"
            row = {"file": str(path), "line": line, "column": column, "severity": severity, "rule": finding.rule}
            message = f"{finding.message}: {finding.detail}" if finding.detail else finding.message
            rows.append({**row, "message": without_keys(message), "node_ids": finding.node_ids})
    errors = sum(row["severity"] == "error" for row in rows)
    if as_json:
        write_json({"files": len(files), "errors": errors, "warnings": len(rows) - errors, "findings": rows})
    for row in () if as_json else rows:
        where = f"{row['file']}:{row['line']}:{row['column']}"
        write(single_line(f"{where}: {row['severity']}: {row['message']} [{row['rule']}]"))
    return ExitCode.INCOMPLETE if errors or (is_strict and rows) else ExitCode.OK


def draw_file(path: Path, form: Any, out: Path | None, messages: Path | None) -> None:
    """Print the picture of a flow, or write it to a file."""
    from ...flows.drawing.draw import draw
    from ...flows.validate.check import check

    content = read_file(path)
    findings = check(as_sent(content))
    unread = next((finding.message for finding in findings if finding.stage == "shape"), None)
    if unread is not None and not any(finding.stage != "shape" for finding in findings):
        raise Incomplete(f"{path}: {unread}")
    summary = None if messages is None else _simulated(path, content, messages)
    picture = draw(content, form, findings=findings, summary=summary, title=path.stem)
    if out is None:
        write(picture.rstrip("\n"))
    else:
        out.write_text(picture, encoding="utf-8")


def try_file(path: Path, messages: Path, *, is_strict: bool, as_json: bool) -> ExitCode:
    """Print what a dry run of the messages came to."""
    summary = _simulated(path, read_file(path), messages)
    branches = {f"{number} {branch}": count for (number, branch), count in sorted(summary.branches.items())}
    never = [f"{number} {branch}" for number, branch in summary.branches_never_taken]
    if as_json:
        write_json(
            {
                "messages": summary.messages,
                "without_output": summary.without_output,
                "nodes": {str(number): count for number, count in sorted(summary.arrivals.items())},
                "branches": branches,
                "effects": dict(sorted(summary.effects.items())),
                "branches_never_taken": never,
                "attributes_never_seen": summary.attributes_never_seen,
            }
        )
    else:
        write(f"messages\t{summary.messages}\nwithout output\t{summary.without_output}")
        for name, counts in (("node", dict(sorted(summary.arrivals.items()))), ("branch", branches)):
            for key, count in counts.items():
                write(f"{name} {key}\t{count}")
        for name, count in sorted(summary.effects.items()):
            write(f"effect {single_line(name)}\t{count}")
        for branch in never:
            write(f"branch never taken\t{branch}")
        for attribute in summary.attributes_never_seen:
            write(f"attribute never seen\t{single_line(attribute)}")
    return ExitCode.INCOMPLETE if is_strict and (summary.without_output or never) else ExitCode.OK


def explain(text: str, attributes: Mapping[str, object], *, as_json: bool) -> None:
    """Print an expression with every intermediate value."""
    from ...flows.expressions.errors import FormulaError
    from ...flows.expressions.expression import Expression

    try:
        expression = Expression(text)
    except FormulaError as error:
        raise Incomplete(error.message) from None
    found = expression.explain(attributes)
    if as_json:
        doubts = [{"line": doubt.line, "column": doubt.column, "message": doubt.text} for doubt in expression.doubts]
        answer = {"type": found.type, "value": found.value, "why": found.why, "doubts": doubts}
        write_json(msgspec.to_builtins({**answer, "explanation": str(found).splitlines()}))
        return
    write(str(found))
    for doubt in expression.doubts:
        notify(f"{doubt.line}:{doubt.column}: {doubt.text}")


def _simulated(path: Path, content: bytes, messages: Path) -> SimulationSummary:
    from ...flows.expressions.errors import FormulaError
    from ...flows.simulation.dry_run import simulate

    try:
        return simulate(as_sent(content), _messages(messages)).run()
    except FormulaError as error:
        raise Incomplete(f"{path}: {error}") from None


def _messages(path: Path) -> Iterator[dict[str, Any]]:
    """The messages of a file, read line by line."""
    decoder = msgspec.json.Decoder(dict[str, Any])
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                try:
                    yield decoder.decode(line)
                except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
                    raise InvalidInput(f"{path}:{number}: a message is one JSON object on a line") from None
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read: {error.strerror or error}") from None
