"""The table of all documented actions: ``catalogue/index.tsv``, one line each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

COLUMNS = ("path", "api", "method", "encoding", "session", "replay", "cap", "why", "device")


@dataclass(frozen=True, slots=True)
class ActionRow:
    """What is needed to send an action.

    `why` gives the reason for a replay class that the verb does not explain; `device` is ``command`` where the action
    makes the platform send something to a device, which is never repeated blindly, whoever asks for that.
    """

    path: str
    api: str
    method: str
    encoding: str
    session: str
    replay: str
    cap: str = ""
    why: str = ""
    device: str = ""


def read_table(path: Path) -> dict[str, ActionRow]:
    """The table by path of the action."""
    rows: dict[str, ActionRow] = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        cells = [cell.strip() for cell in line.split("\t")]
        row = ActionRow(*cells)
        rows[row.path] = row
    return rows


def read_aliases(path: Path) -> dict[str, tuple[str, str]]:
    """Further paths of actions: the action that each stands for, and ``renamed`` or ``both``.

    A renamed action had that path before; of the others the documents print both.
    """
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:])
    return {alias: (action, why) for alias, action, why in rows}


def write_aliases(path: Path, rows: list[tuple[str, str, str]]) -> None:
    """Write further paths of actions."""
    lines = ["alias\taction\twhy", *("\t".join(row) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_table(path: Path, rows: list[ActionRow]) -> None:
    """Write the table, ordered by interface and path, so that a change is a changed line."""
    lines = ["\t".join(COLUMNS)]
    lines += ["\t".join(getattr(row, column) for column in COLUMNS).rstrip("\t") for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
