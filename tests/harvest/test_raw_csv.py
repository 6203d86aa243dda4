"""Raw messages as CSV: odd values, and rows with too few or too many."""

from __future__ import annotations

import json

import pytest

from ..support.harvest.odd_answers import NASTY
from .test_odd_rows import fetched, gaps_of

HEAD = b"msg_time,server_time,lat,event_id,mn_name,inputs.a,states.s,flags.f\n"

CELLS = (b"2026-03-16T10:0%d:00Z", b"2026-03-16T11:00:00Z", b"1.5", b"3", b"Net", b"7", b"on", b"true")


@pytest.mark.parametrize("place", range(len(CELLS)))
def test_raw(place: int) -> None:
    def body(value: bytes | None) -> bytes:
        rows = []
        for number in range(4):
            cells = [CELLS[0] % number, *CELLS[1:]]
            if value is not None and number == 2:
                cells[place] = b'"' + value.replace(b'"', b'""') + b'"'
            rows.append(b",".join(cells) + b"\n")
        return HEAD + b"".join(rows)

    honest = fetched("raw", {"tracker/raw_data/read": body(None)}, (8,)).batch.to_pylist()
    values = [*NASTY, b"Caf\xe9", b"nan", b"abc", b'x"y', b"a\nb", b"\x00", b"12.5.2026", b"5.0", b"5.5"]
    for value in values:
        found = fetched("raw", {"tracker/raw_data/read": body(value)}, (8,))
        found.batch.validate(full=True)
        rows = found.batch.to_pylist()
        assert [row for row in rows if row["time"].minute != 2 and row in honest] == [*honest[:2], *honest[3:]]
        mine = [row for row in rows if row["time"].minute == 2]
        name = ("time", "server_time", "lat", "event_id", "mn_name", "inputs", "states", "flags")[place]
        if name == "time":
            assert mine or gaps_of(found, 8) or b"2026" in value
        else:
            assert mine[0][name] is not None or gaps_of(found, 8) or not value.strip()
        for column in ("inputs", "states", "flags"):
            assert all(
                isinstance(json.loads(row[column], parse_int=str), dict) for row in rows if row[column] is not None
            )


def test_raw_rows_with_too_few_or_too_many_values_are_set_aside() -> None:
    good = [b",".join([CELLS[0] % number, *CELLS[1:]]) + b"\n" for number in range(4)]
    body = HEAD + good[0] + b"1,2,3\n" + good[1] + good[2] + good[2].strip() + b",9\n" + good[3]
    found = fetched("raw", {"tracker/raw_data/read": body}, (8,))
    assert [row["time"].minute for row in found.batch.to_pylist()] == [0, 1, 2, 3]
    assert [(part.start.minute, part.end.minute) for part in gaps_of(found, 8)] == [(0, 1), (2, 3)]
