"""Typed methods: what is sent, what is refused before sending, and what comes back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec import UNSET

from navixy_async.api.codegen.catalogue import ActionSpec
from navixy_async.api.models.history import HistoryEntry, HistoryTrackerListAnswer
from navixy_async.api.models.track import TrackReadAnswer
from navixy_async.api.models.tracker import Tracker
from navixy_async.api.models.user import UserAuthAnswer
from navixy_async.api.models.user_settings import BalanceAlertSettings
from navixy_async.api.resources import Resources
from navixy_async.api.runtime import checks
from navixy_async.errors import DecodeFailed, InvalidInput, TariffRestricted
from navixy_async.transport.encoding import encode_params

from .support import ACTIONS, FakeCaller, method

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
                lambda fleet: fleet.tracker.get_states(range(2001)),
                r"trackers has 2001 items, but must have at most 2000",
            ),
            (lambda fleet: fleet.tracker.get_states("12"), r"trackers must be a list, not str"),
            (lambda fleet: fleet.tracker.get_states(12), r"trackers must be a list, not int"),
            (lambda fleet: fleet.tracker.list(labels=[]), r"labels has 0 items, but must have 1 to 1024"),
            (lambda fleet: fleet.tracker.list(labels=["a", "b" * 61]), r"item 1 of labels has 61 characters"),
            (lambda fleet: fleet.tracker.list(labels=["a", "a"]), r"labels holds an item twice"),
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
        with pytest.raises(DecodeFailed, match="tracker/list: the answer holds no 'list'"):
            await fleet.tracker.list()
        with pytest.raises(DecodeFailed, match="tracker/group/create: the answer holds no 'id'"):
            await fleet.tracker.group.create(title="a", color="FF0000")

    async def test_a_session_key_stays_in_its_masked_answer(self) -> None:
        fleet, _ = surface(b'{"value": "0000"}')
        answer = await fleet.user.session.delivery.read()
        assert (answer.value, repr(answer)) == ("0000", "UserSessionDeliveryReadAnswer(value='***')")


UPDATES = [action for action in ACTIONS.values() if "update" in action.facts]


@pytest.mark.parametrize("action", UPDATES, ids=lambda action: action.path)
def test_an_update_says_what_it_takes(action: ActionSpec) -> None:
    told = " ".join((method(action, FakeCaller()).__doc__ or "").split())
    whole, silent = "replaces the whole" in told, "stays is not documented" in told
    assert (whole, silent) == ((True, False) if action.facts["update"].get("replaces") else (False, True))
    for param, members in action.facts["update"].get("left_out", {}).items():
        assert f"{', '.join(members)} (of `{param}`)" in told


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


def test_docstrings_tell_units_errors_and_the_platforms_action() -> None:
    fleet, _ = surface()
    text = type(fleet.track).read.__doc__ or ""
    for part in ("2 to 3000", "SpanTooBig: code 211", "Platform action: `/track/read`", "clipped"):
        assert part in text
