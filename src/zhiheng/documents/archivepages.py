"""Putting pages of many PDFs into one: joining, numbering, keeping the picture of seals."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
)


def joined(*, pdfs: Sequence[bytes]) -> PdfWriter:
    """All pages of all files in order. Links go, except the mark for the seal of the whole."""
    writer = PdfWriter()
    last = len(pdfs) - 1
    for index, pdf in enumerate(pdfs):
        for page in PdfReader(io.BytesIO(pdf)).pages:
            added = writer.add_page(page)
            _keep_seal_pictures(writer=writer, page=added)
            if index != last:
                added.pop("/Annots", None)
            added.pop("/AA", None)
    return writer


def stamp(*, writer: PdfWriter, overlay: bytes) -> None:
    """Lay page n of the overlay over page n of the file."""
    for page, layer in zip(writer.pages, PdfReader(io.BytesIO(overlay)).pages, strict=True):
        page.merge_transformed_page(layer, Transformation(), expand=False)


def _keep_seal_pictures(*, writer: PdfWriter, page: PageObject) -> None:
    """Draw the appearance of signatures into the page: their fields do not survive joining."""
    for mark in page.get("/Annots") or ():
        field = mark.get_object()
        if field.get("/Subtype") == "/Widget" and "/AP" in field:
            face = field["/AP"]["/N"]
            x1, y1, x2, y2 = (float(value) for value in field["/Rect"])
            if x2 > x1 and y2 > y1:
                _draw(writer=writer, page=page, face=face, at=(x1, y1))


def _draw(*, writer: PdfWriter, page: PageObject, face: Any, at: tuple[float, float]) -> None:
    resources: Any = page["/Resources"].get_object()
    objects = resources.setdefault(NameObject("/XObject"), DictionaryObject()).get_object()
    name = f"/SealFace{len(objects)}"
    objects[NameObject(name)] = (
        writer._add_object(face) if not face.indirect_reference else (face.indirect_reference)
    )
    drawing = DecodedStreamObject()
    drawing.set_data(f"\nq 1 0 0 1 {at[0]:.2f} {at[1]:.2f} cm {name} Do Q\n".encode())
    before, after = DecodedStreamObject(), DecodedStreamObject()
    before.set_data(b"q\n")
    after.set_data(b"\nQ\n")
    contents = page["/Contents"].get_object()
    kept = contents if isinstance(contents, ArrayObject) else [page.raw_get("/Contents")]
    page[NameObject("/Contents")] = ArrayObject(
        [writer._add_object(before), *kept, writer._add_object(after), writer._add_object(drawing)]
    )
