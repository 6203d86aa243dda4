"""Structs: tolerant of what the platform may change, silent about secrets."""

from __future__ import annotations

import gc
import io
from datetime import UTC, date, datetime, timedelta, timezone
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec
import pytest
from rich.console import Console

from navixy_async.api.models.api import ApiKeyListAnswer, IssuedApiKey
from navixy_async.api.models.history import HistoryEntry, HistoryTrackerListAnswer
from navixy_async.api.models.track import (
    TrackPoint,
    TrackReadAnswer,
)
from navixy_async.api.models.tracker import Tracker, TrackerGetStatesAnswer, TrackerState
from navixy_async.api.models.user import UserAuthAnswer, UserInfo
from navixy_async.api.models.user_application import (
    ApiKeyAuthorization,
    Application,
)
from navixy_async.api.models.user_session import PushParameters, UserSessionDeliveryReadAnswer
from navixy_async.api.runtime.model import Masked, Model

SECRET = "0123456789abcdef" * 2


def models() -> list[type[Model]]:
    found: dict[str, type[Model]] = {}
    for path in (Path(__file__).parents[2] / "navixy_async" / "api" / "models").glob("[a-z]*.py"):
        for value in vars(import_module(f"navixy_async.api.models.{path.stem}")).values():
            if isinstance(value, type) and issubclass(value, Model) and value not in (Model, Masked):
                found[f"{value.__module__}.{value.__name__}"] = value
    return [found[name] for name in sorted(found)]


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_what_is_missing_or_null_reads_as_none(model: Any) -> None:
    tag = {model.__struct_config__.tag_field: model.__struct_config__.tag} if model.__struct_config__.tag else {}
    empty = msgspec.json.decode(msgspec.json.encode(tag), type=model)
    names = {field.encode_name: None for field in msgspec.structs.fields(model)}
    nulls = msgspec.json.decode(msgspec.json.encode({**names, **tag}), type=model)
    for decoded in (empty, nulls):
        assert all(getattr(decoded, name) is None for name in model.__struct_fields__)
        assert msgspec.json.decode(msgspec.json.encode(decoded)) == tag


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_what_is_new_is_ignored(model: Any) -> None:
    tag = {model.__struct_config__.tag_field: model.__struct_config__.tag} if model.__struct_config__.tag else {}
    content = {**tag, "brand_new": {"list": [1, {"x": None}]}}
    assert msgspec.json.decode(msgspec.json.encode(content), type=model) == model()


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_a_struct_is_built_by_keyword_only(model: Any) -> None:
    if model.__struct_fields__:
        with pytest.raises(TypeError, match="positional"):
            model(1)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2023-11-01T04:38:39+0500", datetime(2023, 10, 31, 23, 38, 39, tzinfo=UTC)),
        ("2023-11-01T04:38:39-0330", datetime(2023, 11, 1, 8, 8, 39, tzinfo=UTC)),
        ("2023-11-01T04:38:39Z", datetime(2023, 11, 1, 4, 38, 39, tzinfo=UTC)),
    ],
)
def test_times_of_iso_mode_are_aware(text: str, instant: datetime) -> None:
    point = msgspec.json.decode(f'{{"get_time": "{text}"}}', type=TrackPoint)
    assert point.get_time == instant
    assert msgspec.json.decode(msgspec.json.encode(point), type=TrackPoint) == point


def test_naive_times_stay_naive() -> None:
    point = msgspec.json.decode(b'{"get_time": "2023-11-01 04:38:39"}', type=TrackPoint)
    assert point.get_time == datetime(2023, 11, 1, 4, 38, 39)


def test_days_stay_days() -> None:
    tracker = msgspec.json.decode(b'{"source": {"creation_date": "2011-09-21"}}', type=Tracker)
    assert tracker.source.creation_date == date(2011, 9, 21)


def test_measured_whole_numbers_may_have_fractions() -> None:
    points = msgspec.json.decode(b'{"list": [{"speed": 42, "alt": 12.5}]}', type=TrackReadAnswer)
    assert msgspec.json.encode(points) == b'{"list":[{"alt":12.5,"speed":42}]}'


