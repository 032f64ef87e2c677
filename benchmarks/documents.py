"""How fast documents are set, sealed and finished; LibreOffice and WeasyPrint beside them.

    python -m benchmarks.documents [--scale small|full]

The work is the file of one ordinary case: 14 documents. `unsealed_per_second` sets them,
`sealed_per_second` sets all and seals those that go out, `…_two_processes` the same with two
processes, `finished_per_second` adds the database, the number, both digests and the flushed file.
`papers` sets every paper of the rulebook once, all codes and their variants but the archive.
The peers make the same 14 documents from the same facts: a docx template filled by docxtpl and
converted by LibreOffice (all in one run, and one run a document as services do it), and HTML set
by WeasyPrint. A peer that is not installed is null with its reason.
"""

import html
import importlib
import io
import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import _bench
from benchmarks._papers import every_paper, facts_of, lines_of, paper_of

CASE = ("F-01", "F-03", "F-09", "F-12", "F-15", "F-26", "F-30", "F-31", "F-32", "F-33", "F-34",
        "F-39", "F-43", "F-54")  # fmt: skip
ORGAN = "青衡县综合行政执法局"
AT = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
CASES = {"small": 4, "full": 20}
PEER_CASES = {"small": 1, "full": 2}
PAIRS = 5


def ready() -> None:
    """Django without a database, for processes that only set and seal."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhiheng.config.settings")
    import django

    django.setup()


def all_papers() -> dict[str, object]:
    """Each paper of the rulebook set once after a first round: how many, and how fast."""
    names = [name for name in every_paper() if name != "F-55"]  # the archive is a whole file
    for name in names:
        set_one(name, 0)
    began = time.perf_counter()
    pages = {name: _pages(set_one(name, 1)) for name in names}
    return {
        "papers": len(names), "papers_pages": sum(pages.values()),
        "papers_per_second": len(names) / (time.perf_counter() - began),
    }  # fmt: skip


def set_one(code: str, case: int) -> bytes:
    """One document as PDF, not sealed."""
    from zhiheng.documents import pagedata, selectors, typesetting

    template = paper_of(code)
    data = pagedata.page_data(
        template=template, facts=facts_of(code, case), title=template.title,
        number=f"青综执字〔2026〕第{case:06d}号", check_code="7K3M9Q2XW4PZ8RTD", simulated=template.seal,
    )  # fmt: skip
    return typesetting.typeset(
        root=selectors.documents_root(), source=template.source, data=data, on=AT.date()
    )


def seal_one(code: str, case: int) -> bytes:
    """One document as it leaves: sealed where its template asks for it."""
    from zhiheng.documents import sealing

    pdf = set_one(code, case)
    if paper_of(code).seal:
        pdf = sealing.SimulatorSeal().seal(pdf=pdf, organ=ORGAN, at=AT)
    return pdf


def make_cases(kind: str, first: int, cases: int) -> int:
    """So many cases of documents; how many documents."""
    make = {"set": set_one, "seal": seal_one}[kind]
    for case in range(first, first + cases):
        for code in CASE:
            make(code, case)
    return cases * len(CASE)


def alone(kind: str, cases: int) -> tuple[float, float]:
    """Documents a second in this process, and milliseconds of processor time for each."""
    make_cases(kind, 0, 1)
    began, worked = time.perf_counter(), time.process_time()
    made = make_cases(kind, 1, cases)
    spent = time.process_time() - worked
    return made / (time.perf_counter() - began), spent / made * 1000


def _worker(kind: str, cases: int, number: int, barrier, results) -> None:  # type: ignore[no-untyped-def]
    ready()
    make_cases(kind, 0, 1)
    barrier.wait()
    began = time.perf_counter()
    made = make_cases(kind, 1 + number * cases, cases)
    results.put((made, began, time.perf_counter()))


def together(kind: str, cases: int, processes: int = 2) -> float:
    """Documents a second of several processes, start-up left out."""
    context = multiprocessing.get_context("spawn")
    barrier, results = context.Barrier(processes), context.Queue()
    workers = [
        context.Process(target=_worker, args=(kind, cases, number, barrier, results))
        for number in range(processes)
    ]
    for worker in workers:
        worker.start()
    found = [results.get(timeout=600) for _ in workers]
    for worker in workers:
        worker.join()
    seconds = max(end for _, _, end in found) - min(start for _, start, _ in found)
    return sum(made for made, _, _ in found) / seconds


def finished(cases: int) -> float:
    """Documents a second with everything: number, row, job, seal, digests, flushed file."""
    from zhiheng.documents import api as documents
    from zhiheng.ledger import api as ledger

    made, seconds = 0, 0.0
    for case in range(cases + 1):
        dossier = ledger.open_dossier(
            kind="CASE", number=f"青综执立〔2026〕{case:06d}", region_code="339901",
            agency_code="QH-ZF", title="油烟案", state="FILED", at=AT, actor=None,
        )  # fmt: skip
        began = time.perf_counter()
        for code in CASE:
            one = documents.prepare_document(
                dossier=dossier, code=code, facts=facts_of(code, case), actor=None, at=AT
            )
            documents.finish(document_id=one.pk, at=AT)
        if case:  # the first case warms up
            seconds += time.perf_counter() - began
            made += len(CASE)
    return made / seconds


def peer_libreoffice(cases: int) -> dict[str, object]:
    """docxtpl and LibreOffice: all documents in one run, and a run for each document."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        return {"peer_libreoffice": None, "peer_libreoffice_reason": "soffice is not installed"}
    try:
        docx, docxtpl = importlib.import_module("docx"), importlib.import_module("docxtpl")
    except ImportError as error:
        return {"peer_libreoffice": None, "peer_libreoffice_reason": str(error)}
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        blank = docx.Document()
        blank.add_heading("{{ title }}", 0)
        for text in (
            "{%p for label, words in rows %}",
            "{{ label }}：{{ words }}",
            "{%p endfor %}",
        ):
            blank.add_paragraph(text)
        blank.save(home / "blank.docx")

        def fill(name: str, code: str, case: int) -> Path:
            filled = docxtpl.DocxTemplate(home / "blank.docx")
            filled.render({"title": code, "rows": list(lines_of(code, case))}, autoescape=True)
            filled.save(home / f"{name}.docx")
            return home / f"{name}.docx"

        def convert(*paths: Path) -> None:
            profile = f"-env:UserInstallation=file://{home}/profile"
            command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(home)]
            subprocess.run(
                [*command, *map(str, paths)], check=True, capture_output=True, timeout=600
            )

        convert(fill("warm", CASE[0], 0))
        began = time.perf_counter()
        paths = [fill(f"{n}-{c}", c, n) for n in range(cases) for c in CASE]
        convert(*paths)
        together_rate = len(paths) / (time.perf_counter() - began)
        began = time.perf_counter()
        for number in range(PAIRS):
            convert(fill(f"one-{number}", CASE[number], number))
        each_rate = PAIRS / (time.perf_counter() - began)
        missing = [path.name for path in paths if not path.with_suffix(".pdf").exists()]
    if missing:
        raise SystemExit(f"LibreOffice did not convert {missing}")
    return {"peer_libreoffice": together_rate, "peer_libreoffice_one_run_each": each_rate}


