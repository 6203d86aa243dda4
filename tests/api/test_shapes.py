"""Objects of the OpenAPI pages are named like all others."""

from __future__ import annotations

from navixy_async.api.codegen.importer import snake


def test_objects_of_the_openapi_pages_get_names_like_the_others() -> None:
    assert [snake(name) for name in ("#ApiKeyAuthorization", "IotEndpoint", "track_info.regular")] == [
        "api_key_authorization",
        "iot_endpoint",
        "track_info.regular",
    ]
