"""Structs of `tracking_profiles_c`. How devices report: profiles of the models, o to z.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from .common import TrackingProfile


class OigoAr2Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `oigo_ar2`.

    Attributes:
        psm_interval: in s.
        tracking_angle: in deg.
        tracking_distance: in m.
        tracking_interval: in s.
    """

    psm_interval: int | float | None = None
    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class OrangeTk103Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `orange_tk103`.

    Attributes:
        tracking_interval: in s.
    """

    tracking_interval: int | float | None = None


class PiccoloAtxProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `piccolo_atx`.

    Attributes:
        tracking_interval: in s.
    """

    tracking_interval: int | float | None = None


class PiccoloDistanceIntervalAngleProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `piccolo_distance_interval_angle`.

    Attributes:
        tracking_angle: in deg.
        tracking_distance: in m.
        tracking_interval: in s.
    """

    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class PiccoloPlusProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `piccolo_plus`.

    Attributes:
        sleep_mode: one of disabled, engine, asset, hybrid.
        track_by: one of interval, distance.
        tracking_interval: in s.
        tracking_distance: in m.
        tracking_angle: in deg.
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
        tracking_angle: in deg.
        tracking_interval: in s.
    """

    tracking_angle: int | float | None = None
    tracking_interval: int | float | None = None


class SanfoneProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `sanfone`.

    Attributes:
        tracking_angle: in deg.
        tracking_distance: in m.
        tracking_interval: in s.
    """

    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class SatsolProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `satsol`.

    Attributes:
        psm_interval: in s.
        tracking_angle: in deg.
        tracking_distance: in m.
        tracking_interval: in s.
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
        tracking_interval: in s.
    """

    tracking_interval: int | float | None = None


class SinowellG102Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `sinowell_g102`.

    Attributes:
        psm_interval: in s.
        tracking_angle: in deg.
        tracking_distance: in m.
        tracking_interval: in s.
    """

    psm_interval: int | float | None = None
    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class SkypatrolTt8750plusProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `skypatrol_tt8750plus`.

    Attributes:
        psm_interval: in s.
        tracking_angle: in deg.
        tracking_distance: in m.
        tracking_interval: in s.
    """

    psm_interval: int | float | None = None
    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class SleepActiveProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `sleep_active`.

    Attributes:
        active_time: in s.
        sleep_time: in s.
    """

    active_time: int | float | None = None
    sleep_time: int | float | None = None


class SpetrotecIwatcherProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `spetrotec_iwatcher`.

    Attributes:
        tracking_distance: in m.
        tracking_interval: in s.
        type: one of interval, distance, power_save, distance_interval_angle, interval_angle, intelligent.
    """

    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None
    type: str | None = None


class StabLinerProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `stab_liner`.

    Attributes:
        psm_interval: in s.
        tracking_angle: in deg.
        tracking_distance: in m.
        tracking_interval: in s.
    """

    psm_interval: int | float | None = None
    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class StarcomHeliosProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `starcom_helios`.

    Attributes:
        tracking_interval: in s.
    """

    tracking_interval: int | float | None = None


