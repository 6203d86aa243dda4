"""What looks like a key in texts of flows."""

from __future__ import annotations

import pytest

from navixy_async.flows.keys import looks_like_key, short_url, without_keys

HASH = "22eac1c27af4be7b9d04da2ce1af111b"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"x {HASH} y", "x *** y"),
        ("Authorization: Bearer abcdefgh12345678", "Authorization: *** ***"),
        ("https://u:p@h.example.com/a?hash=1", "https://h.example.com"),
        ('{"api_key": "short1"}', '{"api_key": "***"}'),
        ("key ghp_0123456789abcdefghijABCDEFGHIJ0123456789", "key ***"),
    ],
)
def test_keys_are_taken_out(text: str, left: str) -> None:
    assert looks_like_key(text)
    assert without_keys(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "speed > 90 && fuel_level_percent_of_the_second_tank_in_liters == 0",
        '{"token": "{{token}}"}',
        "https://hooks.example.com/path",
        "",
    ],
)
def test_other_texts_hold_none(text: str) -> None:
    assert not looks_like_key(text)


def test_a_url_is_cut_to_its_host() -> None:
    assert short_url("https://h.example.com:8443/secret?x") == "https://h.example.com:8443"
    assert short_url("no url") == short_url("http://[1") == short_url("http://h:99999999") == "***"
    assert without_keys("see http://h/x, and mqtt://k:v@h2/z") == "see http://h and mqtt://h2"
