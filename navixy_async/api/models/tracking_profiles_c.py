"""Structs of `tracking_profiles_c`. How devices report: profiles of the models, o to z.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from .common import TrackingProfile


class OigoAr2Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `oigo_ar2`.

    Attributes:
        psm_interval: in s; 15 to 604800.
        tracking_angle: in deg; 0 to 180.
        tracking_distance: in m; 0 to 60000.
        tracking_interval: in s; 15 to 604800.
    """

    psm_interval: int | float | None = None
    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class OrangeTk103Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `orange_tk103`.

    Attributes:
        tracking_interval: in s; 30 to 990.
    """

    tracking_interval: int | float | None = None


class PiccoloAtxProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `piccolo_atx`.

    Attributes:
        tracking_interval: in s; 300 to 86400.
    """

    tracking_interval: int | float | None = None


class PiccoloDistanceIntervalAngleProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `piccolo_distance_interval_angle`.

    Attributes:
        tracking_angle: in deg; 30 to 150.
        tracking_distance: in m; 100 to 10000.
        tracking_interval: in s; 30 to 65535.
    """

    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class PiccoloPlusProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `piccolo_plus`.

    Attributes:
        sleep_mode: one of disabled, engine, asset, hybrid.
        track_by: one of interval, distance.
        tracking_interval: in s; 60 to 86400.
        tracking_distance: in m; 100 to 10000.
        tracking_angle: in deg; 30 to 150.
        asset_moving_interval: 300 to 86400.
        asset_stopped_interval: 300 to 86400.
    """

    sleep_mode: str | None = None
    track_by: str | None = None
    tracking_interval: int | float | None = None
    tracking_distance: int | float | None = None
    track_by_angle: bool | None = None
    tracking_angle: int | float | None = None
    asset_moving_interval: int | None = None
    asset_stopped_interval: int | None = None


class RedviewVt680Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `redview_vt680`.

    Attributes:
        tracking_angle: in deg; 30 to 270.
        tracking_interval: in s; 10 to 655350.
    """

    tracking_angle: int | float | None = None
    tracking_interval: int | float | None = None


class SanfoneProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `sanfone`.

    Attributes:
        tracking_angle: in deg; 10 to 360.
        tracking_distance: in m; 30 to 60000.
        tracking_interval: in s; 30 to 999.
    """

    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class SatsolProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `satsol`.

    Attributes:
        psm_interval: in s; 30 to 86400.
        tracking_angle: in deg; 10 to 359.
        tracking_distance: in m; 50 to 9999.
        tracking_interval: in s; 30 to 86400.
    """

    psm_interval: int | float | None = None
    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class Senseitp211Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `senseitp211`.

    Attributes:
        tracking_interval: in s.
    """

    tracking_interval: int | float | None = None
    gps_enabled: bool | None = None


class SheriffAwax12Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `sheriff_awax12`.

    Attributes:
        tracking_interval: in s; 900 to 86400.
    """

    tracking_interval: int | float | None = None


class SinowellG102Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `sinowell_g102`.

    Attributes:
        psm_interval: in s; 10 to 65000.
        tracking_angle: in deg; 5 to 180.
        tracking_distance: in m; 50 to 1000.
        tracking_interval: in s; 10 to 1000.
    """

    psm_interval: int | float | None = None
    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class SkypatrolTt8750plusProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `skypatrol_tt8750plus`.

    Attributes:
        psm_interval: in s; 30 to 18000.
        tracking_angle: in deg; 10 to 359.
        tracking_distance: in m; 100 to 10000.
        tracking_interval: in s; 30 to 18000.
    """

    psm_interval: int | float | None = None
    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class SleepActiveProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `sleep_active`.

    Attributes:
        active_time: in s; 300 to 599940.
        sleep_time: in s; 300 to 599940.
    """

    active_time: int | float | None = None
    sleep_time: int | float | None = None


class SpetrotecIwatcherProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `spetrotec_iwatcher`.

    Attributes:
        tracking_distance: in m; 100 to 100000.
        tracking_interval: in s; 60 to 86400.
        type: one of interval, distance, power_save, distance_interval_angle, interval_angle, intelligent.
    """

    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None
    type: str | None = None


class StabLinerProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `stab_liner`.

    Attributes:
        psm_interval: in s; 0 to 3600.
        tracking_angle: in deg; 0 to 180.
        tracking_distance: in m; 50 to 100000.
        tracking_interval: in s; 0 to 3600.
    """

    psm_interval: int | float | None = None
    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class StarcomHeliosProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `starcom_helios`.

    Attributes:
        tracking_interval: in s; 0 to 432000.
    """

    tracking_interval: int | float | None = None


class StarlineM17Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `starline_m17`.

    Attributes:
        psm_interval: in s; 60 to 3540.
        tracking_interval: in s; 0 to 300.
    """

    psm_interval: int | float | None = None
    psm_mode: int | None = None
    tracking_interval: int | float | None = None


class SuntechDistanceIntervalAngleProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `suntech_distance_interval_angle`.

    Attributes:
        tracking_angle: in deg; 0 to 180.
        tracking_distance: in m; 50 to 60000.
        tracking_interval: in s; 20 to 60000.
    """

    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class SuntechIntervalProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `suntech_interval`.

    Attributes:
        tracking_interval: in s; 20 to 60000.
    """

    tracking_interval: int | float | None = None


class SyrusProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `syrus`.

    Attributes:
        tracking_angle: in deg; 5 to 90.
        tracking_distance: in m; 100 to 5000.
        tracking_interval: in s; 30 to 9999.
    """

    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class TelfmProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `telfm`.

    Attributes:
        tracking_angle: 10 to 255.
        tracking_distance: in m; 50 to 65535.
        tracking_interval: in s; 30 to 255.
        on_stop_tracking_interval: in s; 30 to 65535.
        sleep_mode: one of disabled, soft_sleep.
        stop_detection: one of ignition, g_sensor, gps.
    """

    tracking_angle: int | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None
    on_stop_tracking_interval: int | float | None = None
    sleep_mode: str | None = None
    stop_detection: str | None = None


class Telfm5xProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `telfm5x`.

    Attributes:
        sleep_mode: one of disabled, soft_sleep.
        sleep_timeout: in s; 300 to 2592000.
        tracking_angle: 0 to 180.
        tracking_distance: in m; 50 to 65535.
        tracking_interval: in s; 30 to 2592000.
    """

    sleep_mode: str | None = None
    sleep_timeout: int | float | None = None
    tracking_angle: int | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class TopflyProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `topfly`.

    Attributes:
        psm_interval: in s; 0 to 65535.
        tracking_angle: in deg; 0 to 90.
        tracking_distance: in m; 50 to 65535.
        tracking_interval: in s; 0 to 65535.
    """

    psm_interval: int | float | None = None
    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class TopshineDistanceIntervalProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `topshine_distance_interval`.

    Attributes:
        tracking_distance: in m; 50 to 65535.
        tracking_interval: in s; 10 to 655350.
    """

    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class TopshineDistanceIntervalAngleProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `topshine_distance_interval_angle`.

    Attributes:
        tracking_angle: in deg; 0 to 359.
        tracking_distance: in m; 50 to 65535.
        tracking_interval: in s; 10 to 655350.
    """

    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class ToptenProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `topten`.

    Attributes:
        tracking_angle: in deg; 0 to 359.
        tracking_interval: in s; 10 to 655350.
    """

    tracking_angle: int | float | None = None
    tracking_interval: int | float | None = None


class TotargetProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `totarget`.

    Attributes:
        tracking_interval: in s; 30 to 300.
    """

    tracking_interval: int | float | None = None


class TotemProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `totem`.

    Attributes:
        psm_interval: in s; 10 to 18000.
        tracking_angle: in deg; 10 to 180.
        tracking_distance: in m; 10 to 18000.
        tracking_interval: in s; 10 to 18000.
    """

    psm_interval: int | float | None = None
    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class TrackertechMsp320Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `trackertech_msp320`.

    Attributes:
        tracking_interval: in s; 30 to 86400.
    """

    tracking_interval: int | float | None = None


