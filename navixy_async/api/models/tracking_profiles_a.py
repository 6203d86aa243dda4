"""Structs of `tracking_profiles_a`. How devices report: profiles of the models, a to f.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from datetime import datetime

from .common import TrackingProfile


class AlbatrossS6Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `albatross_s6`.

    Attributes:
        tracking_interval: in s; 30 to 65535.
        tracking_distance: in m; 50 to 65535.
    """

    tracking_interval: int | float | None = None
    tracking_distance: int | float | None = None


class AlbatrossS85Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `albatross_s8_5`.

    Attributes:
        tracking_interval: in s; 30 to 65535.
        psm_interval: in s; 600 to 65535.
        psm_mode: 0 to 1.
    """

    tracking_interval: int | float | None = None
    psm_interval: int | float | None = None
    psm_mode: int | None = None


class ApkcomProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `apkcom`.

    Attributes:
        tracking_angle: in deg; 5 to 180.
        tracking_interval: in s; 10 to 300.
        tracking_distance: in m; 50 to 5000.
    """

    tracking_angle: int | float | None = None
    tracking_interval: int | float | None = None
    tracking_distance: int | float | None = None


class ArknavX8Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `arknav_x8`.

    Attributes:
        tracking_angle: in deg; 10 to 180.
        tracking_interval: in s; 10 to 65534.
        tracking_distance: in m; 50 to 65534.
    """

    tracking_angle: int | float | None = None
    tracking_interval: int | float | None = None
    tracking_distance: int | float | None = None


class Arnavi2Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `arnavi2`.

    Attributes:
        tracking_angle: 10 to 255.
        tracking_distance: in m; 50 to 65535.
        min_tracking_interval: in s; 30 to 255.
        max_tracking_interval: in s; 30 to 65535.
        speed_change: 3 to 255.
    """

    tracking_angle: int | None = None
    tracking_distance: int | float | None = None
    min_tracking_interval: int | float | None = None
    max_tracking_interval: int | float | None = None
    speed_change: int | None = None
    freeze_by_speed: bool | None = None
    freeze_by_motion: bool | None = None
    freeze_by_ignition: bool | None = None


class Arnavi4Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `arnavi4`.

    Attributes:
        max_tracking_interval: in s; 30 to 65535.
        min_tracking_interval: in s; 30 to 255.
        speed_change: 3 to 255.
        tracking_angle: 10 to 255.
        tracking_distance: in m; 50 to 65535.
    """

    max_tracking_interval: int | float | None = None
    min_tracking_interval: int | float | None = None
    speed_change: int | None = None
    tracking_angle: int | None = None
    tracking_distance: int | float | None = None


class AtlantaProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `atlanta`.

    Attributes:
        tracking_distance: in m; 50 to 65534.
        tracking_interval: in s; 30 to 18000.
    """

    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class AtlantaPt100Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `atlanta_pt100`.

    Attributes:
        tracking_interval: in s; 300 to 18000.
    """

    tracking_interval: int | float | None = None


class AtrackProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `atrack`.

    Attributes:
        control_mode: one of acc, engine_status.
        tracking_interval: in s; 30 to 655350.
        tracking_distance: in m; 50 to 65535.
        tracking_angle: in deg; 10 to 80.
        psm_mode: 0 to 2.
        psm_interval: in s; 30 to 3932100.
        on_stop_tracking_interval: in s; 1 to 655350.
    """

    control_mode: str | None = None
    tracking_interval: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_angle: int | float | None = None
    psm_mode: int | None = None
    psm_interval: int | float | None = None
    on_stop_tracking_interval: int | float | None = None


class AutofonProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `autofon`.

    Attributes:
        type: one of interval, power_save.
        tracking_interval: in s; 30 to 240.
        timer1_interval: in min.
        timer2_interval: in min.
    """

    type: str | None = None
    tracking_interval: int | float | None = None
    online_on_ext_power: bool | None = None
    timer1_time: datetime | None = None
    timer1_interval: int | float | None = None
    timer2_time: datetime | None = None
    timer2_interval: int | float | None = None


class AutoleadersSt901Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `autoleaders_st901`.

    Attributes:
        psm_interval: in s; 30 to 18000.
        psm_mode: 0 to 1.
        tracking_interval: in s; 30 to 18000.
    """

    psm_interval: int | float | None = None
    psm_mode: int | None = None
    tracking_interval: int | float | None = None


class AutoseekerAt17Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `autoseeker_at17`.

    Attributes:
        tracking_interval: in s; 1 to 18000.
    """

    tracking_interval: int | float | None = None


class AvlsatNeosProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `avlsat_neos`.

    Attributes:
        tracking_interval: in s; 60 to 599940.
    """

    tracking_interval: int | float | None = None


class Bitrek310Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `bitrek310`.

    Attributes:
        psm_interval: in s; 300 to 86400.
        psm_mode: 0 to 1.
        tracking_interval: in s; 720 to 21600.
    """

    psm_interval: int | float | None = None
    psm_mode: int | None = None
    tracking_interval: int | float | None = None


class BofanPt521Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `bofan_pt521`.

    Attributes:
        tracking_interval: in s; 10 to 90.
        tracking_distance: in m; 50 to 5000.
        tracking_angle: in deg; 10 to 1200.
        type: one of interval, distance, power_save, distance_interval_angle, interval_angle, intelligent.
    """

    tracking_interval: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_angle: int | float | None = None
    type: str | None = None


class BoxProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `box`.

    Attributes:
        tracking_angle: in deg; 10 to 359.
        tracking_interval: in s; 30 to 4294968.
    """

    tracking_angle: int | float | None = None
    tracking_interval: int | float | None = None


class BoxfinderProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `boxfinder`.

    Attributes:
        shock_value: in g; 0.5 to 4.
        sleep_timeout: in min; 1 to 1440.
    """

    shock_value: float | None = None
    sleep_timeout: int | float | None = None


class BsjProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `bsj`.

    Attributes:
        tracking_angle: in deg; 5 to 180.
        tracking_interval: in s; 30 to 86400.
    """

    tracking_angle: int | float | None = None
    tracking_interval: int | float | None = None


class C2stekFlProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `c2stek_fl`.

    Attributes:
        tracking_angle: in deg; 0 to 360.
        tracking_distance: in m; 0 to 9999.
        tracking_interval: in s; 0 to 9999.
    """

    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class CalampProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `calamp`.

    Attributes:
        psm_interval: in s; 30 to 86400.
        tracking_angle: in deg; 5 to 180.
        tracking_distance: in m; 50 to 5000.
        tracking_interval: in s; 30 to 86400.
    """

    psm_interval: int | float | None = None
    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class CantrackT80Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `cantrack_t80`.

    Attributes:
        tracking_interval: in s; 10 to 1000.
    """

    tracking_interval: int | float | None = None


class CareuProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `careu`.

    Attributes:
        tracking_angle: in deg; 5 to 180.
        tracking_distance: in m; 25 to 50000.
        tracking_interval: in s; 10 to 65535.
    """

    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class CargoProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `cargo`.

    Attributes:
        psm_interval: in s; 30 to 86400.
        tracking_angle: in deg; 5 to 180.
        tracking_distance: in m; 50 to 5000.
        tracking_interval: in s; 30 to 86400.
    """

    psm_interval: int | float | None = None
    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class CarscopCctr800Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `carscop_cctr800`.

    Attributes:
        psm_interval: in s; 3600 to 432000.
        psm_mode: 0 to 1.
        tracking_interval: in s; 30 to 999.
    """

    psm_interval: int | float | None = None
    psm_mode: int | None = None
    tracking_interval: int | float | None = None


class CarscopCctr830Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `carscop_cctr830`.

    Attributes:
        tracking_interval: in s; 30 to 999.
    """

    tracking_interval: int | float | None = None


class CastelIddProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `castel_idd`.

    Attributes:
        sleep_report_interval: in min; 10 to 1440.
        tracking_angle: in deg; 10 to 90.
        tracking_distance: in m; 50 to 5000.
        tracking_interval: in s; 30 to 600.
        upload_records_count: 1 to 10.
    """

    sleep_report_interval: int | float | None = None
    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None
    upload_records_count: int | None = None


class CastelIntervalProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `castel_interval`.

    Attributes:
        tracking_interval: in s; 10 to 18000.
    """

    tracking_interval: int | float | None = None


class CguardProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `cguard`.

    Attributes:
        tracking_interval: in s; 0 to 65535.
        tracking_distance: in m; 0 to 65535.
        tracking_angle: in deg; 0 to 180.
        psm_interval: in s; 0 to 65535.
    """

    tracking_interval: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_angle: int | float | None = None
    psm_interval: int | float | None = None


class CguardAssetProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `cguard_asset`.

    Attributes:
        tracking_interval: in s; 0 to 65535.
        tracking_distance: in m; 0 to 65535.
        tracking_angle: in deg; 0 to 180.
        psm_interval: in s; 0 to 65535.
        wakeup_type: one of SCHEDULED, PERIODICAL.
        wakeup_day: one of EVERYDAY, MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY.
        wakeup_period: in min; 15 to 65535.
    """

    tracking_interval: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_angle: int | float | None = None
    psm_interval: int | float | None = None
    mode: str | None = None
    wakeup_type: str | None = None
    wakeup_day: str | None = None
    wakeup_time: str | None = None
    wakeup_period: int | float | None = None
    moving_detection: bool | None = None


class ConcoxDistanceIntervalProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `concox_distance_interval`.

    Attributes:
        tracking_distance: in m; 100 to 10000.
        tracking_interval: in s; 30 to 18000.
    """

    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class ConcoxGt350Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `concox_gt350`.

    Attributes:
        psm_interval: in s; 600 to 432000.
        psm_mode: 0 to 1.
        tracking_interval: in s; 10 to 1800.
    """

    psm_interval: int | float | None = None
    psm_mode: int | None = None
    tracking_interval: int | float | None = None