class StarlineM17Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `starline_m17`.

    Attributes:
        psm_interval: in s.
        tracking_interval: in s.
    """

    psm_interval: int | float | None = None
    psm_mode: int | None = None
    tracking_interval: int | float | None = None


class SuntechDistanceIntervalAngleProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `suntech_distance_interval_angle`.

    Attributes:
        tracking_angle: in deg.
        tracking_distance: in m.
        tracking_interval: in s.
    """

    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class SuntechIntervalProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `suntech_interval`.

    Attributes:
        tracking_interval: in s.
    """

    tracking_interval: int | float | None = None


class SyrusProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `syrus`.

    Attributes:
        tracking_angle: in deg.
        tracking_distance: in m.
        tracking_interval: in s.
    """

    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class TelfmProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `telfm`.

    Attributes:
        tracking_distance: in m.
        tracking_interval: in s.
        on_stop_tracking_interval: in s.
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
        sleep_timeout: in s.
        tracking_distance: in m.
        tracking_interval: in s.
    """

    sleep_mode: str | None = None
    sleep_timeout: int | float | None = None
    tracking_angle: int | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class TopflyProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `topfly`.

    Attributes:
        psm_interval: in s.
        tracking_angle: in deg.
        tracking_distance: in m.
        tracking_interval: in s.
    """

    psm_interval: int | float | None = None
    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class TopshineDistanceIntervalProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `topshine_distance_interval`.

    Attributes:
        tracking_distance: in m.
        tracking_interval: in s.
    """

    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class TopshineDistanceIntervalAngleProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `topshine_distance_interval_angle`.

    Attributes:
        tracking_angle: in deg.
        tracking_distance: in m.
        tracking_interval: in s.
    """

    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class ToptenProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `topten`.

    Attributes:
        tracking_angle: in deg.
        tracking_interval: in s.
    """

    tracking_angle: int | float | None = None
    tracking_interval: int | float | None = None


class TotargetProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `totarget`.

    Attributes:
        tracking_interval: in s.
    """

    tracking_interval: int | float | None = None


class TotemProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `totem`.

    Attributes:
        psm_interval: in s.
        tracking_angle: in deg.
        tracking_distance: in m.
        tracking_interval: in s.
    """

    psm_interval: int | float | None = None
    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class TrackertechMsp320Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `trackertech_msp320`.

    Attributes:
        tracking_interval: in s.
    """

    tracking_interval: int | float | None = None


class TrackertechMsp340Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `trackertech_msp340`.

    Attributes:
        psm_interval: in s.
        tracking_interval: in s.
    """

    psm_interval: int | float | None = None
    tracking_interval: int | float | None = None


class TrackertechMsp350Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `trackertech_msp350`.

    Attributes:
        psm_interval: in s.
        tracking_distance: in m.
        tracking_interval: in s.
    """

    psm_interval: int | float | None = None
    psm_mode: int | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class TramigoProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `tramigo`.

    Attributes:
        tracking_interval: in min.
        tracking_distance: in km.
        tracking_angle: in deg.
        on_stop_tracking_interval: in min.
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
        tracking_interval: in s.
        tracking_distance: in km.
        tracking_angle: in deg.
        on_stop_tracking_interval: in min.
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
        psm_interval: in s.
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
        tracking_angle: in deg.
        tracking_distance: in m.
        tracking_interval: in s.
    """

    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class VjoyProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `vjoy`.

    Attributes:
        continuous_report_interval: in s.
        motion_interval: in s.
        psm_wake_up_interval: in h.
    """

    continuous_report_interval: int | float | None = None
    motion_interval: int | float | None = None
    psm_mode: int | None = None
    psm_wake_up_interval: int | float | None = None


class XirgoProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `xirgo`.

    Attributes:
        psm_interval: in s.
        tracking_angle: in deg.
        tracking_distance: in mi.
        tracking_interval: in s.
    """

    psm_interval: int | float | None = None
    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class Xirgo48Profile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `xirgo_48`.

    Attributes:
        psm_interval: in s.
        tracking_angle: in deg.
        tracking_distance: in mi.
        tracking_interval: in s.
    """

    psm_interval: int | float | None = None
    tracking_angle: int | float | None = None
    tracking_distance: int | float | None = None
    tracking_interval: int | float | None = None


class XirgoDistProfile(TrackingProfile, kw_only=True, gc=False):
    """The tracking profile `xirgo_dist`.

    Attributes:
        psm_interval: in s.
        tracking_angle: in deg.
        tracking_distance: in mi.
        tracking_interval: in s.
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
        gps_determination_period: in d.
    """

    mode: str | None = None
    main_wakeup_time: str | None = None
    wakeup_period: str | None = None
    gps_determination_period: int | float | None = None
