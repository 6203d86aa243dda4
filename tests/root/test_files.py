"""Files that travel: their names, and what of them is shown."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from navixy_async.files import Upload, as_upload, file_name, publish_file


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (None, None),
        ("inline", None),
        ('attachment; filename="a b.xlsx"', "a b.xlsx"),
        ("attachment; filename=a.pdf; size=3", "a.pdf"),
        ("attachment; filename=\"x.txt\"; filename*=UTF-8''%C3%BCber.txt", "über.txt"),
        ('attachment; filename="../../etc/passwd"', "passwd"),
        ('attachment; filename="C:\\\\temp\\\\a.kml"', "a.kml"),
        ('attachment; filename=".."', None),
    ],
)
def test_the_name_of_a_file_never_names_a_directory(header: str | None, name: str | None) -> None:
    assert file_name(header) == name


async def chunks(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


def test_an_upload_knows_its_name_and_never_shows_its_content(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("x", encoding="utf-8")
    assert (as_upload(path).file_name, as_upload(b"x").file_name) == ("a.csv", "upload")
    assert "secret" not in repr(Upload(b"secret"))
    assert as_upload(path).repeatable
    assert not as_upload(chunks(b"")).repeatable


def test_a_file_appears_under_its_name_at_once(tmp_path: Path) -> None:
    (tmp_path / "new").write_text("new")
    publish_file(tmp_path / "new", tmp_path / "a" / "b" / "final")
    assert (tmp_path / "a" / "b" / "final").read_text() == "new"
    assert not (tmp_path / "new").exists()
