"""Writers of files, each loaded when the first file of its kind is asked for."""

from collections.abc import Iterable, Sequence

from adapters.inbound.files.csv_text import csv_file
from application.ports.documents import Document, Workbook


def write_pdf(document: Document) -> bytes:
    from adapters.outbound.documents.typst_pdf import TypstPdf  # noqa: PLC0415 quick start

    return TypstPdf()(document)


def write_workbook(workbook: Workbook) -> bytes:
    from adapters.outbound.documents.xlsx import XlsxWorkbooks  # noqa: PLC0415 quick start

    return XlsxWorkbooks()(workbook)


def write_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    return csv_file(header, rows)