def peer_weasyprint(cases: int) -> dict[str, object]:
    """HTML with the same words, set by WeasyPrint with the same font."""
    try:
        weasyprint = importlib.import_module("weasyprint")
        fonts = importlib.import_module("weasyprint.text.fonts")
    except (ImportError, OSError) as error:
        return {"peer_weasyprint": None, "peer_weasyprint_reason": str(error)[:200]}
    import pylopdf_fonts_zh_cn

    serif = Path(pylopdf_fonts_zh_cn.__file__).parent / "NotoSerifSC-Regular.otf"
    style = (
        f"@font-face {{ font-family: S; src: url(file://{serif}) }}"
        "@page { size: A4; margin: 28mm } body { font-family: S; font-size: 15pt }"
    )
    settings = fonts.FontConfiguration()
    sheet = weasyprint.CSS(string=style, font_config=settings)

    def make(code: str, case: int) -> bytes:
        rows = "".join(
            f"<p><b>{html.escape(label)}：</b>{html.escape(words)}</p>"
            for label, words in lines_of(code, case)
        )
        page = weasyprint.HTML(string=f"<h1>{code}</h1>{rows}")
        return page.write_pdf(stylesheets=[sheet], font_config=settings)

    make(CASE[0], 0)
    began = time.perf_counter()
    made = [len(make(code, case)) for case in range(cases) for code in CASE]
    return {"peer_weasyprint": len(made) / (time.perf_counter() - began)}


def main() -> int:
    """Measure and print the line."""
    options = _bench.arguments(
        "documents a second, sealed and unsealed", scales=tuple(CASES), default="full"
    )
    cases, peer_cases = CASES[options.scale], PEER_CASES[options.scale]
    with tempfile.TemporaryDirectory() as data:
        os.environ["ZHIHENG_DATA"] = data
        with _bench.database("documents"):
            _bench.tell("setting in this process")
            unsealed, unsealed_cpu = alone("set", cases)
            _bench.tell("setting and sealing")
            sealed, sealed_cpu = alone("seal", cases)
            _bench.tell("two processes")
            unsealed_two, sealed_two = together("set", cases), together("seal", cases)
            _bench.tell("with number, database, digests and flushed file")
            complete = finished(cases)
            size = len(set_one("F-39", 1))
            pages = _pages(set_one("F-39", 1))
            _bench.tell("every paper of the rulebook")
            every = all_papers()
            _bench.tell("WeasyPrint")
            weasy = peer_weasyprint(peer_cases)
            _bench.tell("LibreOffice")
            office = peer_libreoffice(peer_cases)
            server = _bench.server_settings()
    _bench.report(
        benchmark="documents", scale=options.scale, rows=cases * len(CASE),
        documents_per_second=sealed, unsealed_per_second=unsealed,
        sealed_two_processes=sealed_two, unsealed_two_processes=unsealed_two,
        unsealed_cpu_ms=unsealed_cpu,
        sealed_cpu_ms=sealed_cpu,
        finished_per_second=complete, decision_pages=pages, decision_bytes=size,
        **every, **office, **weasy, **server,
    )  # fmt: skip
    return 0


def _pages(pdf: bytes) -> int:
    from pypdf import PdfReader

    return len(PdfReader(io.BytesIO(pdf)).pages)


if __name__ == "__main__":
    sys.exit(main())
