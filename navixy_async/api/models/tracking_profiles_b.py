"""Structs of `tracking_profiles_b`. How devices report: profiles of the models, g to n.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from typing import Any

from .common import TrackingProfile


class GenesisG36Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `genesis_g36`.

    Attributes:
        tracking_interval: in s.
    """

    tracking_interval: int | float | None = None


class Gl200Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `gl200`.

    Attributes:
        type: one of distance, interval, power_save.
        tracking_interval: in s.
        tracking_distance: in m.
        tracking_angle: in deg.
        psm_interval: in s.
        non_movement_duration: in s.
    """

    type: str | None = None
    tracking_interval: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_angle: int | float | None = None
    psm_interval: int | float | None = None
    movement_detection: bool | None = None
    non_movement_duration: int | float | None = None


class Gl500Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `gl500`.

    Attributes:
        tracking_interval: in min.
        psm_interval: in h.
    """

    type: str | None = None
    tracking_interval: int | float | None = None
    wakeup_time: int | str | None = None
    psm_interval: int | float | None = None


class Gotoptk206AmgpsFrekoProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `gotoptk206_amgps_freko`.

    Attributes:
        tracking_interval: in s; 10 to 3600.
    """

    tracking_interval: int | float | None = None


class Gt300Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `gt300`.

    Attributes:
        tracking_interval: in s; 5 to 86400.
        min_speed: in km/h.
        min_distance: in m; 1 to 9099.
    """

    tracking_interval: int | float | None = None
    start_time: str | None = None
    end_time: str | None = None
    movement_detection: bool | None = None
    min_speed: int | float | None = None
    min_distance: int | float | None = None


class Gubloost1Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `gubloost1`.

    Attributes:
        tracking_interval: in s; 10 to 9999.
    """

    tracking_interval: int | float | None = None


class Gv500Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `gv500`.

    Attributes:
        type: one of distance, interval.
        tracking_interval: in s.
        tracking_distance: in m.
        tracking_angle: in deg.
        psm_interval: in s.
    """

    type: str | None = None
    tracking_interval: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_angle: int | float | None = None
    psm_mode: int | None = None
    psm_interval: int | float | None = None


class Gv55liteProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `gv55lite`.

    Attributes:
        type: one of distance, interval.
        tracking_interval: in s.
        tracking_distance: in m.
        tracking_angle: in deg.
        psm_interval: in s.
    """

    type: str | None = None
    tracking_interval: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_angle: int | float | None = None
    psm_mode: int | None = None
    psm_interval: int | float | None = None


class HaicomHi603xProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `haicom_hi603x`.

    Attributes:
        tracking_interval: in s; 30 to 2592000.
    """

    tracking_interval: int | float | None = None


class HelioversalM1Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `helioversal_m1`.

    Attributes:
        tracking_interval: in s; 30 to 86400.
    """

    tracking_interval: int | float | None = None


class HhdGProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `hhd_g`.

    Attributes:
        tracking_interval: in s.
    """

    tracking_interval: int | float | None = None


class HowenHeromeProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `howen_herome`.

    Attributes:
        tracking_interval: in s; 30 to 86400.
    """

    tracking_interval: int | float | None = None


class HuaShengHs3000gProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `hua_sheng_hs3000g`.

    Attributes:
        psm_interval: in s; 60 to 86400.
        tracking_angle: in deg; 5 to 250.
        tracking_interval: in s; 30 to 450.
    """

    psm_interval: int | float | None = None
    tracking_angle: int | float | None = None
    tracking_interval: int | float | None = None


class HuabaoProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `huabao`.

    Attributes:
        tracking_interval: in s; 10 to 9999.
    """

    tracking_interval: int | float | None = None


class IntellitracX1Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `intellitrac_x1`.

    Attributes:
        tracking_angle: in deg; 5 to 358.
        tracking_distance: in m; 100 to 65534.
        tracking_interval: in s; 30 to 65534.
        type: one of interval, distance, power_save, distance_interval_angle, interval_angle, intelligent.
    """

    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None
    type: str | None = None


class IntervalProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `interval`.

    Attributes:
        tracking_interval: in s.
    """

    tracking_interval: int | float | None = None


class IntervalAngleProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `interval_angle`.

    Attributes:
        tracking_interval: in s.
        tracking_angle: in deg.
    """

    tracking_interval: int | float | None = None
    tracking_angle: int | float | None = None


class IntervalAnglePowersaveProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `interval_angle_powersave`.

    Attributes:
        psm_interval: in s; 60 to 86400.
        tracking_angle: in deg; 5 to 355.
        tracking_interval: in s; 30 to 900.
    """

    psm_interval: int | float | None = None
    tracking_angle: int | float | None = None
    tracking_interval: int | float | None = None


class IntervalPowersaveProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `interval_powersave`.

    Attributes:
        psm_interval: in s; 60 to 86400.
        tracking_interval: in s; 10 to 180.
    """

    psm_interval: int | float | None = None
    psm_mode: int | None = None
    tracking_interval: int | float | None = None


class JimiJc100Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `jimi_jc100`.

    Attributes:
        tracking_interval: in s; 30 to 18000.
    """

    tracking_interval: int | float | None = None


class JinshengJs810Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `jinsheng_js810`.

    Attributes:
        tracking_interval: in s; 30 to 65534.
    """

    tracking_interval: int | float | None = None


class JointechGpProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `jointech_gp`.

    Attributes:
        psm_interval: in s; 300 to 65535.
        tracking_angle: in deg; 10 to 90.
        tracking_distance: in m; 100 to 65535.
        tracking_interval: in s; 30 to 65535.
        type: one of interval, distance, power_save, distance_interval_angle, interval_angle, intelligent.
    """

    psm_interval: int | float | None = None
    psm_mode: int | None = None
    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None
    type: str | None = None


class JointechJt701Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `jointech_jt701`.

    Attributes:
        tracking_interval: in s; 10 to 60000.
    """

    tracking_interval: int | float | None = None


class JointechJt703Profile(TrackingProfile, kw_only=True, gc=True):
    """The tracking profile `jointech_jt703`.

    Attributes:
        tracking_interval: in s; 10 to 60000.
        sleep_mode: one of enabled, disabled.
        sleep_time_in_minutes: 10 to 1440.
    """

    tracking_interval: int | float | None = None
    sleep_mode: str | None = None
    wakeup_timers: Any = None
    sleep_time_in_minutes: int | None = None


class JointechJt707Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `jointech_jt707`.

    Attributes:
        psm_interval: in s; 10 to 1440.
        tracking_interval: in s; 5 to 43200.
    """

    psm_interval: int | float | None = None
    psm_mode: int | None = None
    tracking_interval: int | float | None = None


class KesonKs168Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `keson_ks168`.

    Attributes:
        tracking_interval: in s; 10 to 65535.
    """

    tracking_interval: int | float | None = None


class Laipacs911Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `laipacs911`.

    Attributes:
        tracking_distance: in m; 50 to 100000.
        tracking_interval: in s; 5 to 43200.
        type: one of interval, distance, power_save, distance_interval_angle, interval_angle, intelligent.
    """

    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None
    type: str | None = None


class Lk200Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `lk200`.

    Attributes:
        tracking_interval: in s; 30 to 65535.
    """

    tracking_interval: int | float | None = None


class LogosoftProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `logosoft`.

    Attributes:
        type: one of interval, distance, intelligent.
        tracking_interval: in s.
        tracking_distance: in m.
        tracking_angle: in deg.
    """

    type: str | None = None
    tracking_interval: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_angle: int | float | None = None


class M7Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `m7`.

    Attributes:
        type: one of interval, distance.
        tracking_interval: in s.
        tracking_distance: in m.
        tracking_angle: in deg.
        psm_interval: in s; 600 to 3932100.
    """

    type: str | None = None
    psm_mode: int | None = None
    tracking_interval: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_angle: int | float | None = None
    psm_interval: int | float | None = None
    wakeup_timer: str | None = None
    wakeup_timer1: str | None = None
    wakeup_timer2: str | None = None
    wakeup_timer3: str | None = None