@pytest.mark.parametrize("device_id", [b'"356938035643809"', b"356938035643809"])
def test_documented_clashes_are_both_read(device_id: bytes) -> None:
    tracker = msgspec.json.decode(b'{"source": {"device_id": ' + device_id + b"}}", type=Tracker)
    assert msgspec.json.encode(tracker.source.device_id) == device_id


def test_new_words_in_a_list_of_values_are_words() -> None:
    state = msgspec.json.decode(b'{"movement_status": "flying", "connection_status": "quantum"}', type=TrackerState)
    assert (state.movement_status, state.connection_status) == ("flying", "quantum")


def test_states_are_keyed_by_tracker_id() -> None:
    answer = msgspec.json.decode(b'{"states": {"7": {"source_id": 3}}, "blocked": [8]}', type=TrackerGetStatesAnswer)
    assert answer.states[7].source_id == 3
    assert msgspec.json.decode(msgspec.json.encode(answer)) == {"states": {"7": {"source_id": 3}}, "blocked": [8]}


class TestSecrets:
    @pytest.mark.parametrize(
        "struct",
        [
            IssuedApiKey(hash=SECRET, title="job"),
            ApiKeyListAnswer(list=[IssuedApiKey(hash=SECRET, title="job")]),
            UserAuthAnswer(type="authenticated", hash=SECRET),
            UserInfo(id=1, login=SECRET),
            UserSessionDeliveryReadAnswer(value=SECRET),
            PushParameters(p256dh=SECRET, auth=SECRET),
            Application(id=1, authorization=ApiKeyAuthorization(hash=SECRET)),
        ],
        ids=lambda struct: type(struct).__name__,
    )
    def test_are_encoded_but_never_shown(self, struct: Model) -> None:
        page = Console(file=io.StringIO(), width=200)
        page.print(struct)
        assert isinstance(page.file, io.StringIO)
        for shown in (repr(struct), str(struct), f"{struct}", repr([struct]), page.file.getvalue()):
            assert SECRET not in shown
            assert "***" in shown
        assert SECRET.encode() in msgspec.json.encode(struct)

    def test_the_rest_is_shown(self) -> None:
        assert repr(IssuedApiKey(hash=SECRET, title="job")) == "IssuedApiKey(hash='***', title='job')"
        assert repr(IssuedApiKey(title="job")) == "IssuedApiKey(title='job')"

    def test_no_member_that_sounds_like_a_secret_was_forgotten(self) -> None:
        sounding = ("hash", "password", "login", "token", "secret")
        for model in models():
            masked = model.secret_members if issubclass(model, Masked) else ()
            truths = {field.name for field in msgspec.structs.fields(model) if field.type == (bool | None)}
            for name in model.__struct_fields__:
                if any(name == word or name.endswith(f"_{word}") for word in sounding):
                    # Whether something has a password is no secret, and must not be hidden.
                    assert (name in masked) != (name in truths), f"{model.__name__}.{name}"


def test_flat_rows_are_no_burden_for_the_collector() -> None:
    answer = msgspec.json.decode(
        b'{"list": [{"lat": 1.5, "lng": 2.5, "get_time": "2024-01-01T00:00:00+0000", "address": "x"}]}',
        type=TrackReadAnswer,
    )
    assert not gc.is_tracked(answer.list[0])


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_only_rows_that_cannot_be_part_of_a_cycle_are_hidden_from_the_collector(model: type[Model]) -> None:
    if not model.__struct_config__.gc:
        for field in msgspec.structs.fields(model):
            text = str(field.type)
            assert not any(word in text for word in ("list", "dict", "Any", "Raw")), (model.__name__, field.name)


def test_entries_have_what_pagers_need() -> None:
    body = b'{"list": [{"id": 5, "time": "2024-01-01T02:00:00+0200", "tracker_id": 7, "event": "inzone"}]}'
    (entry,) = msgspec.json.decode(body, type=HistoryTrackerListAnswer).list
    assert entry == HistoryEntry(
        id=5, time=datetime(2024, 1, 1, 2, tzinfo=timezone(timedelta(hours=2))), tracker_id=7, event="inzone"
    )
