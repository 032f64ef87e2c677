"""`manage.py documents check|samples`: are the templates sound, and how do they look."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zhiheng.documents import pagedata, policies, selectors, typesetting
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

    def _set(self, *, template: Template, output: str) -> Any:
        facts = sample_facts(paper=template)
        sentence, _ = policies.refusal(template=template, facts=facts)
        if sentence:
            raise CommandError(f"{template.code}/sample.json：{sentence}")
        number = ""
        if template.series:
            number = policies.number_of(
                template=template, organ_short=facts["organ"]["short"], year=2026, sequence=1
            )
        data = pagedata.page_data(
            template=template,
            facts=facts,
            title=template.title,
            number=number,
            check_code=SAMPLE_CODE,
            mark="SAMPLE",
            simulated=template.seal,
            extra={"contents": [], "pages_total": 1},
        )
        return typesetting.typeset(
            root=selectors.documents_root(),
            source=template.source,
            data=data,
            on=SAMPLE_DAY,
            output=output,
        )
