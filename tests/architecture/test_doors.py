"""A context may be entered only through its front door."""

import grimp

FRONT_DOOR = {"api", "events"}
FLOOR = {"kernel", "rulebook", "web"}  # anyone may stand on these
HOST = {"config"}  # wires everything
# Procedures lends its screens to whatever runs one: the same forms and pages for clues and cases.
SIDE_DOORS = {"procedures": {"pages", "forms", "views"}}


def test_contexts_are_entered_only_by_their_api():
    graph = grimp.build_graph("zhiheng")
    trespasses = [
        f"{importer} reaches into {imported}; use zhiheng.{b[1]}.api"
        for importer in sorted(graph.modules)
        for imported in sorted(graph.find_modules_directly_imported_by(importer))
        for a, b in [(importer.split("."), imported.split("."))]
        if len(a) > 1 and len(b) > 1 and a[1] != b[1]
        and a[1] not in HOST and b[1] not in FLOOR and "tests" not in a
        and (len(b) < 3 or b[2] not in FRONT_DOOR | SIDE_DOORS.get(b[1], set()))
    ]  # fmt: skip
    assert trespasses == []


def test_no_signals_are_used_for_control_flow():
    from tests.architecture.layers import ROOT

    users = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "src" / "zhiheng").rglob("*.py")
        if any(word in path.read_text() for word in ("post_save", "pre_save", "post_delete"))
    ]
    assert users == [], "news travels upward by ledger.subscribe, never by model signals"