class ConcoxGt700Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `concox_gt700`.

    Attributes:
        psm_interval: in h; 1 to 24.
        tracking_interval: in min; 1 to 30.
        type: one of interval, distance, power_save, distance_interval_angle, interval_angle, intelligent.
    """

    psm_interval: int | float | None = None
    tracking_interval: int | float | None = None
    type: str | None = None
    wakeup_time: str | None = None


class ConcoxIntervalProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `concox_interval`.

    Attributes:
        tracking_interval: in s; 30 to 18000.
    """

    tracking_interval: int | float | None = None


class ConcoxJv200Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `concox_jv200`.

    Attributes:
        tracking_interval: in s; 30 to 18000.
    """

    tracking_interval: int | float | None = None


class ConcoxQbitProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `concox_qbit`.

    Attributes:
        gps_tracking_interval: in s; 30 to 18000.
        lbs_tracking_interval: in s; 30 to 18000.
        mode: one of lbs, gps.
    """

    gps_tracking_interval: int | float | None = None
    lbs_tracking_interval: int | float | None = None
    mode: str | None = None


class Concoxgt02Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `concoxgt02`.

    Attributes:
        tracking_interval: in s; 30 to 18000.
    """

    tracking_interval: int | float | None = None


class Concoxgt06Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `concoxgt06`.

    Attributes:
        psm_interval: in s; 30 to 65535.
        tracking_angle: in deg; 0 to 180.
        tracking_distance: in m; 50 to 10000.
        tracking_interval: in s; 30 to 65535.
        type: one of interval, distance, power_save, distance_interval_angle, interval_angle, intelligent.
    """

    psm_interval: int | float | None = None
    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None
    type: str | None = None


class DefaultProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `default`.

    Attributes:
        type: one of interval, distance.
        tracking_interval: in s.
        tracking_distance: in m.
    """

    type: str | None = None
    tracking_interval: int | float | None = None
    tracking_distance: int | float | None = None


class DefaultAngleProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `default_angle`.

    Attributes:
        type: one of interval, distance.
        tracking_interval: in s.
        tracking_distance: in m.
        tracking_angle: in deg.
    """

    type: str | None = None
    tracking_interval: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_angle: int | float | None = None


class DefaultPowersaveProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `default_powersave`.

    Attributes:
        type: one of interval, distance.
        tracking_interval: in s.
        tracking_distance: in m.
        tracking_angle: in deg.
        psm_interval: in s; 60 to 65535.
    """

    type: str | None = None
    tracking_interval: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_angle: int | float | None = None
    psm_interval: int | float | None = None
    psm_mode: int | None = None


class Defenstar007Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `defenstar_007`.

    Attributes:
        tracking_interval: in s; 60 to 65534.
    """

    tracking_interval: int | float | None = None


class Defenstar008Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `defenstar_008`.

    Attributes:
        tracking_interval: in s; 10 to 9999.
    """

    tracking_interval: int | float | None = None


class DigitalsystemsDsf22Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `digitalsystems_dsf22`.

    Attributes:
        tracking_angle: in deg; 10 to 359.
        tracking_interval: in s; 30 to 86400.
    """

    tracking_angle: int | float | None = None
    tracking_interval: int | float | None = None


class DistanceIntervalProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `distance_interval`.

    Attributes:
        tracking_distance: in m; 50 to 100000.
        tracking_interval: in s; 30 to 86400.
    """

    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class DistanceIntervalAngleProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `distance_interval_angle`.

    Attributes:
        tracking_interval: in s.
        tracking_distance: in m.
        tracking_angle: in deg.
    """

    tracking_interval: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_angle: int | float | None = None


class DistanceIntervalAnglePsProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `distance_interval_angle_ps`.

    Attributes:
        psm_interval: in s; 30 to 86400.
        tracking_angle: in deg; 10 to 359.
        tracking_distance: in m; 50 to 100000.
        tracking_interval: in s; 30 to 86400.
    """

    psm_interval: int | float | None = None
    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class EelinkProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `eelink`.

    Attributes:
        tracking_interval: in s; 10 to 18000.
    """

    tracking_interval: int | float | None = None


class EelinkTk116Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `eelink_tk116`.

    Attributes:
        tracking_interval: in s; 10 to 3600.
    """

    tracking_interval: int | float | None = None


class EelinkV2Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `eelink_v2`.

    Attributes:
        active_tracking_interval: in s; 30 to 65535.
        gps_working_mode: one of always_on, auto.
        gsm_working_mode: one of always_on, auto.
        tracking_angle: in deg; 0 to 180.
        tracking_distance: in m; 50 to 10000.
        tracking_interval: in s; 30 to 65535.
    """

    active_tracking_interval: int | float | None = None
    gps_working_mode: str | None = None
    gsm_working_mode: str | None = None
    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class EnforaProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `enfora`.

    Attributes:
        tracking_distance: in m; 100 to 10000.
        tracking_interval: in s; 30 to 18000.
    """

    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class EsinoProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `esino`.

    Attributes:
        tracking_interval: in s; 20 to 3600.
    """

    tracking_interval: int | float | None = None


class EtrackTlt2hProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `etrack_tlt2h`.

    Attributes:
        tracking_interval: in s; 10 to 59999.
    """

    tracking_interval: int | float | None = None


class FifotrackProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `fifotrack`.

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
