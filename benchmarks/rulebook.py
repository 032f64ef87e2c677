"""How fast guards are judged and procedures proved; one JSON line at the end.

    python -m benchmarks.rulebook [--scale quick|full] [--quick]

`peer_…` is the same guards judged without what the engine adds (types, findings, articles): bare
calls of the CEL library. Exits non-zero when it could not measure.
"""

import json
import resource
import sys
import time
from datetime import date

from benchmarks import _bench as bench
from zhiheng.rulebook.evaluate import evaluate_step
from zhiheng.rulebook.expressions import as_cel
from zhiheng.rulebook.loader import load
from zhiheng.rulebook.stories import run_story
from zhiheng.rulebook.verify import verify

PROCEDURE = "penalty.ordinary"
STEP, STATE = "decide", "NOTIFIED"
ON = date(2026, 3, 18)


def main() -> int:
    options = bench.arguments(__doc__, scales=("quick", "full"), default="full")
    began = time.perf_counter()
    book = load()
    load_seconds = time.perf_counter() - began
    procedure = book.procedure(PROCEDURE)
    facts = book.initial_facts(procedure)
    step = procedure.steps[STEP]
    guards = [book.guards[name] for name in (*step.guards, *step.guards_after)]
    given = {name: facts[name] for name in step.asks}

    rounds = 500 if options.scale == "quick" else 3000
    began = time.perf_counter()
    for _ in range(rounds):
        reading = evaluate_step(book, procedure, STEP, STATE, facts, ON, given=given)
    seconds = time.perf_counter() - began
    judged = rounds * len(reading.findings)

    plain = {name: as_cel(value) for name, value in facts.items()}
    began = time.perf_counter()
    for _ in range(rounds):
        for guard in guards:
            guard.when.program.execute({name: plain[name] for name in guard.when.variables})
    peer = time.perf_counter() - began

    began = time.perf_counter()
    stories_ok = all(run_story(book, story).ok for story in book.stories)
    story_seconds = time.perf_counter() - began

    reports = [
        verify(book, name, ablate=options.scale == "full") for name in sorted(book.procedures)
    ]
    print(
        json.dumps(
            {
                "benchmark": "rulebook",
                "scale": options.scale,
                "rows": judged,
                "seconds": round(seconds, 3),
                "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
                "load_seconds": round(load_seconds, 3),
                "evaluations_per_second": round(judged / seconds),
                "steps_per_second": round(rounds / seconds),
                "peer_bare_cel_per_second": round(rounds * len(guards) / peer),
                "stories": len(book.stories),
                "stories_ok": stories_ok,
                "story_seconds": round(story_seconds, 3),
                "procedures": len(reports),
                "proofs": sum(len(report.proofs) for report in reports),
                "proofs_failed": sum(len(report.failures) for report in reports),
                "verify_seconds": round(sum(report.seconds for report in reports), 2),
                "states": sum(report.effort.states for report in reports),
                "edges": sum(report.effort.hops for report in reports),
            }
        )
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
