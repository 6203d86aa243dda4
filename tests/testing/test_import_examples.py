"""The examples that answers are made of hold no secret and no prose."""

from __future__ import annotations

import re

from navixy_async.testing.facts import EXAMPLES
from navixy_async.testing.import_examples import HASH, LONGEST


def test_no_secrets_and_no_prose_in_the_examples() -> None:
    held = EXAMPLES.read_text("utf-8")
    assert len(held) < 1_000_000
    assert set(re.findall(r"[0-9a-f]{32,}", held)) <= {HASH}
    assert "AKIA" not in held
    assert not [text for text in re.findall(r'"((?:[^"\\]|\\.)*)"', held) if len(text.split()) > LONGEST]
