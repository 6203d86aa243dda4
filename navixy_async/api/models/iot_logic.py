"""Structs of `iot.logic`. IoT Logic: flows that turn, calculate and forward what devices send.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias

from msgspec import Raw, field

from ..model import ABSENT, Always, Masked, Model, Unknown
from ..variants import Variants


class DeviceMapping(Model, kw_only=True):
    """A device mapping."""

    source_id: int | None = None
    target_source_ids: list[int] | None = None


class Edge(Model, kw_only=True, gc=False):
    """An edge.

    Attributes:
        from_: `from` on the wire.
        type: one of simple_edge, then_edge, else_edge.
    """

    from_: int | None = field(default=None, name="from")
    to: int | None = None
    type: str | None = None


class NodeDataSourceData(Model, kw_only=True):
    """The `data` of `NodeDataSource`."""

    title: str | None = None
    source_ids: list[int] | None = None


class NodeViewPosition(Model, kw_only=True, gc=False):
    """The `position` of `NodeView`."""

    x: int | None = None
    y: int | None = None


class NodeView(Model, kw_only=True, gc=False):
    """A node view."""

    position: NodeViewPosition | None = None


class NodeDataSource(Model, kw_only=True, tag_field="type", tag="data_source"):
    """Where data enters a flow: devices."""

    type: ClassVar[Literal["data_source"]] = "data_source"

    id: int | None = None
    data: NodeDataSourceData | None = None
    view: NodeView | None = None


class NodeInitiateAttributesDataItems(Model, kw_only=True, gc=False):
    """The `items` of `NodeInitiateAttributesData`."""

    name: str | None = None
    value: str | None = None
    generation_time: str | None = None
    server_time: str | None = None


class NodeInitiateAttributesData(Model, kw_only=True):
    """The `data` of `NodeInitiateAttributes`."""

    title: str | None = None
    items: list[NodeInitiateAttributesDataItems] | None = None


class NodeInitiateAttributes(Model, kw_only=True, tag_field="type", tag="initiate_attributes"):
    """Calculates attributes."""

    type: ClassVar[Literal["initiate_attributes"]] = "initiate_attributes"

    id: int | None = None
    data: NodeInitiateAttributesData | None = None
    view: NodeView | None = None


class NodeLogicData(Model, kw_only=True, gc=False):
    """The `data` of `NodeLogic`."""

    title: str | None = None
    name: str | None = None
    condition: str | None = None


class NodeLogic(Model, kw_only=True, gc=False, tag_field="type", tag="logic"):
    """Sends data on if a condition holds."""

    type: ClassVar[Literal["logic"]] = "logic"

    id: int | None = None
    data: NodeLogicData | None = None
    view: NodeView | None = None


class SendCommand(Model, kw_only=True, gc=False, tag_field="type", tag="send_gprs_command"):
    """Sends a command to the device."""

    type: ClassVar[Literal["send_gprs_command"]] = "send_gprs_command"

    command: str | None = None
    reliable: bool | None = None


class SetOutput(Model, kw_only=True, gc=False, tag_field="type", tag="set_output"):
    """Switches an output of the device.

    Attributes:
        number: 1 to 8.
    """

    type: ClassVar[Literal["set_output"]] = "set_output"

    number: int | None = None
    value: bool | None = None


class UnknownFlowAction(Unknown):
    """A variant of `FlowAction` that this version does not know."""


FlowAction: TypeAlias = SendCommand | SetOutput | UnknownFlowAction
"""What an action node does; told apart by `type`."""

FLOW_ACTION = Variants(UnknownFlowAction, SendCommand, SetOutput)


class NodeActionData(Model, kw_only=True):
    """The `data` of `NodeAction`."""

    title: str | None = None
    if TYPE_CHECKING:
        actions: list[FlowAction] | None = None
    else:
        actions: Raw = ABSENT
    device_mapping: list[DeviceMapping] | None = None

    def __post_init__(self) -> None:
        self.actions = FLOW_ACTION.many(self.actions)


class NodeAction(Model, kw_only=True, tag_field="type", tag="action"):
    """Acts on devices."""

    type: ClassVar[Literal["action"]] = "action"

    id: int | None = None
    data: NodeActionData | None = None
    view: NodeView | None = None


class NodeWebhookDataHeaders(Model, kw_only=True, gc=False):
    """The `headers` of `NodeWebhookData`."""

    key: str | None = None
    value: str | None = None


class NodeWebhookData(Model, kw_only=True):
    """The `data` of `NodeWebhook`."""

    title: str | None = None
    url: str | None = None
    headers: list[NodeWebhookDataHeaders] | None = None
    body: str | None = None


class NodeWebhook(Model, kw_only=True, tag_field="type", tag="webhook"):
    """Calls a web address."""

    type: ClassVar[Literal["webhook"]] = "webhook"

    id: int | None = None
    data: NodeWebhookData | None = None
    view: NodeView | None = None


class FlowOutput(Model, kw_only=True, gc=False):
    """Which endpoint an output node sends to.

    Attributes:
        output_endpoint_type: `output_default`, or the type of the endpoint.
        output_endpoint_id: id of a stored endpoint.
    """

    title: str | None = None
    output_endpoint_type: str | None = None
    output_endpoint_id: int | None = None


class NodeOutputEndpoint(Model, kw_only=True, gc=False, tag_field="type", tag="output_endpoint"):
    """Where data leaves a flow."""

    type: ClassVar[Literal["output_endpoint"]] = "output_endpoint"

    id: int | None = None
    data: FlowOutput | None = None
    view: NodeView | None = None


class UnknownNode(Unknown):
    """A variant of `Node` that this version does not know."""


Node: TypeAlias = (
    NodeDataSource | NodeInitiateAttributes | NodeLogic | NodeAction | NodeWebhook | NodeOutputEndpoint | UnknownNode
)
"""A node of a flow; told apart by `type`."""

NODE = Variants(
    UnknownNode,
    NodeDataSource,
    NodeInitiateAttributes,
    NodeLogic,
    NodeAction,
    NodeWebhook,
    NodeOutputEndpoint,
)


class Flow(Model, kw_only=True):
    """A flow."""

    id: Always[int] = ABSENT
    title: str | None = None
    description: str | None = None
    enabled: bool | None = None
    default_flow: bool | None = None
    if TYPE_CHECKING:
        nodes: list[Node] | None = None
    else:
        nodes: Raw = ABSENT
    edges: list[Edge] | None = None

    def __post_init__(self) -> None:
        self.nodes = NODE.many(self.nodes)


class FlowDraft(Model, kw_only=True):
    """A flow draft."""

    title: str | None = None
    description: str | None = None
    enabled: bool | None = None
    default_flow: bool | None = None
    if TYPE_CHECKING:
        nodes: list[Node] | None = None
    else:
        nodes: Raw = ABSENT
    edges: list[Edge] | None = None

    def __post_init__(self) -> None:
        self.nodes = NODE.many(self.nodes)


class FlowExport(Model, kw_only=True):
    """A flow export."""

    title: str | None = None
    description: str | None = None
    if TYPE_CHECKING:
        nodes: list[Node] | None = None
    else:
        nodes: Raw = ABSENT
    edges: list[Edge] | None = None

    def __post_init__(self) -> None:
        self.nodes = NODE.many(self.nodes)


class IotDefaultEndpoint(Model, kw_only=True, gc=False, tag_field="type", tag="output_default"):
    """An IoT default endpoint.

    Attributes:
        status: one of active, waiting_reconnect, suspend, disabled.
    """

    type: ClassVar[Literal["output_default"]] = "output_default"

    id: Always[int] = ABSENT
    title: str | None = None
    status: str | None = None
    description: str | None = None


class IotDefaultEndpointDraft(Model, kw_only=True, gc=False, tag_field="type", tag="output_default"):
    """An IoT default endpoint draft.

    Attributes:
        status: one of active, waiting_reconnect, suspend, disabled.
    """

    type: ClassVar[Literal["output_default"]] = "output_default"

    title: str | None = None
    status: str | None = None
    description: str | None = None


class IotEndpointMqttClientProperties(Masked, kw_only=True):
    """An IoT endpoint MQTT client properties."""

    secret_members: ClassVar[tuple[str, ...]] = ("user_password",)

    protocol: str | None = None
    domain: str | None = None
    port: int | None = None
    client_id: str | None = None
    qos: int | None = None
    topics: list[str] | None = None
    version: str | None = None
    use_ssl: bool | None = None
    mqtt_auth: bool | None = None
    user_name: str | None = None
    user_password: str | None = None


class IotEndpointMqtt(Model, kw_only=True, tag_field="type", tag="output_mqtt_client"):
    """An IoT endpoint MQTT.

    Attributes:
        status: one of active, waiting_reconnect, suspend, disabled.
    """

    type: ClassVar[Literal["output_mqtt_client"]] = "output_mqtt_client"

    id: Always[int] = ABSENT
    title: str | None = None
    status: str | None = None
    description: str | None = None
    properties: IotEndpointMqttClientProperties | None = None


class UnknownIotEndpoint(Unknown):
    """A variant of `IotEndpoint` that this version does not know."""


IotEndpoint: TypeAlias = IotDefaultEndpoint | IotEndpointMqtt | UnknownIotEndpoint
"""An endpoint that flows send to; told apart by `type`."""

IOT_ENDPOINT = Variants(UnknownIotEndpoint, IotDefaultEndpoint, IotEndpointMqtt)


class IotMqttEndpointDraft(Model, kw_only=True, tag_field="type", tag="output_mqtt_client"):
    """An IoT MQTT endpoint draft.

    Attributes:
        status: one of active, waiting_reconnect, suspend, disabled.
    """

    type: ClassVar[Literal["output_mqtt_client"]] = "output_mqtt_client"

    title: str | None = None
    status: str | None = None
    description: str | None = None
    properties: IotEndpointMqttClientProperties | None = None


class UnknownIotEndpointDraft(Unknown):
    """A variant of `IotEndpointDraft` that this version does not know."""


IotEndpointDraft: TypeAlias = IotDefaultEndpointDraft | IotMqttEndpointDraft | UnknownIotEndpointDraft
"""An endpoint that does not exist yet; told apart by `type`."""

IOT_ENDPOINT_DRAFT = Variants(UnknownIotEndpointDraft, IotDefaultEndpointDraft, IotMqttEndpointDraft)


class IotEndpointResponse(Model, kw_only=True, gc=False):
    """An IoT endpoint response."""

    id: int | None = None
    title: str | None = None
    type: str | None = None
    description: str | None = None


class IotFlowInfo(Model, kw_only=True, gc=False):
    """An IoT flow info."""

    id: int | None = None
    title: str | None = None
    description: str | None = None
    enabled: bool | None = None
    default_flow: bool | None = None
    modified: datetime | None = None
    devices_count: int | None = None


class IotFlowTemplate(Model, kw_only=True):
    """An IoT flow template."""

    id: Always[int] = ABSENT
    title: str | None = None
    description: str | None = None
    if TYPE_CHECKING:
        nodes: list[Node] | None = None
    else:
        nodes: Raw = ABSENT
    edges: list[Edge] | None = None
    icon: str | None = None

    def __post_init__(self) -> None:
        self.nodes = NODE.many(self.nodes)


class IotLogicFlowDeviceMapping(Model, kw_only=True, gc=False):
    """An IoT logic flow device mapping."""

    device_title: str | None = None
    model_code: str | None = None
    device_id: int | None = None
    flow_id: int | None = None
    flow_title: str | None = None
    node_id: int | None = None
    node_title: str | None = None


class TrackerAttribute(Model, kw_only=True, gc=False):
    """A tracker attribute."""

    name: str | None = None
    in_iot_flow: bool | None = None
    received: bool | None = None


class IotLogicFlowCreateAnswer(Model, kw_only=True, gc=False):
    """What `/iot/logic/flow/create` answers."""

    id: Always[int] = ABSENT


class IotLogicFlowEndpointCreateAnswer(Model, kw_only=True, gc=False):
    """What `/iot/logic/flow/endpoint/create` answers."""

    id: Always[int] = ABSENT


class IotLogicFlowEndpointListAnswer(Model, kw_only=True):
    """What `/iot/logic/flow/endpoint/list` answers."""

    list: Always[builtins.list[IotEndpointResponse]] = ABSENT


class IotLogicFlowEndpointReadAnswer(Model, kw_only=True):
    """What `/iot/logic/flow/endpoint/read` answers."""

    if TYPE_CHECKING:
        value: Always[IotEndpoint] = ABSENT
    else:
        value: Raw = ABSENT

    def __post_init__(self) -> None:
        self.value = IOT_ENDPOINT.one(self.value)


class IotLogicFlowExportAnswer(Model, kw_only=True):
    """What `/iot/logic/flow/export` answers."""

    value: Always[FlowExport] = ABSENT


class IotLogicFlowListAnswer(Model, kw_only=True):
    """What `/iot/logic/flow/list` answers."""

    list: Always[builtins.list[IotFlowInfo]] = ABSENT


class IotLogicFlowReadAnswer(Model, kw_only=True):
    """What `/iot/logic/flow/read` answers."""

    value: Always[Flow] = ABSENT


class IotLogicFlowSchemaAnswer(Model, kw_only=True):
    """What `/iot/logic/flow/schema` answers."""

    value: Always[dict[str, Any]] = ABSENT


class IotLogicFlowSourcesAttributeListAnswer(Model, kw_only=True):
    """What `/iot/logic/flow/sources/attribute/list` answers."""

    list: Always[builtins.list[TrackerAttribute]] = ABSENT


class IotLogicFlowSourcesListAnswer(Model, kw_only=True):
    """What `/iot/logic/flow/sources/list` answers."""

    value: Always[list[int]] = ABSENT


class IotLogicFlowSourcesMappingListAnswer(Model, kw_only=True):
    """What `/iot/logic/flow/sources/mapping/list` answers."""

    list: builtins.list[IotLogicFlowDeviceMapping] | None = None
    count: int | None = None


class IotLogicFlowTemplateListAnswer(Model, kw_only=True):
    """What `/iot/logic/flow/template/list` answers."""

    list: Always[builtins.list[IotFlowTemplate]] = ABSENT


class IotLogicFlowTemplateReadAnswer(Model, kw_only=True):
    """What `/iot/logic/flow/template/read` answers."""

    value: Always[IotFlowTemplate] = ABSENT


class IotLogicFlowUpdateAnswer(Model, kw_only=True, gc=False):
    """What `/iot/logic/flow/update` answers."""

    id: int | None = None
