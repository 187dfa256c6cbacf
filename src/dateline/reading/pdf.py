"""PDF: the text of its pages."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

from dateline.reading.drafts import EMPTY_REMEDY, Draft, Failure, Input
from dateline.records import Flag

_SHORTEST = 20


def read_pdf(given: Input) -> Iterator[Draft | Failure]:
    """Read the text of a PDF with pypdf, its pages joined by a line break.

    The day and title in a PDF's own properties are those of the file, not of the report: they are not used.
    """
    data = given.bytes()
    if not data.strip():
        yield Failure(given.path, "the file is empty", EMPTY_REMEDY)
        return
    # Loaded only for PDF.
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    flags: tuple[Flag, ...] = ()
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            yield Failure(given.path, "the PDF is encrypted", "Open it with its password and save a copy without one")
            return
        pages = [page.extract_text() for page in reader.pages]
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
        RecursionError,
        OSError,
    ) as error:
        what = str(error) or type(error).__name__
        yield Failure(given.path, f"the PDF is broken ({what})", "Download it again, or print it to a new PDF")
        return
    except Exception as error:  # what a damaged file can raise deep in the parser is not listed anywhere
        yield Failure(
            given.path,
            f"the PDF cannot be read ({type(error).__name__})",
            "Download it again, or print it to a new PDF",
        )
        return
    text = "\n".join(page.strip("\n") for page in pages).strip()
    if sum(letter.isalnum() for letter in text) < _SHORTEST:
        yield Failure(given.path, "the PDF holds images of pages, no text", "Run text recognition (OCR) on it first")
        return
    empty = [str(number) for number, page in enumerate(pages, 1) if not page.strip()]
    if empty:
        flags = (Flag("missing-pages", f"no text on page {', '.join(empty)} of {len(pages)}: images, perhaps"),)
    yield Draft(text=text, path=given.path, raw_hash=given.hash(), flags=flags)
