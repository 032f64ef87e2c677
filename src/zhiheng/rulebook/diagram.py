"""A procedure as a picture: SVG for the screen, Mermaid for documents."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from zhiheng.rulebook.layout import Edge, Layout, arrange
from zhiheng.rulebook.tables import Procedure

WIDTH, LINE, PAD = 168, 18, 12
GAP_X, GAP_Y = 150, 46
SHOWN = 7
STYLE = (
    "text{font-family:'Noto Sans SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',"
    "sans-serif;font-size:12px;fill:#26323a}.t{font-weight:600;font-size:14px}"
    ".n{fill:#fff;stroke:#8a9aa5;stroke-width:1.2}.f{fill:#eef3f1;stroke:#4f7a6b}"
    ".h{fill:#fff3e0;stroke:#b8720b;stroke-width:2}.e{fill:none;stroke:#9aa8b1}"
    ".p{stroke:#1f5f8b;stroke-width:2}.b{stroke-dasharray:5 4}.l{font-size:11px;fill:#4a5963}"
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
    """Return the procedure as an SVG; `here` marks the state where a matter stands."""
    layout = arrange(procedure=procedure)
    boxes = _boxes(layout)
    width = len(layout.columns) * (WIDTH + GAP_X) - GAP_X + 2 * PAD
    height = max(y + h for _, y, h in boxes.values()) + 90
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
        f' aria-label="{escape(procedure.title)}流程图"><style>{STYLE}</style>',
        '<defs><marker id="a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8"'
        ' orient="auto"><path d="M0 0 8 4 0 8z" fill="#6d7d87"/></marker></defs>',
    ]
    for index, edge in enumerate(layout.edges):
        parts += _edge(edge, boxes, height - 70, index)
    for code in procedure.states:
        parts += _box(procedure, code, boxes[code], layout.inside[code], here)
    return "".join([*parts, "</svg>\n"])


def _boxes(layout: Layout) -> dict[str, tuple[int, int, int]]:
    """Return x, y and height of each state; a box grows with what happens inside it."""
    found = {}
    for x, column in enumerate(layout.columns):
        y = PAD
        for code in column:
            lines = min(len(layout.inside[code]), SHOWN + 1)
            height = 2 * PAD + LINE * (1 + lines)
            found[code] = (PAD + x * (WIDTH + GAP_X), y, height)
            y += height + GAP_Y
    return found


def _box(
    procedure: Procedure, code: str, box: tuple[int, int, int], inside: tuple[str, ...], here: str
) -> Iterator[str]:
    x, y, height = box
    state = procedure.states[code]
    kind = "n" + (" f" if state.final else "") + (" h" if code == here else "")
    yield f'<g><rect class="{kind}" x="{x}" y="{y}" width="{WIDTH}" height="{height}" rx="8"/>'
    yield f'<text class="t" x="{x + PAD}" y="{y + PAD + 12}">{escape(state.title)}</text>'
    shown = list(inside[:SHOWN]) + ([f"等 {len(inside)} 步"] if len(inside) > SHOWN else [])
    for index, title in enumerate(shown):
        at = y + PAD + 12 + LINE * (index + 1)
        yield f'<text class="l" x="{x + PAD}" y="{at}">· {escape(title)}</text>'
    yield "</g>"


def _edge(
    edge: Edge, boxes: dict[str, tuple[int, int, int]], floor: int, index: int
) -> Iterator[str]:
    x1, y1, h1 = boxes[edge.source]
    x2, y2, h2 = boxes[edge.target]
    kind = "e" + (" p" if edge.primary else "") + (" b" if edge.back else "")
    if edge.back:
        a, b = x1 + WIDTH // 2, x2 + WIDTH // 2
        low = floor + (index * 13) % 60
        path = f"M{a} {y1 + h1}C{a} {low} {b} {low} {b} {y2 + h2}"
        at, row = (a + b) // 2, low - (low - max(y1 + h1, y2 + h2)) // 4 + 4
    else:
        a, b = x1 + WIDTH, x2
        u, v = y1 + h1 // 2, y2 + h2 // 2
        path = f"M{a} {u}C{a + GAP_X // 2} {u} {b - GAP_X // 2} {v} {b} {v}"
        at, row = (a + b) // 2, (u + v) // 2 - 4
        if x2 - x1 > WIDTH + GAP_X:
            at, row = b - GAP_X // 2, v - 4
    yield f'<path class="{kind}" d="{path}" marker-end="url(#a)"/>'
    words = edge.titles[0] if len(edge.titles) == 1 else f"{edge.titles[0]} 等"
    yield (
        f'<text class="l" x="{at}" y="{row}" text-anchor="middle">{escape(words)}'
        f"<title>{escape('、'.join(edge.titles))}</title></text>"
    )
