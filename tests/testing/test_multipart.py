"""Forms are read up to the file."""

from __future__ import annotations

import pytest

from navixy_async.testing.multipart import read_form
from navixy_async.testing.wire import WireError


def test_forms_are_read_up_to_the_file() -> None:
    body = (
        b'--B\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'
        b'--B\r\nContent-Disposition: form-data; name="file"; filename="x.bin"\r\n'
        b"Content-Type: application/octet-stream\r\n\r\n\x00\r\n\xff\r\n"
        b'--B\r\nContent-Disposition: form-data; name="late"\r\n\r\n2\r\n--B--\r\n'
    )
    form = read_form("multipart/form-data; boundary=B", body)
    assert form.fields == {"a": "1"}
    assert form.files["file"].content == b"\x00\r\n\xff"
    assert form.ignored == ("late",)
    for wrong in (b"", b"nothing", b"--B\r\n"):
        with pytest.raises(WireError):
            read_form("multipart/form-data; boundary=B", wrong)
    with pytest.raises(WireError):
        read_form("multipart/form-data", body)
