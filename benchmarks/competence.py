"""Who may do what here and now: answered from memory, beside the same question put to SQL.

- answers_per_second: questions answered through `elements.api` by one thread, each with its look
  at the stamp in the database;
- answer_ms: 95th percentile of one such question; answer_ms_p50 the median;
- memory_only_us: the picture alone, without the stamp;
- build_seconds: reading the picture from one snapshot; index_mb: what it holds in memory;
- slowest_while_building_ms: the slowest question asked while another thread builds a new picture;
- publish_seconds: a notice of thousands of actions published in one transaction (`--notice`);
- peer_sql_…: the reference that asks the database everything, same questions, same day.

Every answer is compared with the reference; a difference stops the benchmark.
"""

import gc
import itertools
import os
import random
import sys
import threading
import time
import tracemalloc
from datetime import UTC, date, datetime

from benchmarks import _bench as bench

SCALES = {"small": 400, "county": 3_000, "province": 3_000}
COMPARED = 400
ON = date(2026, 11, 20)
AT = datetime(2026, 11, 21, 1, tzinfo=UTC)
Question = dict[str, object]


def questions(count: int) -> list[Question]:
    """Half of them about something that is held, half about anything at all."""
    from zhiheng.elements.models import Body, Grant, Item

    rng = random.Random(1)
    bodies = list(Body.objects.known().values_list("code", "region_code"))
    items = list(Item.objects.known().values_list("code", flat=True))
    held = list(Grant.objects.known().values_list("body__code", "body__region_code", "item__code"))
    found: list[Question] = []
    for number in range(count):
        if number % 2:
            body, region, item = rng.choice(held)
        else:
            (body, region), item = rng.choice(bodies), rng.choice(items)
        found.append({"body_code": body, "item_code": item, "region_code": region, "on": ON})
    return found


def timed(ask, asked: list[Question]) -> list[float]:
    """Milliseconds of each question."""
    times = []
    for one in asked:
        began = time.perf_counter()
        ask(**one)
        times.append((time.perf_counter() - began) * 1000)
    return times


def size_mb(memory) -> float:
    """What one picture adds to memory, counted by a second building of it."""
    from django.db import transaction

    from zhiheng.elements import competence_index

    gc.collect()
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    with transaction.atomic():
        picture = competence_index.build(stamp=memory.stamp())
    gc.collect()
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert picture.held
    return (after - before) / 1e6


def while_building(ask, asked: list[Question], memory) -> float:
    """The slowest question while a picture is built beside it."""
    from django.db import connections

    def build() -> None:
        memory.forget()
        memory.refresh()
        connections.close_all()

    thread = threading.Thread(target=build)
    times: list[float] = []
    thread.start()
    for one in itertools.cycle(asked):
        if not thread.is_alive():
            break
        times += timed(ask, [one])
    thread.join()
    return max(times)


def publish(count: int) -> float:
    """Seconds to publish a notice of so many actions, checks and comparison included."""
    from zhiheng.elements.demo import notices
    from zhiheng.elements.models import Grant
    from zhiheng.elements.notices import drafting, life

    on = date(2027, 1, 1)
    bodies = notices._bodies()
    rows = Grant.objects.active(on).filter(body__code="QH-ZF", source_sys="notice")
    moved = [(one.item, "") for one in rows.select_related("item").order_by("id")[:count]]
    notice = notices._draft(number="基准〔2026〕1号", title="基准", on=on, at=AT, approval="")
    terms = drafting.Terms(kind="MOVE_OUT", from_body=bodies["QH-ZF"], to_body=bodies["QH-SF"])
    who = {n: notices._actor(n, ON) for n in (notices.DRAFTER, notices.REVIEWER, notices.PUBLISHER)}
    drafting.add_actions(notice_id=notice.pk, actor=who[notices.DRAFTER], terms=terms, rows=moved)
    life.submit(notice_id=notice.pk, actor=who[notices.DRAFTER], at=AT)
    life.approve(notice_id=notice.pk, actor=who[notices.REVIEWER], at=AT)
    began = time.perf_counter()
    life.publish(notice_id=notice.pk, actor=who[notices.PUBLISHER], at=AT)
    bench.tell(f"{len(moved)} actions published")
    return time.perf_counter() - began


def main() -> int:
    """Measure and print."""
    options = bench.arguments(__doc__, scales=list(SCALES), default="county", flags=["notice"])
    with bench.database("competence"):
        from django.conf import settings
        from django.db import connection

        from zhiheng.elements import api, competence_memory, competence_sql
        from zhiheng.elements.demo import load_demo
        from zhiheng.elements.models import Grant

        settings.COMPETENCE_IN_MEMORY = False  # built when told, so that nothing runs beside
        bench.tell(f"loading {options.scale}")
        load_demo(options.scale, 1)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as a database that has been at work for a while
        figures_before = os.getloadavg()[0]
        figures: dict[str, object] = bench.server_settings() | {"load_before": figures_before}
        asked = questions(SCALES[options.scale])
        began = time.perf_counter()
        picture = competence_memory.refresh()
        figures["build_seconds"] = time.perf_counter() - began
        bench.tell(f"built in {figures['build_seconds']:.2f} s")
        for one in asked[:COMPARED]:
            assert picture.may(**one) == competence_sql.may_body_do_item(**one), one

        def ask(body_code: str, item_code: str, region_code: str, on: date) -> object:
            return api.may_body_do_item(body_code, item_code, region_code, on)

        timed(ask, asked[:200])
        began = time.perf_counter()
        times = timed(ask, asked)
        figures["answers_per_second"] = len(asked) / (time.perf_counter() - began)
        figures["answer_ms"] = bench.percentile(times, 95)
        figures["answer_ms_p50"] = bench.percentile(times, 50)
        figures["memory_only_us"] = bench.percentile(timed(picture.may, asked), 50) * 1000
        sql = timed(competence_sql.may_body_do_item, asked[:1000])
        figures["peer_sql_answer_ms"] = bench.percentile(sql, 95)
        figures["peer_sql_answer_ms_p50"] = bench.percentile(sql, 50)
        figures["peer_sql_answers_per_second"] = 1000 * len(sql) / sum(sql)
        figures["slowest_while_building_ms"] = while_building(ask, asked, competence_memory)
        figures["index_mb"] = size_mb(competence_memory)
        rows = Grant.objects.known().count()
        if options.notice and options.scale == "county":
            figures["publish_seconds"] = publish(2_500)
        figures["cpus"] = os.cpu_count()
    bench.report(benchmark="competence", scale=options.scale, rows=rows, **figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
