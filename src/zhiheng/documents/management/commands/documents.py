"""`manage.py documents check|samples`: are the templates sound, and how do they look."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zhiheng.documents import contactsheet, pagedata, policies, sealface, selectors, typesetting
from zhiheng.documents.manifests import BadManifest, Template, papers_of, sample_facts

SAMPLE_DAY = date(2026, 11, 21)
SAMPLE_CODE = "0000000000000000"


class Command(BaseCommand):
    help = "文书模板：check 用样例排版全部文书，samples 把样例排成 PDF 或图片供查看。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("check", help="每份文书的样例都能排版")
        samples = actions.add_parser("samples", help="排出样例")
        samples.add_argument("folder", type=Path)
        samples.add_argument("--png", action="store_true", help="图片而不是 PDF")
        samples.add_argument("--code", action="append", default=[], help="只要这些文书")
        sheet = actions.add_parser("sheet", help="全部文书样张的总览图")
        sheet.add_argument("folder", type=Path)

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        try:
            templates = selectors.templates()
        except BadManifest as error:
            raise CommandError(str(error)) from error
        if action == "check":
            papers = papers_of(templates=templates)
            for template in papers:
                self._set(template=template, output="pdf")
            self.stdout.write(f"{len(templates)} 种文书、{len(papers)} 份样例全部可以排版。")
        elif action == "sheet":
            self._sheet(templates=templates, **options)
        else:
            self._samples(templates=templates, **options)

    def _samples(
        self,
        *,
        templates: dict[str, Template],
        folder: Path,
        png: bool,
        code: list[str],
        **options: Any,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for template in papers_of(templates=templates):
            if code and template.code not in code:
                continue
            made = self._set(template=template, output="png" if png else "pdf")
            pages = made if isinstance(made, list) else [made]
            name = "-".join(part for part in (template.code, template.variant) if part)
            for number, page in enumerate(pages, 1):
                tail = f"-{number}.png" if png else ".pdf"
                (folder / f"{name}{tail}").write_bytes(page)
        self.stdout.write(f"样例在 {folder}")

    def _sheet(self, *, templates: dict[str, Template], folder: Path, **options: Any) -> None:
        """Every page of every paper, small and named: documents-1.png and on."""
        folder.mkdir(parents=True, exist_ok=True)
        thumbs = []
        for paper in papers_of(templates=templates):
            made = self._set(template=paper, output="png", ppi=contactsheet.PPI)
            pages = made if isinstance(made, list) else [made]
            thumbs += [
                contactsheet.Thumb(
                    label=f"{paper.code} {paper.title}", page=f"{number}/{len(pages)}", png=page
                )
                for number, page in enumerate(pages, 1)
            ]
        for number, picture in enumerate(contactsheet.sheets(thumbs=thumbs), 1):
            target = folder / f"documents-{number}.png"
            target.write_bytes(picture)
            self.stdout.write(str(target))

    def _set(self, *, template: Template, output: str, ppi: float = 110) -> Any:
        facts = sample_facts(paper=template)
        sentence, _ = policies.refusal(template=template, facts=facts)
        if sentence:
            raise CommandError(f"{template.code}/sample.json：{sentence}")
        number = ""
        if template.series:
            number = policies.number_of(
                template=template, organ_short=facts["organ"]["short"], year=2026, sequence=1
            )
        seal = ""
        if template.seal and output == "png":
            seal = sealface.seal_svg(organ=facts["organ"]["name"])
        data = pagedata.page_data(
            template=template,
            facts=facts,
            title=template.title,
            number=number,
            check_code=SAMPLE_CODE,
            mark="SAMPLE",
            simulated=template.seal,
            extra={"contents": [], "pages_total": 1, "seal-svg": seal},
        )
        return typesetting.typeset(
            root=selectors.documents_root(),
            source=template.source,
            data=data,
            on=SAMPLE_DAY,
            output=output,
            ppi=ppi,
        )
