"""Generated docstrings are wrapped with their indentation."""

from __future__ import annotations

from navixy_async.api.codegen.writer.text import WIDTH, docstring


def test_docstrings_are_wrapped_with_their_indentation() -> None:
    lines = docstring(["Short.", "", "Args:", "    name: " + "word " * 40], "        ")
    assert max(map(len, lines)) <= WIDTH
    assert lines[0] == '        """Short.'
    assert lines[4].startswith("                word")
    assert docstring(["One line."], "    ") == ['    """One line."""']
