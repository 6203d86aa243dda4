"""Pictures of flows: every form, odd titles, no secrets, marks and counts."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from navixy_async.errors import InvalidInput
from navixy_async.flows import draw, simulate
from navixy_async.flows.drawing.draw import PICTURE_FORMS

SVG = "{http://www.w3.org/2000/svg}"
TOKEN = "5" * 8 + "abcdef12" * 3
FLOW: dict[str, Any] = {
    "nodes": [
        {"id": 1, "type": "data_source", "data": {"title": "Trucks", "source_ids": [7]}},
        {"id": 2, "type": "logic", "data": {"title": "fast?", "name": "fast", "condition": 'speed > 90 && x != "<b>"'}},
        {
            "id": 3,
            "type": "webhook",
            "data": {
                "title": f"call {TOKEN}",
                "url": f"https://user:pass-word@hooks.example.com:8443/{TOKEN}?token=hunter2-token",
                "headers": [
                    {"key": "Content-Type", "value": "application/json"},
                    {"key": "X-Api-Key", "value": "header-secret"},
                ],
                "body": '{"password": "body-secret"}',
            },
        },
        {"id": 4, "type": "action", "data": {"actions": [{"type": "send_gprs_command", "command": "pin 4711-secret"}]}},
        {"id": 5, "type": "output_endpoint", "data": {"title": "Out", "output_endpoint_type": "output_default"}},
    ],
    "edges": [
        {"from": 1, "to": 2},
        {"from": 2, "to": 3, "type": "then_edge"},
        {"from": 2, "to": 4, "type": "then_edge"},
        {"from": 2, "to": 5, "type": "else_edge"},
    ],
}
SECRETS = (TOKEN, "pass-word", "hunter2", "header-secret", "body-secret", "4711-secret")


@pytest.mark.parametrize("form", PICTURE_FORMS)
def test_no_picture_shows_a_secret(form: Any) -> None:
    picture = draw(FLOW, form, title=f"Flow {TOKEN}")
    assert "hooks.example.com" in picture
    for secret in SECRETS:
        assert secret not in picture


@pytest.mark.parametrize("form", PICTURE_FORMS)
def test_the_same_flow_is_the_same_picture(form: Any) -> None:
    assert draw(FLOW, form) == draw(FLOW, form)


def test_mermaid() -> None:
    lines = draw(FLOW, "mermaid", findings=[]).splitlines()
    assert lines[0] == "flowchart LR"
    assert lines[1] == '    n1(["#35;1 source<br>Trucks<br>1 device"])'
    assert "speed #62; 90 #38;#38; x #33;#61; #34;#60;b#62;#34;" in lines[2]
    assert lines[6:10] == [
        "    n1 --> n2",
        '    n2 -->|"then"| n3',
        '    n2 -->|"then"| n4',
        '    n2 -.->|"else"| n5',
    ]


def test_dot() -> None:
    picture = draw(FLOW, "dot", findings=[])
    assert '    n1 [label="#1 source\\nTrucks\\n1 device", shape=oval];' in picture
    assert 'x != \\"<b>\\"' in picture
    assert '    n2 -> n5 [label="else", style=dashed];' in picture


@pytest.mark.parametrize("form", PICTURE_FORMS)
def test_counts_of_a_dry_run_stand_on_nodes_and_edges(form: Any) -> None:
    messages = [{"source_id": 7, "speed": speed, "x": "y"} for speed in (95, 20, 30)]
    picture = draw(FLOW, form, summary=simulate(FLOW, messages).run())
    for text in ("3 messages", "1 message", "2 messages", "then 1", "else 2"):
        assert text in picture


def test_findings_stand_on_their_nodes() -> None:
    broken = {
        "nodes": [*FLOW["nodes"], {"id": 6, "type": "logic", "data": {"name": "x", "condition": "speed >"}}],
        "edges": [*FLOW["edges"], {"from": 2, "to": 99, "type": "then_edge"}, {"from": 1, "to": 2}],
    }
    mermaid = draw(broken, "mermaid")
    assert "class n1,n2,n6,n99 wrong" in mermaid or "class n2,n6,n99 wrong" in mermaid
    assert "n99" in mermaid
    assert "#35;99 missing" in mermaid
    page = draw(broken, "html")
    assert '<li class="wrong">The formula is invalid: [1:7 parsing error in &#x27;&gt;&#x27;]</li>' in page
    assert "Nodes #1 and #2 have a duplicate connection" in page
    assert "linkStyle 0,5 stroke:#c62828" in mermaid
    assert "<li" not in draw(broken, "html", findings=[])


def test_an_unknown_form_is_refused() -> None:
    form: Any = "png"
    with pytest.raises(InvalidInput, match="'png' is no form of picture: one of mermaid, dot, svg, html"):
        draw(FLOW, form)


def titled(title: str) -> dict[str, Any]:
    source = {"id": 1, "type": "data_source", "data": {"title": title, "source_ids": []}}
    return {"nodes": [source, {"id": -2, "type": title, "data": {}}], "edges": [{"from": 1, "to": -2}]}


@settings(max_examples=150, deadline=None)
@given(
    st.text(st.characters(), max_size=60) | st.sampled_from(['"]; end', "</title><script>", "\u202eabc", "a\\", "%%"])
)
def test_no_title_breaks_out_of_its_label(title: str) -> None:
    flow = titled(title)
    mermaid = draw(flow, "mermaid").split("\n")
    assert re.fullmatch(r'    n1\(\["(?:[\w .,/+*<>#;-]|[^\x00-\x7f])*"\]\)', mermaid[1])
    assert re.fullmatch(r'    m2\["(?:[\w .,/+*<>#;-]|[^\x00-\x7f])*"\]', mermaid[2])
    assert set(re.findall(r"<[^>]*>", mermaid[1])) <= {"<br>"}
    for line in draw(flow, "dot").split("\n")[3:5]:
        assert re.fullmatch(
            r'    [nm]\d \[label="(?:[^"\\]|\\["\\n])*", shape=[a-z]+(?:, color="#\w+", penwidth=3)?\];', line
        )
    svg = ElementTree.fromstring(draw(flow, "svg"))
    assert {element.tag for element in svg.iter()} <= {
        f"{SVG}{name}" for name in ("svg", "defs", "marker", "path", "g", "title", "rect", "text", "circle")
    }
    page = draw(flow, "html", title=title)
    assert "<script" not in page
    assert page.encode()


@pytest.mark.parametrize("flow", [{}, "no JSON", None, {"nodes": 5}, [1], {"nodes": [{"id": "x"}], "edges": [{}]}])
@pytest.mark.parametrize("form", PICTURE_FORMS)
def test_what_is_no_flow_is_a_picture_with_a_finding(flow: object, form: Any) -> None:
    assert draw(flow, form)


def test_a_cycle_of_many_nodes_is_drawn() -> None:
    nodes = [{"id": n, "type": "logic", "data": {}} for n in range(3_000)]
    edges = [{"from": n, "to": (n + 1) % 3_000} for n in range(3_000)]
    assert draw({"nodes": nodes, "edges": edges}, "svg", findings=[]).count("<rect") == 3_000
