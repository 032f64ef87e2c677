"""What a round seal looks like: ring, star, the organ's name on the arc. Outlines, no text.

Typst sets the seal as SVG, where every character is a path; that drawing becomes a small PDF whose
page is the appearance of the signature. So the seal never enters the text layer of a document.
"""

from __future__ import annotations

import binascii
import io
import json
import uuid
from functools import lru_cache

from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.reader import PdfFileReader

from zhiheng.documents import typesetting

SEAL_SOURCE = """
#set page(width: 42mm, height: 42mm, margin: 0pt, fill: none)
#let red = rgb("#d7191f")
#let organ = %(organ)s.clusters()
#let families = %(fonts)s
#set text(font: families, fill: red, stroke: 0.22pt + red)
#let centre(dx, dy, body) = place(top + left, dx: 21mm + dx, dy: 21mm + dy,
  place(center + horizon, body))
#place(center + horizon, circle(radius: 20.2mm, stroke: 1.15mm + red))
#let star = range(10).map(i => {
  let r = if calc.even(i) { 5.6mm } else { 2.14mm }
  let a = -90deg + i * 36deg
  (21mm + r * calc.cos(a), 21mm + r * calc.sin(a))
})
#place(top + left, polygon(fill: red, ..star))
#let spread = calc.min(250, 34 * organ.len() - 18)
#let size = if organ.len() > 16 { 3.4mm } else if organ.len() > 12 { 4.1mm } else { 4.9mm }
#let step = if organ.len() > 1 { spread / (organ.len() - 1) } else { 0 }
#for (i, c) in organ.enumerate() {
  let a = (-90 - spread / 2 + i * step) * 1deg
  let r = 15.6mm
  centre(r * calc.cos(a), r * calc.sin(a), rotate(a + 90deg, text(size: size, c)))
}
#centre(0mm, 11.2mm, text(size: 3.5mm, tracking: 0.3mm)[模拟签章])
"""


@lru_cache(maxsize=256)
def seal_svg(*, organ: str) -> str:
    """The seal of an organ as SVG of paths."""
    source = SEAL_SOURCE % {
        "organ": json.dumps(organ, ensure_ascii=False),
        "fonts": typesetting.typst_array(typesetting.font_families()["title"]),
    }
    return typesetting.typeset_text(source=source, output="svg").decode()


@lru_cache(maxsize=256)
def seal_pdf(*, organ: str) -> bytes:
    """The same drawing as a page of PDF."""
    source = (
        "#set page(width: 42mm, height: 42mm, margin: 0pt, fill: none)\n"
        '#image(bytes(sys.inputs.svg), format: "svg", width: 42mm, height: 42mm)'
    )
    svg = seal_svg(organ=organ)
    return typesetting.typeset_text(source=source, output="pdf", inputs={"svg": svg})


class SealFace(PdfContent):
    """The seal as content that a signature can wear."""

    def __init__(self, *, organ: str) -> None:
        self.organ = organ
        super().__init__()

    def render(self) -> bytes:
        """Import the drawing into the document being signed."""
        writer = self._ensure_writer
        reader = PdfFileReader(io.BytesIO(seal_pdf(organ=self.organ)))
        drawn = writer.import_page_as_xobject(reader, page_ix=0)
        name = b"/Face" + binascii.hexlify(uuid.uuid4().bytes)
        self.resources.xobject[name.decode()] = drawn
        x1, y1, x2, y2 = drawn.get_object()["/BBox"]
        self.box = BoxConstraints(width=abs(x1 - x2), height=abs(y1 - y2))
        return name + b" Do"
