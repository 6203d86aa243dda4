"""Settings and base URLs refuse what makes no sense, in one sentence."""

import pytest

from navixy_async.errors import InvalidInput
from navixy_async.settings import BaseUrl, Limits, Pool, Retries, Timeouts


@pytest.mark.parametrize(
    ("given_url", "url"),
    [
        ("eu", "https://api.eu.navixy.com/v2"),
        ("US", "https://api.us.navixy.com/v2"),
        (" me ", "https://api.me.navixy.com/v2"),
        ("https://gps.example.com/api-v2/", "https://gps.example.com/api-v2"),
        ("http://127.0.0.1:8080/v2", "http://127.0.0.1:8080/v2"),
        ("https://apigps.example.com", "https://apigps.example.com"),
        ("http://[::1]:90/v2", "http://[::1]:90/v2"),
    ],
)
def test_regions_and_urls(given_url: str, url: str) -> None:
    assert BaseUrl.parse(given_url).url == url


@pytest.mark.parametrize(
    ("given_url", "words"),
    [
        ("mars", "unknown region 'mars': use eu, us, me"),
        ("", "name the platform"),
        ("gps.example.com/v2", "has no scheme: write https://gps.example.com/v2"),
        ("localhost:8080", "has no scheme"),
        ("ftp://gps.example.com", "http or https"),
        ("https:///v2", "names no host"),
        ("https://user:secret@host/v2", "no user name or password"),
        ("https://host/v2?hash=1", "without"),
        ("https://host:notaport/v2", "cannot be read"),
    ],
)
def test_bad_urls_say_what_to_write(given_url: str, words: str) -> None:
    with pytest.raises(InvalidInput, match=words) as caught:
        BaseUrl.parse(given_url)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("region", ["eu", "us", "me"])
def test_each_region_has_every_interface(region: str) -> None:
    base, origin = BaseUrl.parse(region), f"https://api.{region}.navixy.com"
    assert base.of("backend") == base.of("panel") == base.of("iot_logic") == f"{origin}/v2"
    assert (base.of("dwh"), base.of("eco_fleet")) == (f"{origin}/dwh/v1", f"{origin}/eco_fleet")
    assert (base.without, base.hint_for("dwh"), base.hint_for("backend")) == ((), "", "")


def test_each_interface_has_its_base() -> None:
    base = BaseUrl.parse("https://gps.example.com/api-v2")
    assert base.of("backend") == base.of("panel") == base.of("iot_logic") == "https://gps.example.com/api-v2"
    assert base.of("dwh") == "https://gps.example.com/dwh/v1"
    assert base.of("eco_fleet") == "https://gps.example.com/eco_fleet"
    assert base.host == "gps.example.com"


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (Limits, {"per_credential": 0}),
        (Limits, {"per_address": 1.5}),
        (Limits, {"burst": True}),
        (Limits, {"guaranteed_share": 0.6}),
        (Timeouts, {"connect": 0}),
        (Timeouts, {"total": -1.0}),
        (Timeouts, {"read": float("nan")}),
        (Timeouts, {"attempt": float("inf")}),
        (Retries, {"attempts": 0}),
        (Retries, {"base": "1"}),
        (Retries, {"budget": -1}),
        (Pool, {"size": 0}),
        (Pool, {"keepalive": 0}),
    ],
)
def test_wrong_settings_name_themselves(kind: type, values: dict[str, object]) -> None:
    with pytest.raises(InvalidInput, match=next(iter(values))):
        kind(**values)


def test_no_total_deadline_is_allowed() -> None:
    assert Timeouts(total=None).total is None
