"""A procedure as a picture: SVG for the screen, Mermaid for documents."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from zhiheng.rulebook.layout import Edge, Layout, arrange
from zhiheng.rulebook.tables import Procedure

WIDTH, LINE, PAD = 168, 18, 12
GAP_X, GAP_Y = 112, 30
STYLE = (
    "text{font-family:'Noto Sans SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',"
    "sans-serif;font-size:12px;fill:#26323a}.t{font-weight:600;font-size:14px}"
    ".n{fill:#fff;stroke:#8a9aa5;stroke-width:1.2}.f{fill:#eef3f1;stroke:#4f7a6b}"
    ".h{fill:#fff3e0;stroke:#b8720b;stroke-width:2}.e{fill:none;stroke:#9aa8b1}"
    ".p{stroke:#1f5f8b;stroke-width:2}.l{font-size:11px;fill:#4a5963}"
)


def mermaid(*, procedure: Procedure) -> str:
    """Return the procedure as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", "  direction LR"]
    for code, state in procedure.states.items():
        lines.append(f'  state "{state.title}" as {code}')
    lines.append(f"  [*] --> {procedure.initial}")
    layout = arrange(procedure=procedure)
    lines += [f"  {e.source} --> {e.target} : {'、'.join(e.titles)}" for e in layout.edges]
    lines += [
        f"  {c} --> {c} : {'、'.join(inside)}" for c, inside in layout.inside.items() if inside
    ]
    lines += [f"  {code} --> [*]" for code, state in procedure.states.items() if state.final]
    return "\n".join(lines) + "\n"


def svg(*, procedure: Procedure, here: str = "") -> str:
    """Return the procedure as an SVG; `here` marks the state where a matter stands.

    Steps that lead back, or far away to an end, are listed in the box of the state where they
    are taken: drawn as lines they would cover the picture.
    """
    layout = arrange(procedure=procedure)
    lines = {code: _lines(procedure, layout, code) for code in procedure.states}
    boxes = _boxes(layout, lines)
    width = len(layout.columns) * (WIDTH + GAP_X) - GAP_X + 2 * PAD
    height = max(y + h for _, y, h in boxes.values()) + PAD
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
        f' aria-label="{escape(procedure.title)}流程图"><style>{STYLE}</style>',
        '<defs><marker id="a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8"'
        ' orient="auto"><path d="M0 0 8 4 0 8z" fill="#6d7d87"/></marker></defs>',
    ]
    for edge in layout.edges:
        if _is_drawn(edge, layout):
            parts += _edge(edge, boxes)
    for code in procedure.states:
        parts += _box(procedure, code, boxes[code], lines[code], here)
    return "".join([*parts, "</svg>\n"])


def _is_drawn(edge: Edge, layout: Layout) -> bool:
    far = layout.place[edge.target][0] - layout.place[edge.source][0] > 1
    return not edge.back and (edge.primary or not far)


def _lines(procedure: Procedure, layout: Layout, code: str) -> list[tuple[str, str]]:
    """Return what is listed in a box: (mark, title)."""
    found = [("·", title) for title in layout.inside[code]]
    for edge in layout.edges:
        if edge.source == code and not _is_drawn(edge, layout):
            mark = "↩" if edge.back and not procedure.states[edge.target].final else "⇥"
            found += [(mark, title) for title in edge.titles]
    return found


def _boxes(
    layout: Layout, lines: dict[str, list[tuple[str, str]]]
) -> dict[str, tuple[int, int, int]]:
    """Return x, y and height of each state; a box grows with what is listed in it."""
    found = {}
    for x, column in enumerate(layout.columns):
        y = PAD
        for code in column:
            height = 2 * PAD + LINE * (1 + len(lines[code]))
            found[code] = (PAD + x * (WIDTH + GAP_X), y, height)
            y += height + GAP_Y
    return found


def _box(
    procedure: Procedure,
    code: str,
    box: tuple[int, int, int],
    lines: list[tuple[str, str]],
    here: str,
) -> Iterator[str]:
    x, y, height = box
    state = procedure.states[code]
    kind = "n" + (" f" if state.final else "") + (" h" if code == here else "")
    yield f'<g><rect class="{kind}" x="{x}" y="{y}" width="{WIDTH}" height="{height}" rx="8"/>'
    yield f'<text class="t" x="{x + PAD}" y="{y + PAD + 12}">{escape(state.title)}</text>'
    for index, (mark, title) in enumerate(lines):
        at = y + PAD + 12 + LINE * (index + 1)
        yield f'<text class="l" x="{x + PAD}" y="{at}">{mark} {escape(title)}</text>'
    yield "</g>"


def _edge(edge: Edge, boxes: dict[str, tuple[int, int, int]]) -> Iterator[str]:
    """Draw a line from the head of one box to the head of another, with its title."""
    x1, y1, _ = boxes[edge.source]
    x2, y2, _ = boxes[edge.target]
    a, u = x1 + WIDTH, y1 + PAD + 8
    b, v = x2, y2 + PAD + 8
    bend = GAP_X // 2
    kind = "e p" if edge.primary else "e"
    yield (
        f'<path class="{kind}" d="M{a} {u}C{a + bend} {u} {b - bend} {v} {b} {v}"'
        ' marker-end="url(#a)"/>'
    )
    words = edge.titles[0] if len(edge.titles) == 1 else f"{edge.titles[0]}等"
    row = v - 6 if edge.primary else v + 14
    yield (
        f'<text class="l" x="{b - bend}" y="{row}" text-anchor="middle">{escape(words)}'
        f"<title>{escape('、'.join(edge.titles))}</title></text>"
    )