class Maxtrack140Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `maxtrack_140`.

    Attributes:
        tracking_angle: in deg; 10 to 180.
        tracking_distance: in m; 0 to 25500.
        tracking_interval: in s; 20 to 65535.
    """

    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class MegastekGvt430Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `megastek_gvt430`.

    Attributes:
        tracking_angle: in deg; 10 to 60.
        tracking_distance: in m; 100 to 1000.
        tracking_interval: in s; 30 to 86400.
    """

    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class MegastekMtProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `megastek_mt`.

    Attributes:
        tracking_interval: in s; 30 to 86400.
    """

    tracking_interval: int | float | None = None


class MegastekMt100Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `megastek_mt100`.

    Attributes:
        tracking_distance: in m; 50 to 100000.
        tracking_interval: in s; 30 to 65535.
        type: one of interval, distance, power_save, distance_interval_angle, interval_angle, intelligent.
    """

    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None
    type: str | None = None


class MeiligaovtProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `meiligaovt`.

    Attributes:
        tracking_angle: in deg; 0 to 359.
        tracking_distance: in m; 50 to 5000.
        tracking_interval: in s; 10 to 655350.
    """

    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class MeitrackProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `meitrack`.

    Attributes:
        tracking_interval: in s.
        tracking_distance: in m.
        tracking_angle: in deg.
        psm_interval: in s.
    """

    tracking_interval: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_angle: int | float | None = None
    psm_mode: int | None = None
    psm_interval: int | float | None = None


class MeitrackAssetProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `meitrack_asset`.

    Attributes:
        psm_interval: in s; 0 to 3932100.
        tracking_angle: in deg; 10 to 359.
        tracking_distance: in m; 50 to 65535.
        tracking_interval: in s; 30 to 655350.
    """

    psm_interval: int | float | None = None
    psm_mode: int | None = None
    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class MeitrackVehicleProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `meitrack_vehicle`.

    Attributes:
        on_stop_tracking_interval: in s; 0 to 655350.
        psm_interval: in s; 0 to 3932100.
        tracking_angle: in deg; 10 to 359.
        tracking_distance: in m; 50 to 65535.
        tracking_interval: in s; 30 to 655350.
    """

    on_stop_tracking_interval: int | float | None = None
    psm_interval: int | float | None = None
    psm_mode: int | None = None
    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class MeitrackWithoutPsProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `meitrack_without_ps`.

    Attributes:
        tracking_angle: in deg; 10 to 359.
        tracking_distance: in m; 50 to 65535.
        tracking_interval: in s; 30 to 655350.
    """

    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class MictrackMp90Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `mictrack_mp90`.

    Attributes:
        tracking_angle: in deg; 20 to 180.
        tracking_interval: in s; 10 to 65535.
    """

    tracking_angle: int | float | None = None
    tracking_interval: int | float | None = None


class MikaG1Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `mika_g1`.

    Attributes:
        tracking_interval: in s; 30 to 10000.
    """

    tracking_interval: int | float | None = None


class Mrd100Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `mrd_100`.

    Attributes:
        tracking_interval: in s; 20 to 65535.
    """

    tracking_interval: int | float | None = None


class Mwp008AProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `mwp008_a`.

    Attributes:
        tracking_interval: in s; 10 to 655350.
    """

    tracking_interval: int | float | None = None


class MyropeM500Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `myrope_m500`.

    Attributes:
        psm_interval: in s; 60 to 65535.
        tracking_distance: in m; 1 to 65535.
        tracking_interval: in s; 1 to 65535.
    """

    psm_interval: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class NavisetgtProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `navisetgt`.

    Attributes:
        tracking_angle: in deg; 5 to 180.
        tracking_distance: in m; 50 to 255.
        tracking_interval: in s; 10 to 300.
    """

    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class NoranProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `noran`.

    Attributes:
        tracking_interval: in s; 15 to 64800.
    """

    tracking_interval: int | float | None = None
