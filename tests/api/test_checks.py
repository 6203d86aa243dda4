"""What typed methods refuse before anything is sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from msgspec import UNSET

from navixy_async.api.resources import Resources
from navixy_async.api.resources.panel import PanelActions
from navixy_async.api.runtime import checks
from navixy_async.errors import InvalidInput

from ..support.api import FakeCaller
from .test_resource import END, START, surface


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("call", "sentence"),
        [
            (lambda fleet: fleet.track.read(1, START, END, point_limit=1), r"point_limit is 1, but must be 2 to 3000"),
            (lambda fleet: fleet.track.list(1, START, END, point_limit=3001), r"must be 2 to 3000"),
            (lambda fleet: fleet.track.list(1, END, START), r"to \(2024-03-01.*\) must be after from_"),
            (lambda fleet: fleet.track.list(1, START, START), r"must be after from_"),
            (lambda fleet: fleet.track.read(1, datetime(2024, 3, 1), END), r"from_ is a naive datetime"),
            (
                lambda fleet: PanelActions(fleet._caller).user.transaction.list(1, START, END),
                r"from_ has a time zone .*, but the panel reads times in the operator's zone",
            ),
            (
                lambda fleet: fleet.tracker.get_states(range(2001)),
                r"trackers has 2001 items, but must have at most 2000",
            ),
            (lambda fleet: fleet.tracker.get_states("12"), r"trackers must be a list, not str"),
            (lambda fleet: fleet.tracker.get_states(12), r"trackers must be a list, not int"),
            (lambda fleet: fleet.tracker.list(labels=[]), r"labels has 0 items, but must have 1 to 1024"),
            (lambda fleet: fleet.tracker.list(labels=["a", "b" * 61]), r"item 1 of labels has 61 characters"),
            (lambda fleet: fleet.tracker.list(labels=["a", "a"]), r"labels contains an item twice"),
            (lambda fleet: fleet.tracker.group.create(title="", color="FF0000"), r"title has 0 characters, .* 1 to 60"),
            (lambda fleet: fleet.user.settings.ui.read("k" * 51), r"key has 51 characters, but must have 1 to 50"),
            (lambda fleet: fleet.api.key.create("t" * 256), r"title has 256 characters, but must have at most 255"),
        ],
    )
    async def test_with_the_bound_and_before_anything_is_sent(self, call: Any, sentence: str) -> None:
        fleet, caller = surface()
        with pytest.raises(InvalidInput, match=sentence):
            await call(fleet)
        assert caller.calls == []

    async def test_pagers_refuse_at_once(self) -> None:
        fleet, _ = surface()
        with pytest.raises(InvalidInput, match="must be after from_"):
            fleet.history.tracker.list([1], END, START)
        with pytest.raises(InvalidInput, match="offset is -1, but must be at least 0"):
            fleet.user.audit.log.list(START, END, 10, offset=-1)

    async def test_no_sentence_holds_a_secret(self) -> None:
        fleet, caller = surface()
        with pytest.raises(InvalidInput) as refused:
            await fleet.user.password.change("hunter2")
        assert "hunter2" not in str(refused.value)
        assert str(refused.value) == "password has 7 characters, but must have 12 to 20"
        assert caller.calls == []

    async def test_bounds_of_the_platforms_own_settings_are_left_to_it(self) -> None:
        fleet, caller = surface(b'{"list": []}')
        await fleet.history.tracker.list([1], START, END, limit=5000)
        assert caller.sent["limit"] == 5000

    def test_parameters_that_exclude_each_other(self) -> None:
        checks.exactly_one(a=1, b=UNSET)
        for params in ({"a": UNSET, "b": UNSET}, {"a": 1, "b": 2}):
            with pytest.raises(InvalidInput, match="give exactly one of a, b"):
                checks.exactly_one(**params)
        checks.at_least_one(a=None, b=UNSET)
        with pytest.raises(InvalidInput, match="give at least one of a, b"):
            checks.at_least_one(a=UNSET, b=UNSET)

    def test_what_is_not_given_is_not_checked(self) -> None:
        checks.check_range("x", UNSET, least=1)
        checks.check_range("x", None, least=1)
        checks.check_length("x", UNSET, least=1)
        assert checks.as_list("x", UNSET, least=1) is UNSET
        assert checks.as_list("x", None, least=1) is None


class TestParametersOfPlugins:
    NAMED: dict[str, Any] = {"label": "Courier", "group_id": 0, "model": "pt10", "plugin_id": 37}  # noqa: RUF012

    async def register(self, **plugin_params: Any) -> dict[str, Any]:
        caller = FakeCaller(b'{"success": true, "value": {"id": 7}}')
        await Resources(caller).tracker.register(**self.NAMED, plugin_params=plugin_params)
        return caller.sent

    async def test_are_sent_beside_those_that_have_a_name(self) -> None:
        assert await self.register(sim_operator="x", slots=2) == {**self.NAMED, "sim_operator": "x", "slots": 2}

    @pytest.mark.parametrize("name", ["model", "hash"])
    async def test_are_refused_where_they_mean_something_else(self, name: str) -> None:
        with pytest.raises(InvalidInput, match=rf"plugin_params has {name}, which the call has already"):
            await self.register(**{name: "x"})

    async def test_are_a_dict(self) -> None:
        with pytest.raises(InvalidInput, match="plugin_params must be a dict of parameters by their names, not list"):
            await Resources(FakeCaller()).tracker.register(**self.NAMED, plugin_params=["x"])  # type: ignore[arg-type]
