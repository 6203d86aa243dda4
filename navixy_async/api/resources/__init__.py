"""The entrance to all actions: the first part of the platform's path is an attribute here.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from ...operations import FileCaller

if TYPE_CHECKING:
    from .api import ApiActions
    from .apn_settings import ApnSettingsActions
    from .asset import AssetActions
    from .asset_group import AssetGroupActions
    from .base import BaseActions
    from .beacon import BeaconActions
    from .bill import BillActions
    from .checkin import CheckinActions
    from .data import DataActions
    from .dealer import DealerActions
    from .delivery import DeliveryActions
    from .department import DepartmentActions
    from .driver import DriverActions
    from .dwh import DwhActions
    from .eco_fleet import EcoFleetActions
    from .employee import EmployeeActions
    from .entity import EntityActions
    from .feedback import FeedbackActions
    from .file import FileActions
    from .form import FormActions
    from .garage import GarageActions
    from .geocoder import GeocoderActions
    from .history import HistoryActions
    from .iot import IotActions
    from .map_layer import MapLayerActions
    from .notification import NotificationActions
    from .payment_system import PaymentSystemActions
    from .place import PlaceActions
    from .plugin import PluginActions
    from .report import ReportActions
    from .retranslator import RetranslatorActions
    from .route import RouteActions
    from .status import StatusActions
    from .subscription import SubscriptionActions
    from .subuser import SubuserActions
    from .tag import TagActions
    from .tariff import TariffActions
    from .task import TaskActions
    from .timezone import TimezoneActions
    from .track import TrackActions
    from .tracker import TrackerActions
    from .transaction import TransactionActions
    from .user import UserActions
    from .vehicle import VehicleActions
    from .zone import ZoneActions


class Resources:
    """The platform's actions under their own paths: ``/tracker/group/list`` is ``.tracker.group.list()``.

    A noun's module is loaded when it is first used.
    """

    def __init__(self, caller: FileCaller) -> None:
        # An account is its own caller, and must not hold itself: it would live until the collector comes by.
        self._given = None if cast(object, caller) is self else caller

    @property
    def _caller(self) -> FileCaller:
        return cast(FileCaller, self) if self._given is None else self._given

    @property
    def api(self) -> ApiActions:
        """Actions under `/api`. API keys of the account: credentials of their own that do not expire."""
        from .api import ApiActions  # noqa: PLC0415 - loaded when first used

        return ApiActions(self._caller)

    @property
    def apn_settings(self) -> ApnSettingsActions:
        """Actions under `/apn_settings`. Settings of mobile access points (APN)."""
        from .apn_settings import ApnSettingsActions  # noqa: PLC0415 - loaded when first used

        return ApnSettingsActions(self._caller)

    @property
    def asset(self) -> AssetActions:
        """Actions under `/asset`. Vehicles and employees, wherever their trackers were."""
        from .asset import AssetActions  # noqa: PLC0415 - loaded when first used

        return AssetActions(self._caller)

    @property
    def asset_group(self) -> AssetGroupActions:
        """Actions under `/asset_group`. Groups that link vehicles, employees and trackers."""
        from .asset_group import AssetGroupActions  # noqa: PLC0415 - loaded when first used

        return AssetGroupActions(self._caller)

    @property
    def base(self) -> BaseActions:
        """Actions under `/base`. Service actions of the platform."""
        from .base import BaseActions  # noqa: PLC0415 - loaded when first used

        return BaseActions(self._caller)

    @property
    def beacon(self) -> BeaconActions:
        """Actions under `/beacon`. Beacons that trackers saw."""
        from .beacon import BeaconActions  # noqa: PLC0415 - loaded when first used

        return BeaconActions(self._caller)

    @property
    def bill(self) -> BillActions:
        """Actions under `/bill`. Bills of the account."""
        from .bill import BillActions  # noqa: PLC0415 - loaded when first used

        return BillActions(self._caller)

    @property
    def checkin(self) -> CheckinActions:
        """Actions under `/checkin`. Check-ins: somebody was at a place, with remarks, pictures and a form."""
        from .checkin import CheckinActions  # noqa: PLC0415 - loaded when first used

        return CheckinActions(self._caller)

    @property
    def data(self) -> DataActions:
        """Actions under `/data`. Spreadsheets, and the imports that are made of them."""
        from .data import DataActions  # noqa: PLC0415 - loaded when first used

        return DataActions(self._caller)

    @property
    def dealer(self) -> DealerActions:
        """Actions under `/dealer`. The operator of the platform, and the limits that the platform works with."""
        from .dealer import DealerActions  # noqa: PLC0415 - loaded when first used

        return DealerActions(self._caller)

    @property
    def delivery(self) -> DeliveryActions:
        """Actions under `/delivery`. Deliveries, as their receivers see them."""
        from .delivery import DeliveryActions  # noqa: PLC0415 - loaded when first used

        return DeliveryActions(self._caller)

    @property
    def department(self) -> DepartmentActions:
        """Actions under `/department`. Departments that employees belong to."""
        from .department import DepartmentActions  # noqa: PLC0415 - loaded when first used

        return DepartmentActions(self._caller)

    @property
    def driver(self) -> DriverActions:
        """Actions under `/driver`. Logbooks of drivers."""
        from .driver import DriverActions  # noqa: PLC0415 - loaded when first used

        return DriverActions(self._caller)

    @property
    def dwh(self) -> DwhActions:
        """Actions under `/dwh`."""
        from .dwh import DwhActions  # noqa: PLC0415 - loaded when first used

        return DwhActions(self._caller)

    @property
    def eco_fleet(self) -> EcoFleetActions:
        """Actions under `/eco_fleet`. Resampled data and its quality."""
        from .eco_fleet import EcoFleetActions  # noqa: PLC0415 - loaded when first used

        return EcoFleetActions(self._caller)

    @property
    def employee(self) -> EmployeeActions:
        """Actions under `/employee`. Employees: drivers and field workers."""
        from .employee import EmployeeActions  # noqa: PLC0415 - loaded when first used

        return EmployeeActions(self._caller)

    @property
    def entity(self) -> EntityActions:
        """Actions under `/entity`. Kinds of objects, and their custom fields."""
        from .entity import EntityActions  # noqa: PLC0415 - loaded when first used

        return EntityActions(self._caller)

    @property
    def feedback(self) -> FeedbackActions:
        """Actions under `/feedback`. Messages to the operator."""
        from .feedback import FeedbackActions  # noqa: PLC0415 - loaded when first used

        return FeedbackActions(self._caller)

    @property
    def file(self) -> FileActions:
        """Actions under `/file`. The file storage of the account."""
        from .file import FileActions  # noqa: PLC0415 - loaded when first used

        return FileActions(self._caller)

    @property
    def form(self) -> FormActions:
        """Actions under `/form`. Forms: questions that tasks and check-ins ask."""
        from .form import FormActions  # noqa: PLC0415 - loaded when first used

        return FormActions(self._caller)

    @property
    def garage(self) -> GarageActions:
        """Actions under `/garage`. Garages of vehicles."""
        from .garage import GarageActions  # noqa: PLC0415 - loaded when first used

        return GarageActions(self._caller)

    @property
    def geocoder(self) -> GeocoderActions:
        """Actions under `/geocoder`. Addresses of positions, and positions of addresses."""
        from .geocoder import GeocoderActions  # noqa: PLC0415 - loaded when first used

        return GeocoderActions(self._caller)

    @property
    def history(self) -> HistoryActions:
        """Actions under `/history`. Events of trackers, assets and the account, as the platform recorded them."""
        from .history import HistoryActions  # noqa: PLC0415 - loaded when first used

        return HistoryActions(self._caller)

    @property
    def iot(self) -> IotActions:
        """Actions under `/iot`."""
        from .iot import IotActions  # noqa: PLC0415 - loaded when first used

        return IotActions(self._caller)

    @property
    def map_layer(self) -> MapLayerActions:
        """Actions under `/map_layer`. Map layers made of KML files."""
        from .map_layer import MapLayerActions  # noqa: PLC0415 - loaded when first used

        return MapLayerActions(self._caller)

    @property
    def notification(self) -> NotificationActions:
        """Actions under `/notification`. Notices of the operator."""
        from .notification import NotificationActions  # noqa: PLC0415 - loaded when first used

        return NotificationActions(self._caller)

    @property
    def payment_system(self) -> PaymentSystemActions:
        """Actions under `/payment_system`. Ways to pay."""
        from .payment_system import PaymentSystemActions  # noqa: PLC0415 - loaded when first used

        return PaymentSystemActions(self._caller)

    @property
    def place(self) -> PlaceActions:
        """Actions under `/place`. Places: points of interest with an address."""
        from .place import PlaceActions  # noqa: PLC0415 - loaded when first used

        return PlaceActions(self._caller)

    @property
    def plugin(self) -> PluginActions:
        """Actions under `/plugin`. Report plugins that the account may use."""
        from .plugin import PluginActions  # noqa: PLC0415 - loaded when first used

        return PluginActions(self._caller)

    @property
    def report(self) -> ReportActions:
        """Actions under `/report`. Reports: made in the background, read or downloaded when they are ready."""
        from .report import ReportActions  # noqa: PLC0415 - loaded when first used

        return ReportActions(self._caller)

    @property
    def retranslator(self) -> RetranslatorActions:
        """Actions under `/retranslator`. Retranslators, which forward data to other servers."""
        from .retranslator import RetranslatorActions  # noqa: PLC0415 - loaded when first used

        return RetranslatorActions(self._caller)

    @property
    def route(self) -> RouteActions:
        """Actions under `/route`. Planning of routes."""
        from .route import RouteActions  # noqa: PLC0415 - loaded when first used

        return RouteActions(self._caller)

    @property
    def status(self) -> StatusActions:
        """Actions under `/status`. Working statuses of those who carry trackers."""
        from .status import StatusActions  # noqa: PLC0415 - loaded when first used

        return StatusActions(self._caller)

    @property
    def subscription(self) -> SubscriptionActions:
        """Actions under `/subscription`. Subscriptions to payment services."""
        from .subscription import SubscriptionActions  # noqa: PLC0415 - loaded when first used

        return SubscriptionActions(self._caller)

    @property
    def subuser(self) -> SubuserActions:
        """Actions under `/subuser`. Sub-users: what they may see and do."""
        from .subuser import SubuserActions  # noqa: PLC0415 - loaded when first used

        return SubuserActions(self._caller)

    @property
    def tag(self) -> TagActions:
        """Actions under `/tag`. Tags that anything may carry."""
        from .tag import TagActions  # noqa: PLC0415 - loaded when first used

        return TagActions(self._caller)

    @property
    def tariff(self) -> TariffActions:
        """Actions under `/tariff`. Tariffs of trackers."""
        from .tariff import TariffActions  # noqa: PLC0415 - loaded when first used

        return TariffActions(self._caller)

    @property
    def task(self) -> TaskActions:
        """Actions under `/task`. Tasks: where somebody has to be, when, and what to do there."""
        from .task import TaskActions  # noqa: PLC0415 - loaded when first used

        return TaskActions(self._caller)

    @property
    def timezone(self) -> TimezoneActions:
        """Actions under `/timezone`. Time zones that the platform knows."""
        from .timezone import TimezoneActions  # noqa: PLC0415 - loaded when first used

        return TimezoneActions(self._caller)

    @property
    def track(self) -> TrackActions:
        """Actions under `/track`. Tracks: the trips of one tracker, and the points they are made of."""
        from .track import TrackActions  # noqa: PLC0415 - loaded when first used

        return TrackActions(self._caller)

    @property
    def tracker(self) -> TrackerActions:
        """Actions under `/tracker`. Trackers: the devices of the account, and their last known state."""
        from .tracker import TrackerActions  # noqa: PLC0415 - loaded when first used

        return TrackerActions(self._caller)

    @property
    def transaction(self) -> TransactionActions:
        """Actions under `/transaction`. Movements of money of the account."""
        from .transaction import TransactionActions  # noqa: PLC0415 - loaded when first used

        return TransactionActions(self._caller)

    @property
    def user(self) -> UserActions:
        """Actions under `/user`. The user: login, account, password and personal data."""
        from .user import UserActions  # noqa: PLC0415 - loaded when first used

        return UserActions(self._caller)

    @property
    def vehicle(self) -> VehicleActions:
        """Actions under `/vehicle`. Vehicles."""
        from .vehicle import VehicleActions  # noqa: PLC0415 - loaded when first used

        return VehicleActions(self._caller)

    @property
    def zone(self) -> ZoneActions:
        """Actions under `/zone`. Geofences."""
        from .zone import ZoneActions  # noqa: PLC0415 - loaded when first used

        return ZoneActions(self._caller)
