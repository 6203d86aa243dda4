"""user/*, api/key/*, dealer/get_ui_config and timezone/list."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from ..params import may, need
from ..spec import TIME_ZONES
from ..wire import WireError
from .action import Call, Params, action

ADDRESS = {"country": "GB", "region": "", "index": "L1 1AA", "city": "Liverpool", "street_address": "1 Scotland Road"}
COUNTRIES = {
    "Europe/Berlin": "DE",
    "Asia/Kathmandu": "NP",
    "Australia/Sydney": "AU",
    "America/New_York": "US",
    "America/Sao_Paulo": "BR",
}
LOCALE = r"[A-Za-z]{2}[-_][A-Za-z]{2}"


@action(
    "user/auth",
    {"login": need("str"), "password": need("str", low=1, high=40), "dealer_id": may("int")},
    session="none",
)
def auth(call: Call, p: Params) -> dict[str, Any]:
    credential = call.sessions.login(p["login"], p["password"], call.now)
    if credential.kind == "second_factor":
        return {"type": "second_factor_required", "factor_type": "email", "hash": credential.hash}
    return {"type": "authenticated", "hash": credential.hash}


@action("user/auth/code/verify", {"code": need("str")}, session="second_factor_session")
def verify(call: Call, p: Params) -> dict[str, Any]:
    assert call.credential is not None
    return {"hash": call.sessions.verify(call.credential, p["code"], call.now).hash}


@action("user/auth/code/resend", session="second_factor_session", writes=True)
def resend(call: Call, p: Params) -> dict[str, Any]:
    assert call.credential is not None
    call.sessions.resend(call.credential, call.now)
    return {}


@action("user/logout", session="standard_session_only", writes=True)
def logout(call: Call, p: Params) -> dict[str, Any]:
    assert call.credential is not None
    call.sessions.end(call.credential)
    return {}


@action("user/session/renew", session="standard_session_only", writes=True)
def renew(call: Call, p: Params) -> dict[str, Any]:
    assert call.credential is not None
    call.sessions.renew(call.credential, call.now)
    return {}


@action("user/get_info", {"application": may("str")})
def get_info(call: Call, p: Params) -> dict[str, Any]:
    account = call.account
    created = int(call.world.start.timestamp()) - 400 * 86_400
    return {
        "paas_id": 7,
        "paas_settings": {"domain": "fleet.example.com", "service_title": "Embedded platform", "locale": "en_US"},
        "user_info": {
            "id": account.id,
            "login": account.login,
            "title": account.title,
            "phone": str(49_151_000 + account.id),
            "creation_date": call.times.text(created),
            "balance": 74.31,
            "bonus": 0.0,
            "locale": "en_US",
            "demo": False,
            "verified": True,
            "legal_type": "legal_entity",
            "default_geocoder": "osm",
            "route_provider": "osrm",
            "time_zone": account.time_zone,
            "measurement_system": "metric",
            "date_format": "yyyyMMdd_dash",
            "hour_mode": "TWENTY_FOUR_HOURS",
            "first_name": "Ada",
            "middle_name": "",
            "last_name": account.title,
            "legal_name": f"{account.title} Ltd.",
            "tin": "2345678239",
            "iec": "",
            **{f"{kind}_{part}": value for kind in ("post", "registered") for part, value in ADDRESS.items()},
        },
        "tariff_restrictions": {"allowed_maps": ["roadmap", "osm"]},
        "premium_gis": False,
        "features": ["branding_web"],
        "privileges": {"rights": []},
    }


@action("user/settings/read")
def settings(call: Call, p: Params) -> dict[str, Any]:
    account = call.account
    shown: dict[str, Any] = {
        "settings": {
            "locale": "en_US",
            "measurement_system": "metric",
            "geocoder": "osm",
            "route_provider": "osrm",
            "translit": False,
        },
        "file_storage_settings": {"auto_overwrite": True},
        "balance_alert_settings": {"emails": [account.login]},
        "first_user_balance_warning_period": "7d",
        "second_user_balance_warning_period": "2d",
    }
    for name, value in call.state.store.saved(account.id, "user/settings", {}).items():
        if name in shown:
            shown[name] = value
        elif name in shown["settings"]:
            shown["settings"][name] = value
    shown["settings"]["time_zone"] = account.time_zone  # a fact of the world, which users cannot change
    return shown


@action("api/key/list")
def list_keys(call: Call, p: Params) -> dict[str, Any]:
    keys = call.sessions.keys_of(call.account.id)
    return {
        "list": [{"hash": key.hash, "create_date": call.times.text(key.created), "title": key.title} for key in keys]
    }


@action("api/key/create", {"title": need("str", high=255)}, session="standard_session_only", refusal=4, writes=True)
def create_key(call: Call, p: Params) -> dict[str, Any]:
    key = call.sessions.create_key(call.account, p["title"], call.now)
    return {"value": {"hash": key.hash, "create_date": call.times.text(key.created), "title": key.title}}


@action("api/key/delete", {"key": need("str")}, session="standard_session_only", refusal=4, writes=True)
def delete_key(call: Call, p: Params) -> dict[str, Any]:
    call.sessions.delete_key(call.account, p["key"])
    return {}


@action("dealer/get_ui_config", {"domain": may("str"), "hash": may("str")}, session="optional")
def get_ui_config(call: Call, p: Params) -> dict[str, Any]:
    if p["domain"] is None and p["hash"] is None and call.credential is None:
        raise WireError(7, errors=[{"parameter": "domain", "error": "domain or hash is required"}])
    rules = call.rules
    return {
        "dealer": {"id": 7, "ui_domain": "fleet.example.com", "company_url": "https://example.com"},
        "settings": {
            "domain": "fleet.example.com",
            "service_title": "Embedded platform",
            "locale": "en_US",
            "demo_login": "",
            "demo_password": "",
            "maps": ["osm"],
            "default_map": {"type": "osm", "location": {"lat": 53.41, "lng": -2.97}, "zoom": 10},
            "currency": "EUR",
            "default_user_settings": {
                "geocoder": "osm",
                "route_provider": "osrm",
                "measurement_system": "metric",
                "translit": False,
            },
            "allow_registration": False,
            "promo_url": "https://example.com/promo",
            "favicon": "favicon.ico",
            "logo": "logo.png",
            "login_wallpaper": "wallpaper.png",
            "login_footer": "",
            "show_mobile_apps": True,
            "show_call_notifications": False,
            "display_model_features_link": True,
            "color_theme": "aqua",
            "app_color_theme": "blue_1",
            "tracker_model_filter": {"exclusion": True, "values": []},
            "internal": {"light_registration": False, "demo_tracker_source_id": 1, "demo_tracker_label": "Demo"},
            "no_register_commands": False,
        },
        "premium_gis": False,
        "features": ["branding_web"],
        "platform": {
            "iso_datetime_support": rules.iso_datetime,
            "history.max_limit": rules.history_limit,
            "report.max_time_span": None if rules.report_span is None else f"P{rules.report_span}D",
            "stats.max_allowed_trackers": rules.stats_trackers,
            "stats.max_time_span": f"P{rules.stats_span}D",
            "file_storage.hard_max_file_size": 16_777_216,
            "form.max_fields_count": 100,
            "form.file_field.max_file_size": 16_777_216,
            "form.file_field.max_files_per_field": 6,
            "form.file_field.max_count": 6,
        },
    }


@action("timezone/list", {"locale": need("str", pattern=LOCALE)}, session="none")
def list_zones(call: Call, p: Params) -> dict[str, Any]:
    names = sorted({*TIME_ZONES, *(account.time_zone for account in call.world.accounts)})
    return {"list": [_zone(name, call.now) for name in names]}


def _zone(name: str, now: int) -> dict[str, Any]:
    zone = ZoneInfo(name)
    year = datetime.fromtimestamp(now, UTC).year
    offsets = [datetime(year, month, 1, tzinfo=zone).utcoffset() for month in (1, 7)]
    hours = sorted(offset.total_seconds() / 3600 for offset in offsets if offset is not None)
    return {
        "zone_id": name,
        "description": name.rpartition("/")[2].replace("_", " "),
        "base_offset": hours[0],
        "dst_offset": int(hours[-1] - hours[0]),
        "country_code": COUNTRIES.get(name, "GB"),
        "alt_ids": ["Etc/UTC"] if name == "UTC" else None,
    }
