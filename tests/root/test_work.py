"""The former name of the helpers works for one more release."""

from __future__ import annotations

from navixy_async import helpers, testing, work


def test_the_former_room_has_what_it_had() -> None:
    assert work.__all__ == ["BatchResult", "Batches", "ImportDone", "Imports", "Reports"]
    for name in work.__all__:
        assert getattr(work, name) is getattr(helpers, name)


def test_the_former_name_of_a_sample_of_a_sensor() -> None:
    assert testing.SensorValue is testing.SensorSample
    assert {"SensorSample", "SensorValue"} <= set(testing.__all__)
