"""Times without offset: read in the zone of the account, told apart by their order, or not taken for UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest

from navixy_async.harvest.answers import layout
from navixy_async.harvest.answers.layout import TIMESTAMP, to_utc
from navixy_async.harvest.answers.local_time import NaiveTimes, localise

from .test_layout import FULL, LAYOUT, body, read_both


@pytest.mark.parametrize("text", ["2023-11-01T04:38:39+05:00", "2023-10-31T23:38:39Z", "2023-10-31 23:38:39+0000"])
def test_every_form_of_offset_is_understood(text: str) -> None:
    moment = read_both(body([{"get_time": text}])).batch.column("time")
    assert moment.type == TIMESTAMP
    assert moment[0].as_py() == datetime(2023, 10, 31, 23, 38, 39, tzinfo=UTC)


@pytest.mark.parametrize("small", [0, 10**6])
def test_times_without_offset_are_not_taken_for_utc(small: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "SMALL", small)
    data = body([FULL | {"get_time": "2026-07-01 12:00:00"}])
    with pytest.raises(NaiveTimes):
        LAYOUT.read(data, "track/read", fixed={"tracker_id": 5})
    rows = LAYOUT.read(data, "track/read", fixed={"tracker_id": 5}, zone=ZoneInfo("Europe/Berlin"))
    assert rows.batch.column("time")[0].as_py() == datetime(2026, 7, 1, 10, tzinfo=UTC)


def test_the_hour_that_happens_twice_is_told_apart_by_order() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    truth = [datetime(2026, 10, 24, 23, 30, tzinfo=UTC) + timedelta(minutes=20 * step) for step in range(9)]
    written = pa.array([moment.astimezone(berlin).strftime("%Y-%m-%d %H:%M:%S") for moment in truth])
    assert to_utc(written, berlin).to_pylist() == truth


def test_mixed_times_keep_the_offsets_that_they_have() -> None:
    moments = [datetime(2026, 7, 1, 12, tzinfo=UTC), datetime(2026, 7, 1, 14, 30)]
    expected = [datetime(2026, 7, 1, 12, tzinfo=UTC), datetime(2026, 7, 1, 12, 30, tzinfo=UTC)]
    assert list(localise(moments, ZoneInfo("Europe/Berlin"))) == expected
    texts = pa.array(["2026-07-01T12:00:00Z", "2026-07-01 14:30:00"])
    assert to_utc(texts, ZoneInfo("Europe/Berlin")).to_pylist() == expected
    with pytest.raises(NaiveTimes):
        to_utc(texts, None)