class TrackertechMsp340Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `trackertech_msp340`.

    Attributes:
        psm_interval: in s; 180 to 86400.
        tracking_interval: in s; 30 to 86400.
    """

    psm_interval: int | float | None = None
    tracking_interval: int | float | None = None


class TrackertechMsp350Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `trackertech_msp350`.

    Attributes:
        psm_interval: in s; 60 to 2147483647.
        tracking_distance: in m; 50 to 100000.
        tracking_interval: in s; 30 to 86400.
    """

    psm_interval: int | float | None = None
    psm_mode: int | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class TramigoProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `tramigo`.

    Attributes:
        tracking_interval: in min; 1 to 10080.
        tracking_distance: in km; 0.5 to 20.
        tracking_angle: in deg; 20 to 180.
        on_stop_tracking_interval: in min; 1 to 10080.
        sleep_mode: one of disabled, enabled.
    """

    tracking_interval: int | float | None = None
    tracking_distance: float | None = None
    tracking_angle: int | float | None = None
    on_stop_tracking_interval: int | float | None = None
    sleep_mode: str | None = None


class TramigoWithSecondsProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `tramigo_with_seconds`.

    Attributes:
        tracking_interval: in s; 30 to 604800.
        tracking_distance: in km; 0.5 to 20.
        tracking_angle: in deg; 20 to 180.
        on_stop_tracking_interval: in min; 1 to 10080.
        sleep_mode: one of disabled, enabled.
    """

    tracking_interval: int | float | None = None
    tracking_distance: float | None = None
    tracking_angle: int | float | None = None
    on_stop_tracking_interval: int | float | None = None
    sleep_mode: str | None = None


class Tt1Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `tt1`.

    Attributes:
        type: one of interval, distance.
        tracking_interval: in s.
        tracking_distance: in m.
        tracking_angle: in deg.
        psm_interval: in s; 600 to 3932100.
        bat_psm_interval: in s.
    """

    type: str | None = None
    psm_mode: int | None = None
    tracking_interval: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_angle: int | float | None = None
    psm_interval: int | float | None = None
    bat_voltage: str | None = None
    bat_psm_interval: int | float | None = None


class UlbotechT300Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `ulbotech_t300`.

    Attributes:
        tracking_angle: in deg; 3 to 20.
        tracking_distance: in m; 0 to 25500.
        tracking_interval: in s; 30 to 900.
    """

    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class VjoyProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `vjoy`.

    Attributes:
        continuous_report_interval: in s; 10 to 5940.
        motion_interval: in s; 30 to 999.
        psm_wake_up_interval: in h; 1 to 99.
    """

    continuous_report_interval: int | float | None = None
    motion_interval: int | float | None = None
    psm_mode: int | None = None
    psm_wake_up_interval: int | float | None = None


class XirgoProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `xirgo`.

    Attributes:
        psm_interval: in s; 60 to 2592000.
        tracking_angle: in deg; 10 to 180.
        tracking_distance: in mi; 1 to 100.
        tracking_interval: in s; 30 to 2592000.
    """

    psm_interval: int | float | None = None
    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class Xirgo48Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `xirgo_48`.

    Attributes:
        psm_interval: in s; 60 to 2592000.
        tracking_angle: in deg; 10 to 180.
        tracking_distance: in mi; 1 to 100.
        tracking_interval: in s; 30 to 2592000.
    """

    psm_interval: int | float | None = None
    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class XirgoDistProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `xirgo_dist`.

    Attributes:
        psm_interval: in s; 60 to 2592000.
        tracking_angle: in deg; 10 to 180.
        tracking_distance: in mi; 1 to 100.
        tracking_interval: in s; 30 to 2592000.
    """

    psm_interval: int | float | None = None
    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class YatutPoiskProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `yatut_poisk`.

    Attributes:
        mode: one of DAILY, TEST, SEARCH.
        wakeup_period: one of 8, 12, 24.
        gps_determination_period: in d; 0 to 30.
    """

    mode: str | None = None
    main_wakeup_time: str | None = None
    wakeup_period: str | None = None
    gps_determination_period: int | float | None = None
