"""What people decided about the documented facts: ``reviewed.json``, the files of ``reviewed/``, ``summaries.tsv``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any


class CatalogueFault(Exception):
    """The catalogue contradicts itself; the message says where."""


def read_review(folder: Path) -> dict[str, Any]:
    """The decisions of reviewers: ``reviewed.json``, the files of ``reviewed/``, and the ``summaries.tsv``.

    Raises:
        CatalogueFault: the same question is decided in two files.
    """
    review: dict[str, Any] = json.loads((folder / "reviewed.json").read_text(encoding="utf-8"))
    for path in sorted((folder / "reviewed").glob("*.json")):
        _add_decisions(review, json.loads(path.read_text(encoding="utf-8")), path.name, ())
    sentences = folder / "summaries.tsv"
    if sentences.exists():
        for line in sentences.read_text(encoding="utf-8").splitlines()[1:]:
            action, summary = line.split("\t")
            entry = review["actions"].setdefault(action, {})
            if "summary" in entry:
                raise CatalogueFault(f"summaries.tsv summarises {action}, and so does a file of the review")
            entry["summary"] = summary
    return review


def _add_decisions(review: dict[str, Any], more: Mapping[str, Any], file: str, above: tuple[str, ...]) -> None:
    """Add what a file decides: several may speak of one object or action, but only one about the same fact."""
    for name, content in more.items():
        known = review.setdefault(name, content)
        if isinstance(known, dict) and isinstance(content, dict) and known is not content:
            _add_decisions(known, content, file, (*above, name))
        elif known is not content:
            raise CatalogueFault(f"{file} decides on {' '.join((*above, name)[1:])}, which is decided elsewhere, too")
