"""What methods return, in words."""

from __future__ import annotations

import pytest

from navixy_async.api.codegen.catalogue import load
from navixy_async.api.codegen.writer.returns import NOTHING, returned_text

ACTIONS = {action.path: action for action in load().actions()}


@pytest.mark.parametrize(
    ("path", "returned", "text"),
    [
        ("tracker/group/delete", "None", NOTHING),
        ("tracker/group/create", "int", "Id of the new group."),
        ("tracker/list", "list[Tracker]", "The trackers."),
        ("tracker/chat/unread/count", "dict[int, int]", "Number of unread messages, by tracker id."),
        (
            "track/download",
            "Download",
            "A download (kml, kmz): await it for the bytes, or await its `save(path)`.",
        ),
        (
            "checkin/list",
            "OffsetPager[CheckinListAnswer, Checkin]",
            "A pager of the check-ins: await it for one page, iterate it for all of them. With `format`, a download: "
            "await it for the bytes, or await its `save(path)`.",
        ),
        (
            "subuser/places/list_ids",
            "SubuserPlacesListIdsAnswer",
            "`SubuserPlacesListIdsAnswer` with `access_to_all` (whether the sub-user may use all of them, also later "
            "ones) and `list` (ids of the places).",
        ),
        (
            "user/get_info",
            "UserGetInfoAnswer",
            "`UserGetInfoAnswer`, the fields of which are described in its class.",
        ),
    ],
)
def test_each_kind_of_answer(path: str, returned: str, text: str) -> None:
    assert returned_text(ACTIONS[path], returned) == text


def test_the_flag_of_a_page_is_explained() -> None:
    text = returned_text(ACTIONS["history/tracker/list"], "HistoryPager[HistoryTrackerListAnswer, HistoryEntry]")
    assert text.startswith("A pager: await it for one page, iterate it for every event")
    assert "`limit_exceeded` says whether" in text
