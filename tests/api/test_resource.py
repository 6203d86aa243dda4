"""Typed methods: what is sent and what comes back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from navixy_async.api.codegen.catalogue import ActionSpec
from navixy_async.api.models.history import HistoryEntry, HistoryTrackerListAnswer
from navixy_async.api.models.track import TrackReadAnswer
from navixy_async.api.models.tracker import Tracker
from navixy_async.api.models.user import UserAuthAnswer
from navixy_async.api.models.user_settings import BalanceAlertSettings
from navixy_async.api.resources import Resources
from navixy_async.errors import DecodeFailed, DoneButUnreadError, TariffRestricted
from navixy_async.paging import OffsetPager
from navixy_async.transport.encoding import encode_params

from ..support.api import ACTIONS, FakeCaller, method, needed

START = datetime(2024, 3, 1, tzinfo=UTC)

END = START + timedelta(days=1)


def surface(body: bytes = b'{"success": true}') -> tuple[Resources, FakeCaller]:
    caller = FakeCaller(body)
    return Resources(caller), caller


class TestWhatIsSent:
    async def test_unset_parameters_are_not_sent(self) -> None:
        fleet, caller = surface(b'{"list": []}')
        await fleet.track.read(7, START, END)
        assert caller.sent == {"tracker_id": 7, "from": START, "to": END}

    async def test_false_is_sent(self) -> None:
        fleet, caller = surface(b'{"list": []}')
        await fleet.track.read(tracker_id=7, from_=START, to=END, simplify=False, filter=False)
        assert caller.sent == {"tracker_id": 7, "from": START, "to": END, "simplify": False, "filter": False}

    async def test_none_is_sent_as_null(self) -> None:
        fleet, caller = surface()
        await fleet.user.personal_info.update(
            legal_type="individual",
            first_name="A",
            middle_name="B",
            last_name="C",
            phone=None,  # type: ignore[arg-type]
        )
        assert b'"phone":null' in encode_params(caller.sent)
        assert "tin" not in caller.sent

    async def test_any_iterable_of_ids_will_do(self) -> None:
        fleet, caller = surface(b'{"states": {}}')
        await fleet.tracker.get_states(tracker for tracker in (1, 2))
        assert caller.sent == {"trackers": [1, 2]}

    async def test_structs_and_plain_mappings_alike(self) -> None:
        settings: dict[str, Any] = {
            "time_zone": "Europe/Berlin",
            "locale": "de_DE",
            "measurement_system": "metric",
            "geocoder": "osm",
            "route_provider": "osrm",
            "translit": False,
        }
        bodies = []
        for alerts in (BalanceAlertSettings(emails=["a@example.com"]), {"emails": ["a@example.com"]}):
            fleet, caller = surface()
            await fleet.user.settings.update(**settings, balance_alert_settings=alerts)
            bodies.append(encode_params(caller.sent))
        assert bodies[0] == bodies[1]
        assert "file_storage_settings" not in caller.sent

    async def test_time_and_lane_travel_with_the_call(self) -> None:
        fleet, caller = surface(b'{"list": []}')
        await fleet.tracker.list(timeout=1.5, lane="bulk")
        await fleet.history.tracker.list([1], START, END, timeout=2.5, lane="live")
        await fleet.user.logout(timeout=3.5, lane="interactive")
        caller.body = b"<kml/>"
        await fleet.track.download(1, START, END, timeout=4.5, lane="bulk")
        assert caller.tails == [(1.5, "bulk"), (2.5, "live"), (3.5, "interactive"), (4.5, "bulk")]

    async def test_an_action_whose_path_leads_further_can_be_called(self) -> None:
        fleet, caller = surface(b'{"type": "authenticated", "hash": "0"}')
        answer = await fleet.user.auth(login="a@example.com", password="secret")
        assert isinstance(answer, UserAuthAnswer)
        await fleet.user.auth.code.verify("123456")
        assert [path for path, _ in caller.calls] == ["user/auth", "user/auth/code/verify"]


class TestWhatComesBack:
    async def test_a_list_of_structs(self) -> None:
        fleet, _ = surface(b'{"list": [{"id": 1, "label": "a"}], "success": true}')
        assert await fleet.tracker.list() == [Tracker(id=1, label="a")]

    async def test_a_struct_by_itself(self) -> None:
        fleet, _ = surface(b'{"value": {"id": 1, "label": "a"}, "success": true}')
        assert await fleet.tracker.read(1) == Tracker(id=1, label="a")

    async def test_the_answer_if_it_holds_more(self) -> None:
        fleet, _ = surface(b'{"list": [], "limit_exceeded": true, "success": true}')
        assert await fleet.track.read(1, START, END) == TrackReadAnswer(list=[], limit_exceeded=True)

    async def test_a_plain_value(self) -> None:
        fleet, _ = surface(b'{"id": 222}')
        assert await fleet.tracker.group.create(title="a", color="FF0000") == 222
        fleet, _ = surface(b'{"count": 3}')
        assert await fleet.history.unread.count() == 3

    async def test_nothing(self) -> None:
        fleet, _ = surface()
        assert await fleet.history.mark_read(5) is None

    async def test_a_value_that_may_be_missing(self) -> None:
        fleet, _ = surface()
        assert await fleet.user.settings.ui.read("key") is None

    async def test_a_missing_payload_is_an_error_and_never_empty(self) -> None:
        fleet, _ = surface()
        with pytest.raises(DecodeFailed, match="tracker/list: the answer has no 'list'"):
            await fleet.tracker.list()
        with pytest.raises(DoneButUnreadError, match=r"tracker/group/create was done, .* it has no 'id'"):
            await fleet.tracker.group.create(title="a", color="FF0000")

    async def test_a_session_key_stays_in_its_masked_answer(self) -> None:
        fleet, _ = surface(b'{"value": "0000"}')
        answer = await fleet.user.session.delivery.read()
        assert (answer.value, repr(answer)) == ("0000", "UserSessionDeliveryReadAnswer(value='***')")


class TestPagers:
    BODY = b'{"list": [{"id": 1, "time": "2024-03-01T01:00:00+0000", "tracker_id": 7, "event": "inzone"}]}'

    async def test_one_page_as_the_platform_gave_it(self) -> None:
        fleet, caller = surface(self.BODY)
        page = await fleet.history.tracker.list([7], START, END, events=["inzone"], limit=10)
        assert isinstance(page, HistoryTrackerListAnswer)
        assert page.list[0].id == 1
        assert caller.sent == {"trackers": [7], "from": START, "to": END, "events": ["inzone"], "limit": 10}

    async def test_everything(self) -> None:
        fleet, _ = surface(self.BODY)
        found = [entry async for entry in fleet.history.tracker.list([7], START, END)]
        assert [isinstance(entry, HistoryEntry) for entry in found] == [True]
        for pager in (fleet.history.user.list(START, END), fleet.history.asset.list(START, END)):
            assert [entry.id async for entry in pager] == [1]

    async def test_by_offset(self) -> None:
        fleet, caller = surface(b'{"list": [{"id": 1, "payload": {"any": [1]}}]}')
        found = await fleet.user.audit.log.list(START, END, 2).collect()
        assert found[0].payload == {"any": [1]}
        assert caller.sent == {"from": START, "to": END, "limit": 2, "offset": 0}


class TestFiles:
    async def test_the_bytes_of_the_file(self) -> None:
        fleet, caller = surface(b"<kml>1</kml>")
        assert await fleet.track.download(1, START, END, format="kml") == b"<kml>1</kml>"
        assert caller.calls[0][0] == "track/download"

    async def test_a_period_that_is_no_longer_stored(self) -> None:
        fleet, _ = surface(b' {"list": [], "limit_exceeded": true, "success": true}')
        with pytest.raises(TariffRestricted, match="older than what the tariff stores") as refused:
            await fleet.track.download(1, START, END)
        assert refused.value.extra == {"limit_exceeded": True}
        assert refused.value.operation == "track/download"

    async def test_json_of_another_kind(self) -> None:
        fleet, _ = surface(b'{"value": 1, "success": true}')
        with pytest.raises(DecodeFailed, match=r"answered with JSON \(success, value\) instead of a file"):
            await fleet.track.waybill.download(
                tracker_id=1, from_=START, to=END, type="form3", fill_history=False, number="1"
            )

    @pytest.mark.parametrize("body", [b"", b"PK\x03\x04{", b'{"type": "FeatureCollection"}', b"{broken"])
    async def test_a_file_may_look_like_anything_else(self, body: bytes) -> None:
        fleet, _ = surface(body)
        assert await fleet.track.download(1, START, END) == body


def test_an_account_that_is_its_own_caller_does_not_hold_itself() -> None:
    class Account(FakeCaller, Resources):
        def __init__(self) -> None:
            FakeCaller.__init__(self)
            Resources.__init__(self, self)

    account = Account()
    assert account.tracker._caller is account
    assert account not in vars(account).values()


def test_a_resource_says_whose_it_is() -> None:
    fleet, _ = surface()
    assert repr(fleet.tracker.group) == "<TrackerGroupActions of fake>"


PAGED = [action for action in ACTIONS.values() if (action.facts.get("paging") or {}).get("offset_param")]


@pytest.mark.parametrize("action", PAGED, ids=lambda action: action.path)
async def test_whatever_is_paged_by_offset_has_a_pager(action: ActionSpec) -> None:
    """Whatever the list in the answer is called; what is only a file has no pages."""
    if not action.answer:
        return
    lists = [member.name for member in action.answer if str(member.type).startswith("ListOf")]
    name = "list" if "list" in lists else lists[0]
    caller = FakeCaller(msgspec.json.encode({"success": True, name: [], "count": 0}))
    pager = method(action, caller)(**needed(action))
    assert isinstance(pager, OffsetPager)
    assert await pager.collect() == []


async def test_the_items_of_a_page_may_have_a_name_of_their_own() -> None:
    caller = FakeCaller(b'{"success": true, "count": 1, "bills": [{"order_id": 63602}]}')
    fleet = Resources(caller)
    assert [bill.order_id async for bill in fleet.bill.list(limit=10, offset=0)] == [63602]
    assert (await fleet.bill.list(limit=10, offset=0)).count == 1
