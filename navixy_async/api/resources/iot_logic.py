"""The actions under `/iot/logic`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import UNSET, UnsetType

from ...operations import Lane, Operation, Replay
from ..checks import listed, sent, within
from ..models.iot_logic import (
    Flow,
    FlowDraft,
    FlowExport,
    IotEndpoint,
    IotEndpointDraft,
    IotEndpointResponse,
    IotFlowInfo,
    IotFlowTemplate,
    IotLogicFlowCreateAnswer,
    IotLogicFlowDeviceMapping,
    IotLogicFlowEndpointCreateAnswer,
    IotLogicFlowEndpointListAnswer,
    IotLogicFlowEndpointReadAnswer,
    IotLogicFlowExportAnswer,
    IotLogicFlowListAnswer,
    IotLogicFlowReadAnswer,
    IotLogicFlowSchemaAnswer,
    IotLogicFlowSourcesAttributeListAnswer,
    IotLogicFlowSourcesListAnswer,
    IotLogicFlowSourcesMappingListAnswer,
    IotLogicFlowTemplateListAnswer,
    IotLogicFlowTemplateReadAnswer,
    IotLogicFlowUpdateAnswer,
    TrackerAttribute,
)
from ..noun import Noun, present

if TYPE_CHECKING:
    from ...paging import OffsetPager

FLOW_CREATE: Operation[IotLogicFlowCreateAnswer] = Operation(
    "iot/logic/flow/create", IotLogicFlowCreateAnswer, api="iot_logic"
)
FLOW_DELETE: Operation[dict[str, Any]] = Operation("iot/logic/flow/delete", dict[str, Any], api="iot_logic")
FLOW_ENDPOINT_CREATE: Operation[IotLogicFlowEndpointCreateAnswer] = Operation(
    "iot/logic/flow/endpoint/create", IotLogicFlowEndpointCreateAnswer, api="iot_logic"
)
FLOW_ENDPOINT_DELETE: Operation[dict[str, Any]] = Operation(
    "iot/logic/flow/endpoint/delete", dict[str, Any], api="iot_logic"
)
FLOW_ENDPOINT_LIST: Operation[IotLogicFlowEndpointListAnswer] = Operation(
    "iot/logic/flow/endpoint/list", IotLogicFlowEndpointListAnswer, api="iot_logic", replay=Replay.READ
)
FLOW_ENDPOINT_READ: Operation[IotLogicFlowEndpointReadAnswer] = Operation(
    "iot/logic/flow/endpoint/read", IotLogicFlowEndpointReadAnswer, api="iot_logic", replay=Replay.READ
)
FLOW_ENDPOINT_UPDATE: Operation[dict[str, Any]] = Operation(
    "iot/logic/flow/endpoint/update", dict[str, Any], api="iot_logic", replay=Replay.IDEMPOTENT
)
FLOW_EXPORT: Operation[IotLogicFlowExportAnswer] = Operation(
    "iot/logic/flow/export",
    IotLogicFlowExportAnswer,
    api="iot_logic",
    method="GET",
    encoding="query",
    replay=Replay.READ,
)
FLOW_LIST: Operation[IotLogicFlowListAnswer] = Operation(
    "iot/logic/flow/list", IotLogicFlowListAnswer, api="iot_logic", method="GET", encoding="query", replay=Replay.READ
)
FLOW_READ: Operation[IotLogicFlowReadAnswer] = Operation(
    "iot/logic/flow/read", IotLogicFlowReadAnswer, api="iot_logic", method="GET", encoding="query", replay=Replay.READ
)
FLOW_SCHEMA: Operation[IotLogicFlowSchemaAnswer] = Operation(
    "iot/logic/flow/schema",
    IotLogicFlowSchemaAnswer,
    api="iot_logic",
    method="GET",
    encoding="query",
    replay=Replay.READ,
)
FLOW_SOURCES_ATTRIBUTE_LIST: Operation[IotLogicFlowSourcesAttributeListAnswer] = Operation(
    "iot/logic/flow/sources/attribute/list", IotLogicFlowSourcesAttributeListAnswer, api="iot_logic", replay=Replay.READ
)
FLOW_SOURCES_LIST: Operation[IotLogicFlowSourcesListAnswer] = Operation(
    "iot/logic/flow/sources/list",
    IotLogicFlowSourcesListAnswer,
    api="iot_logic",
    method="GET",
    encoding="query",
    replay=Replay.READ,
)
FLOW_SOURCES_MAPPING_LIST: Operation[IotLogicFlowSourcesMappingListAnswer] = Operation(
    "iot/logic/flow/sources/mapping/list",
    IotLogicFlowSourcesMappingListAnswer,
    api="iot_logic",
    method="GET",
    encoding="query",
    replay=Replay.READ,
)
FLOW_TEMPLATE_LIST: Operation[IotLogicFlowTemplateListAnswer] = Operation(
    "iot/logic/flow/template/list",
    IotLogicFlowTemplateListAnswer,
    api="iot_logic",
    method="GET",
    encoding="query",
    replay=Replay.READ,
)
FLOW_TEMPLATE_READ: Operation[IotLogicFlowTemplateReadAnswer] = Operation(
    "iot/logic/flow/template/read",
    IotLogicFlowTemplateReadAnswer,
    api="iot_logic",
    method="GET",
    encoding="query",
    replay=Replay.READ,
)
FLOW_UPDATE: Operation[IotLogicFlowUpdateAnswer] = Operation(
    "iot/logic/flow/update", IotLogicFlowUpdateAnswer, api="iot_logic", replay=Replay.IDEMPOTENT
)


class IotLogicActions(Noun):
    """Actions under `/iot/logic`. IoT Logic: flows that turn, calculate and forward what devices send."""

    __slots__ = ()

    @property
    def flow(self) -> IotLogicFlowActions:
        """Actions under `/iot/logic/flow`."""
        return IotLogicFlowActions(self._caller)


class IotLogicFlowActions(Noun):
    """Actions under `/iot/logic/flow`."""

    __slots__ = ()

    @property
    def endpoint(self) -> IotLogicFlowEndpointActions:
        """Actions under `/iot/logic/flow/endpoint`."""
        return IotLogicFlowEndpointActions(self._caller)

    @property
    def sources(self) -> IotLogicFlowSourcesActions:
        """Actions under `/iot/logic/flow/sources`."""
        return IotLogicFlowSourcesActions(self._caller)

    @property
    def template(self) -> IotLogicFlowTemplateActions:
        """Actions under `/iot/logic/flow/template`."""
        return IotLogicFlowTemplateActions(self._caller)

    async def create(
        self,
        flow: FlowDraft | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> int:
        """Make a flow, and give its id.

        Args:
            flow: the flow.

        Platform action: `/iot/logic/flow/create`
        """
        params = {"flow": flow}
        answer = await self._caller.call(FLOW_CREATE, params, timeout=timeout, lane=lane)
        return present(answer.id, FLOW_CREATE, "id")

    async def delete(
        self,
        flow_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Delete a flow.

        Args:
            flow_id: id of the flow.

        Platform action: `/iot/logic/flow/delete`
        """
        params = {"flow_id": flow_id}
        await self._caller.call(FLOW_DELETE, params, timeout=timeout, lane=lane)

    async def export(
        self,
        flow_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> FlowExport:
        """Export a flow, so that it can be created elsewhere.

        Args:
            flow_id: id of the flow.

        Platform action: `/iot/logic/flow/export`
        """
        params = {"flow_id": flow_id}
        answer = await self._caller.call(FLOW_EXPORT, params, timeout=timeout, lane=lane)
        return present(answer.value, FLOW_EXPORT, "value")

    async def list(self, *, timeout: float | None = None, lane: Lane | None = None) -> builtins.list[IotFlowInfo]:
        """List the flows.

        Platform action: `/iot/logic/flow/list`
        """
        answer = await self._caller.call(FLOW_LIST, timeout=timeout, lane=lane)
        return present(answer.list, FLOW_LIST, "list")

    async def read(
        self,
        flow_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> Flow:
        """Read one flow with its nodes and edges.

        Args:
            flow_id: id of the flow.

        Platform action: `/iot/logic/flow/read`
        """
        params = {"flow_id": flow_id}
        answer = await self._caller.call(FLOW_READ, params, timeout=timeout, lane=lane)
        return present(answer.value, FLOW_READ, "value")

    async def schema(self, *, timeout: float | None = None, lane: Lane | None = None) -> dict[str, Any]:
        """Read the JSON schema of flows.

        Platform action: `/iot/logic/flow/schema`
        """
        answer = await self._caller.call(FLOW_SCHEMA, timeout=timeout, lane=lane)
        return present(answer.value, FLOW_SCHEMA, "value")

    async def update(
        self,
        flow: Flow | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> int | None:
        """Replace a flow.

        The platform replaces the whole: what is left out is gone, so send what was read, with your changes.

        Args:
            flow: the flow.

        Platform action: `/iot/logic/flow/update`
        """
        params = {"flow": flow}
        answer = await self._caller.call(FLOW_UPDATE, params, timeout=timeout, lane=lane)
        return answer.id


class IotLogicFlowEndpointActions(Noun):
    """Actions under `/iot/logic/flow/endpoint`."""

    __slots__ = ()

    async def create(
        self,
        endpoint: IotEndpointDraft | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> int:
        """Make an endpoint that flows send to, and give its id.

        Args:
            endpoint: the endpoint.

        Platform action: `/iot/logic/flow/endpoint/create`
        """
        params = {"endpoint": endpoint}
        answer = await self._caller.call(FLOW_ENDPOINT_CREATE, params, timeout=timeout, lane=lane)
        return present(answer.id, FLOW_ENDPOINT_CREATE, "id")

    async def delete(
        self,
        endpoint_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Delete an endpoint.

        Args:
            endpoint_id: id of the endpoint.

        Platform action: `/iot/logic/flow/endpoint/delete`
        """
        params = {"endpoint_id": endpoint_id}
        await self._caller.call(FLOW_ENDPOINT_DELETE, params, timeout=timeout, lane=lane)

    async def list(
        self,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> builtins.list[IotEndpointResponse]:
        """List the endpoints.

        Platform action: `/iot/logic/flow/endpoint/list`
        """
        answer = await self._caller.call(FLOW_ENDPOINT_LIST, timeout=timeout, lane=lane)
        return present(answer.list, FLOW_ENDPOINT_LIST, "list")

    async def read(
        self,
        endpoint_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> IotEndpoint:
        """Read one endpoint.

        Args:
            endpoint_id: id of the endpoint.

        Platform action: `/iot/logic/flow/endpoint/read`
        """
        params = {"endpoint_id": endpoint_id}
        answer = await self._caller.call(FLOW_ENDPOINT_READ, params, timeout=timeout, lane=lane)
        return present(answer.value, FLOW_ENDPOINT_READ, "value")

    async def update(
        self,
        endpoint: IotEndpoint | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Replace an endpoint.

        The platform replaces the whole: what is left out is gone, so send what was read, with your changes.

        Args:
            endpoint: the whole endpoint, with its id.

        Platform action: `/iot/logic/flow/endpoint/update`
        """
        params = {"endpoint": endpoint}
        await self._caller.call(FLOW_ENDPOINT_UPDATE, params, timeout=timeout, lane=lane)


class IotLogicFlowSourcesActions(Noun):
    """Actions under `/iot/logic/flow/sources`."""

    __slots__ = ()

    @property
    def attribute(self) -> IotLogicFlowSourcesAttributeActions:
        """Actions under `/iot/logic/flow/sources/attribute`."""
        return IotLogicFlowSourcesAttributeActions(self._caller)

    @property
    def mapping(self) -> IotLogicFlowSourcesMappingActions:
        """Actions under `/iot/logic/flow/sources/mapping`."""
        return IotLogicFlowSourcesMappingActions(self._caller)

    async def list(
        self,
        flow_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> builtins.list[int]:
        """List the devices whose data a flow gets.

        Args:
            flow_id: id of the flow.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.

        Platform action: `/iot/logic/flow/sources/list`
        """
        within("flow_id", flow_id, least=0)
        params = {"flow_id": flow_id}
        answer = await self._caller.call(FLOW_SOURCES_LIST, params, timeout=timeout, lane=lane)
        return present(answer.value, FLOW_SOURCES_LIST, "value")


class IotLogicFlowSourcesAttributeActions(Noun):
    """Actions under `/iot/logic/flow/sources/attribute`."""

    __slots__ = ()

    async def list(
        self,
        *,
        source_ids: Iterable[int] | UnsetType = UNSET,
        include_only_iot_flow_attributes: bool | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> builtins.list[TrackerAttribute]:
        """List the attributes that devices send.

        Args:
            source_ids: ids of devices (`tracker.source.id`); 1 to 25000 items.
            include_only_iot_flow_attributes: only attributes that flows make; the platform's default: false.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.

        Platform action: `/iot/logic/flow/sources/attribute/list`
        """
        params = sent(
            {
                "source_ids": listed("source_ids", source_ids, least=1, most=25000),
                "include_only_iot_flow_attributes": include_only_iot_flow_attributes,
            }
        )
        answer = await self._caller.call(FLOW_SOURCES_ATTRIBUTE_LIST, params, timeout=timeout, lane=lane)
        return present(answer.list, FLOW_SOURCES_ATTRIBUTE_LIST, "list")


class IotLogicFlowSourcesMappingActions(Noun):
    """Actions under `/iot/logic/flow/sources/mapping`."""

    __slots__ = ()

    def list(
        self,
        *,
        offset: int | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> OffsetPager[IotLogicFlowSourcesMappingListAnswer, IotLogicFlowDeviceMapping]:
        """List which device belongs to which tracker.

        Args:
            offset: how many entries to pass over; the platform's default: 0.
            limit: how many entries at most; 1 to 100000; the platform's default: 10000.

        Returns:
            A pager: await it for one page, iterate it for everything.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.

        Platform action: `/iot/logic/flow/sources/mapping/list`
        """
        from ...paging import OffsetPager  # noqa: PLC0415 - loaded when first used

        within("offset", offset, least=0)
        within("limit", limit, least=1, most=100000)
        params = sent({"offset": offset, "limit": limit})
        return OffsetPager(
            self._caller,
            FLOW_SOURCES_MAPPING_LIST,
            params,
            items=lambda answer: answer.list,
            timeout=timeout,
            lane=lane,
        )


class IotLogicFlowTemplateActions(Noun):
    """Actions under `/iot/logic/flow/template`."""

    __slots__ = ()

    async def list(self, *, timeout: float | None = None, lane: Lane | None = None) -> builtins.list[IotFlowTemplate]:
        """List the templates of flows.

        Platform action: `/iot/logic/flow/template/list`
        """
        answer = await self._caller.call(FLOW_TEMPLATE_LIST, timeout=timeout, lane=lane)
        return present(answer.list, FLOW_TEMPLATE_LIST, "list")

    async def read(
        self,
        flow_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> IotFlowTemplate:
        """Read one template of a flow.

        Args:
            flow_id: id of the flow; at least 1.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.

        Platform action: `/iot/logic/flow/template/read`
        """
        within("flow_id", flow_id, least=1)
        params = {"flow_id": flow_id}
        answer = await self._caller.call(FLOW_TEMPLATE_READ, params, timeout=timeout, lane=lane)
        return present(answer.value, FLOW_TEMPLATE_READ, "value")
