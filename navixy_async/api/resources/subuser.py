"""The actions under `/subuser`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from msgspec import UNSET, UnsetType

from ...operations import Lane, Operation, Replay
from ..checks import at_least_one, listed, sent, sized, without
from ..models.place import Place
from ..models.subuser import (
    SecurityGroup,
    Subuser,
    SubuserListAnswer,
    SubuserPlacesListAnswer,
    SubuserPlacesListIdsAnswer,
    SubuserRegisterAnswer,
    SubuserSecurityGroupCreateAnswer,
    SubuserSecurityGroupListAnswer,
    SubuserSessionCreateAnswer,
    SubuserTrackerListAnswer,
    SubuserZonesListAnswer,
    SubuserZonesListIdsAnswer,
)
from ..models.zone import Zone
from ..noun import Noun, present

if TYPE_CHECKING:
    from ...paging import OffsetPager

PlacesOrder: TypeAlias = Literal["id", "label", "description", "location", "external_id", "assigned_date"]

ZonesOrder: TypeAlias = Literal["id", "label"]

DELETE: Operation[dict[str, Any]] = Operation("subuser/delete", dict[str, Any])
LIST: Operation[SubuserListAnswer] = Operation("subuser/list", SubuserListAnswer, replay=Replay.READ)
PLACES_BIND: Operation[dict[str, Any]] = Operation("subuser/places/bind", dict[str, Any])
PLACES_LIST: Operation[SubuserPlacesListAnswer] = Operation(
    "subuser/places/list", SubuserPlacesListAnswer, replay=Replay.READ
)
PLACES_LIST_IDS: Operation[SubuserPlacesListIdsAnswer] = Operation(
    "subuser/places/list_ids", SubuserPlacesListIdsAnswer, replay=Replay.READ
)
PLACES_UNBIND: Operation[dict[str, Any]] = Operation("subuser/places/unbind", dict[str, Any])
REGISTER: Operation[SubuserRegisterAnswer] = Operation("subuser/register", SubuserRegisterAnswer)
SECURITY_GROUP_ASSIGN: Operation[dict[str, Any]] = Operation(
    "subuser/security_group/assign", dict[str, Any], replay=Replay.IDEMPOTENT
)
SECURITY_GROUP_CREATE: Operation[SubuserSecurityGroupCreateAnswer] = Operation(
    "subuser/security_group/create", SubuserSecurityGroupCreateAnswer
)
SECURITY_GROUP_DELETE: Operation[dict[str, Any]] = Operation("subuser/security_group/delete", dict[str, Any])
SECURITY_GROUP_LIST: Operation[SubuserSecurityGroupListAnswer] = Operation(
    "subuser/security_group/list", SubuserSecurityGroupListAnswer, replay=Replay.READ
)
SECURITY_GROUP_UPDATE: Operation[dict[str, Any]] = Operation(
    "subuser/security_group/update", dict[str, Any], replay=Replay.IDEMPOTENT
)
SESSION_CREATE: Operation[SubuserSessionCreateAnswer] = Operation("subuser/session/create", SubuserSessionCreateAnswer)
TRACKER_BIND: Operation[dict[str, Any]] = Operation("subuser/tracker/bind", dict[str, Any])
TRACKER_LIST: Operation[SubuserTrackerListAnswer] = Operation(
    "subuser/tracker/list", SubuserTrackerListAnswer, replay=Replay.READ
)
TRACKER_UNBIND: Operation[dict[str, Any]] = Operation("subuser/tracker/unbind", dict[str, Any])
UPDATE: Operation[dict[str, Any]] = Operation("subuser/update", dict[str, Any], replay=Replay.IDEMPOTENT)
ZONES_BIND: Operation[dict[str, Any]] = Operation("subuser/zones/bind", dict[str, Any])
ZONES_LIST: Operation[SubuserZonesListAnswer] = Operation(
    "subuser/zones/list", SubuserZonesListAnswer, replay=Replay.READ
)
ZONES_LIST_IDS: Operation[SubuserZonesListIdsAnswer] = Operation(
    "subuser/zones/list_ids", SubuserZonesListIdsAnswer, replay=Replay.READ
)
ZONES_UNBIND: Operation[dict[str, Any]] = Operation("subuser/zones/unbind", dict[str, Any])
UPDATE_USER_WITHOUT = ("creation_date",)


class SubuserActions(Noun):
    """Actions under `/subuser`. Sub-users: what they may see and do."""

    __slots__ = ()

    @property
    def places(self) -> SubuserPlacesActions:
        """Actions under `/subuser/places`."""
        return SubuserPlacesActions(self._caller)

    @property
    def security_group(self) -> SubuserSecurityGroupActions:
        """Actions under `/subuser/security_group`."""
        return SubuserSecurityGroupActions(self._caller)

    @property
    def session(self) -> SubuserSessionActions:
        """Actions under `/subuser/session`."""
        return SubuserSessionActions(self._caller)

    @property
    def tracker(self) -> SubuserTrackerActions:
        """Actions under `/subuser/tracker`."""
        return SubuserTrackerActions(self._caller)

    @property
    def zones(self) -> SubuserZonesActions:
        """Actions under `/subuser/zones`."""
        return SubuserZonesActions(self._caller)

    async def delete(
        self,
        subuser_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Delete a sub-user.

        Closed to sub-users. Needs the tariff feature multilevel_access.

        Args:
            subuser_id: id of the sub-user.

        Raises:
            AccessDenied: code 13.
            NotFound: code 201.
            TariffRestricted: code 236.

        Platform action: `/subuser/delete`
        """
        params = {"subuser_id": subuser_id}
        await self._caller.call(DELETE, params, timeout=timeout, lane=lane)

    async def list(self, *, timeout: float | None = None, lane: Lane | None = None) -> builtins.list[Subuser]:
        """List the sub-users.

        Closed to sub-users. Needs the tariff feature multilevel_access.

        Raises:
            AccessDenied: code 13.
            TariffRestricted: code 236.

        Platform action: `/subuser/list`
        """
        answer = await self._caller.call(LIST, timeout=timeout, lane=lane)
        return present(answer.list, LIST, "list")

    async def register(
        self,
        user: Subuser | Mapping[str, Any],
        password: str,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> int:
        """Make a sub-user, and give the id.

        Closed to sub-users. Needs the tariff feature multilevel_access.

        Args:
            user: the user.
            password: the password; 6 to 20 characters.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            AccessDenied: code 13.
            NotFound: code 201.
            Conflict: code 206.
            TariffRestricted: code 236.

        Platform action: `/subuser/register`
        """
        sized("password", password, least=6, most=20)
        params = {"user": user, "password": password}
        call = self._caller.call(REGISTER, params, timeout=timeout, lane=lane)
        del password, params  # an error must not carry them away
        answer = await call
        return present(answer.id, REGISTER, "id")

    async def update(
        self,
        user: Subuser | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Replace a sub-user.

        Closed to sub-users. Needs the tariff feature multilevel_access. Whether what is left out stays is not
        documented: send the whole as it was read, with your changes. It does not take creation_date (of `user`):
        structs are sent without.

        Args:
            user: the user.

        Raises:
            AccessDenied: code 13.
            NotFound: code 201.
            TariffRestricted: code 236.

        Platform action: `/subuser/update`
        """
        params = {"user": without(user, UPDATE_USER_WITHOUT)}
        await self._caller.call(UPDATE, params, timeout=timeout, lane=lane)


class SubuserPlacesActions(Noun):
    """Actions under `/subuser/places`."""

    __slots__ = ()

    async def bind(
        self,
        subuser_id: int,
        *,
        access_to_all: bool | UnsetType = UNSET,
        place_ids: Iterable[int] | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Let a sub-user see places.

        Closed to sub-users. Needs the tariff feature multilevel_access.

        Args:
            subuser_id: id of the sub-user.
            access_to_all: whether the sub-user may use all of them, also later ones; at least one of access_to_all,
                place_ids.
            place_ids: ids of places; at least one of access_to_all, place_ids.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            AccessDenied: code 13.
            NotFound: code 201.
            TariffRestricted: code 236.

        Platform action: `/subuser/places/bind`
        """
        at_least_one(access_to_all=access_to_all, place_ids=place_ids)
        params = sent(
            {
                "subuser_id": subuser_id,
                "access_to_all": access_to_all,
                "place_ids": listed("place_ids", place_ids),
            }
        )
        await self._caller.call(PLACES_BIND, params, timeout=timeout, lane=lane)

    def list(
        self,
        subuser_id: int,
        *,
        filter: str | UnsetType = UNSET,
        tag_ids: Iterable[int] | UnsetType = UNSET,
        offset: int | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        order: PlacesOrder | str | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> OffsetPager[SubuserPlacesListAnswer, Place]:
        """List the places that a sub-user may see.

        Closed to sub-users. Needs the tariff feature multilevel_access.

        Args:
            subuser_id: id of the sub-user.
            filter: only entries that contain this text.
            tag_ids: ids of tags.
            offset: how many entries to pass over.
            limit: how many entries at most.
            order: column to sort by; documented: id, label, description, location, external_id, assigned_date; the
                platform's default: id.

        Returns:
            A pager: await it for one page, iterate it for everything.

        Raises:
            AccessDenied: code 13.
            NotFound: code 201.
            TariffRestricted: code 236.

        Platform action: `/subuser/places/list`
        """
        from ...paging import OffsetPager  # noqa: PLC0415 - loaded when first used

        params = sent(
            {
                "subuser_id": subuser_id,
                "filter": filter,
                "tag_ids": listed("tag_ids", tag_ids),
                "offset": offset,
                "limit": limit,
                "order": order,
            }
        )
        return OffsetPager(
            self._caller, PLACES_LIST, params, items=lambda answer: answer.list, timeout=timeout, lane=lane
        )

    async def list_ids(
        self,
        subuser_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> SubuserPlacesListIdsAnswer:
        """List the ids of the places that a sub-user may see.

        Closed to sub-users. Needs the tariff feature multilevel_access.

        Args:
            subuser_id: id of the sub-user.

        Raises:
            AccessDenied: code 13.
            NotFound: code 201.
            TariffRestricted: code 236.

        Platform action: `/subuser/places/list_ids`
        """
        params = {"subuser_id": subuser_id}
        return await self._caller.call(PLACES_LIST_IDS, params, timeout=timeout, lane=lane)

    async def unbind(
        self,
        subuser_id: int,
        place_ids: Iterable[int],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Hide places from a sub-user.

        Closed to sub-users. Needs the tariff feature multilevel_access.

        Args:
            subuser_id: id of the sub-user.
            place_ids: ids of places.

        Raises:
            AccessDenied: code 13.
            NotFound: code 201.
            TariffRestricted: code 236.

        Platform action: `/subuser/places/unbind`
        """
        params = {"subuser_id": subuser_id, "place_ids": listed("place_ids", place_ids)}
        await self._caller.call(PLACES_UNBIND, params, timeout=timeout, lane=lane)


class SubuserSecurityGroupActions(Noun):
    """Actions under `/subuser/security_group`."""

    __slots__ = ()

    async def assign(
        self,
        group_id: int | None,
        subuser_ids: Iterable[int],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Put sub-users into a security group, or into none.

        Closed to sub-users. Needs the tariff feature multilevel_access.

        Args:
            group_id: id of the group.
            subuser_ids: ids of sub-users.

        Raises:
            AccessDenied: code 13.
            NotFound: code 201.
            TariffRestricted: code 236.

        Platform action: `/subuser/security_group/assign`
        """
        params = {"group_id": group_id, "subuser_ids": listed("subuser_ids", subuser_ids)}
        await self._caller.call(SECURITY_GROUP_ASSIGN, params, timeout=timeout, lane=lane)

    async def create(
        self,
        group: SecurityGroup | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> int:
        """Make a security group, and give its id.

        Closed to sub-users. Needs the tariff feature multilevel_access.

        Args:
            group: the group.

        Raises:
            AccessDenied: code 13.
            TariffRestricted: code 236.

        Platform action: `/subuser/security_group/create`
        """
        params = {"group": group}
        answer = await self._caller.call(SECURITY_GROUP_CREATE, params, timeout=timeout, lane=lane)
        return present(answer.id, SECURITY_GROUP_CREATE, "id")

    async def delete(
        self,
        security_group_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Delete a security group; its sub-users fall back to the default rights.

        Closed to sub-users. Needs the tariff feature multilevel_access.

        Args:
            security_group_id: id of the security group.

        Raises:
            AccessDenied: code 13.
            NotFound: code 201.
            TariffRestricted: code 236.

        Platform action: `/subuser/security_group/delete`
        """
        params = {"security_group_id": security_group_id}
        await self._caller.call(SECURITY_GROUP_DELETE, params, timeout=timeout, lane=lane)

    async def list(self, *, timeout: float | None = None, lane: Lane | None = None) -> builtins.list[SecurityGroup]:
        """List the security groups.

        Closed to sub-users. Needs the tariff feature multilevel_access.

        Raises:
            AccessDenied: code 13.
            TariffRestricted: code 236.

        Platform action: `/subuser/security_group/list`
        """
        answer = await self._caller.call(SECURITY_GROUP_LIST, timeout=timeout, lane=lane)
        return present(answer.list, SECURITY_GROUP_LIST, "list")

    async def update(
        self,
        group: SecurityGroup | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Replace a security group.

        Closed to sub-users. Needs the tariff feature multilevel_access. Whether what is left out stays is not
        documented: send the whole as it was read, with your changes.

        Args:
            group: the group.

        Raises:
            AccessDenied: code 13.
            NotFound: code 201.
            TariffRestricted: code 236.

        Platform action: `/subuser/security_group/update`
        """
        params = {"group": group}
        await self._caller.call(SECURITY_GROUP_UPDATE, params, timeout=timeout, lane=lane)


class SubuserSessionActions(Noun):
    """Actions under `/subuser/session`."""

    __slots__ = ()

    async def create(
        self,
        subuser_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> SubuserSessionCreateAnswer:
        """Open a session as one of the sub-users.

        Closed to sub-users. Needs the tariff feature multilevel_access.

        Args:
            subuser_id: id of the sub-user.

        Raises:
            AccessDenied: code 13.
            NotFound: code 201.
            TariffRestricted: code 236.

        Platform action: `/subuser/session/create`
        """
        params = {"subuser_id": subuser_id}
        return await self._caller.call(SESSION_CREATE, params, timeout=timeout, lane=lane)


class SubuserTrackerActions(Noun):
    """Actions under `/subuser/tracker`."""

    __slots__ = ()

    async def bind(
        self,
        subuser_id: int,
        trackers: Iterable[int],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Let a sub-user see trackers.

        Closed to sub-users. Needs the tariff feature multilevel_access.

        Args:
            subuser_id: id of the sub-user.
            trackers: ids of trackers.

        Raises:
            AccessDenied: code 13.
            NotFound: code 201.
            TariffRestricted: code 236.
            InvalidRequest: code 262.

        Platform action: `/subuser/tracker/bind`
        """
        params = {"subuser_id": subuser_id, "trackers": listed("trackers", trackers)}
        await self._caller.call(TRACKER_BIND, params, timeout=timeout, lane=lane)

    async def list(
        self,
        subuser_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> builtins.list[int]:
        """List the trackers that a sub-user may see.

        Closed to sub-users. Needs the tariff feature multilevel_access.

        Args:
            subuser_id: id of the sub-user.

        Raises:
            AccessDenied: code 13.
            NotFound: code 201.
            TariffRestricted: code 236.

        Platform action: `/subuser/tracker/list`
        """
        params = {"subuser_id": subuser_id}
        answer = await self._caller.call(TRACKER_LIST, params, timeout=timeout, lane=lane)
        return present(answer.list, TRACKER_LIST, "list")

    async def unbind(
        self,
        subuser_id: int,
        trackers: Iterable[int],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Hide trackers from a sub-user.

        Closed to sub-users. Needs the tariff feature multilevel_access.

        Args:
            subuser_id: id of the sub-user.
            trackers: ids of trackers.

        Raises:
            AccessDenied: code 13.
            NotFound: code 201.
            TariffRestricted: code 236.
            InvalidRequest: code 262.

        Platform action: `/subuser/tracker/unbind`
        """
        params = {"subuser_id": subuser_id, "trackers": listed("trackers", trackers)}
        await self._caller.call(TRACKER_UNBIND, params, timeout=timeout, lane=lane)


class SubuserZonesActions(Noun):
    """Actions under `/subuser/zones`."""

    __slots__ = ()

    async def bind(
        self,
        subuser_id: int,
        *,
        access_to_all: bool | UnsetType = UNSET,
        zone_ids: Iterable[int] | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Let a sub-user see geofences.

        Closed to sub-users. Needs the tariff feature multilevel_access.

        Args:
            subuser_id: id of the sub-user.
            access_to_all: whether the sub-user may use all of them, also later ones; at least one of access_to_all,
                zone_ids.
            zone_ids: ids of geofences; at least one of access_to_all, zone_ids.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            AccessDenied: code 13.
            NotFound: code 201.
            TariffRestricted: code 236.

        Platform action: `/subuser/zones/bind`
        """
        at_least_one(access_to_all=access_to_all, zone_ids=zone_ids)
        params = sent(
            {
                "subuser_id": subuser_id,
                "access_to_all": access_to_all,
                "zone_ids": listed("zone_ids", zone_ids),
            }
        )
        await self._caller.call(ZONES_BIND, params, timeout=timeout, lane=lane)

    def list(
        self,
        subuser_id: int,
        *,
        filter: str | UnsetType = UNSET,
        tag_ids: Iterable[int] | UnsetType = UNSET,
        offset: int | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        order: ZonesOrder | str | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> OffsetPager[SubuserZonesListAnswer, Zone]:
        """List the geofences that a sub-user may see.

        Closed to sub-users. Needs the tariff feature multilevel_access.

        Args:
            subuser_id: id of the sub-user.
            filter: only entries that contain this text.
            tag_ids: ids of tags.
            offset: how many entries to pass over.
            limit: how many entries at most.
            order: column to sort by; documented: id, label; the platform's default: id.

        Returns:
            A pager: await it for one page, iterate it for everything.

        Raises:
            AccessDenied: code 13.
            NotFound: code 201.
            TariffRestricted: code 236.

        Platform action: `/subuser/zones/list`
        """
        from ...paging import OffsetPager  # noqa: PLC0415 - loaded when first used

        params = sent(
            {
                "subuser_id": subuser_id,
                "filter": filter,
                "tag_ids": listed("tag_ids", tag_ids),
                "offset": offset,
                "limit": limit,
                "order": order,
            }
        )
        return OffsetPager(
            self._caller, ZONES_LIST, params, items=lambda answer: answer.list, timeout=timeout, lane=lane
        )

    async def list_ids(
        self,
        subuser_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> SubuserZonesListIdsAnswer:
        """List the ids of the geofences that a sub-user may see.

        Closed to sub-users. Needs the tariff feature multilevel_access.

        Args:
            subuser_id: id of the sub-user.

        Raises:
            AccessDenied: code 13.
            NotFound: code 201.
            TariffRestricted: code 236.

        Platform action: `/subuser/zones/list_ids`
        """
        params = {"subuser_id": subuser_id}
        return await self._caller.call(ZONES_LIST_IDS, params, timeout=timeout, lane=lane)

    async def unbind(
        self,
        subuser_id: int,
        zone_ids: Iterable[int],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Hide geofences from a sub-user.

        Closed to sub-users. Needs the tariff feature multilevel_access.

        Args:
            subuser_id: id of the sub-user.
            zone_ids: ids of geofences.

        Raises:
            AccessDenied: code 13.
            NotFound: code 201.
            TariffRestricted: code 236.

        Platform action: `/subuser/zones/unbind`
        """
        params = {"subuser_id": subuser_id, "zone_ids": listed("zone_ids", zone_ids)}
        await self._caller.call(ZONES_UNBIND, params, timeout=timeout, lane=lane)
