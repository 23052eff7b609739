"""Writers of files."""

from collections.abc import Iterable, Sequence

from application.later import imported_later

with imported_later(__name__):
    from adapters.inbound.files.csv_text import csv_file
    from adapters.outbound.documents.typst_pdf import TypstPdf
    from adapters.outbound.documents.xlsx import XlsxWorkbooks
    from application.ports.documents import Document, Workbook


def write_pdf(document: Document) -> bytes:
    return TypstPdf()(document)


def write_workbook(workbook: Workbook) -> bytes:
    return XlsxWorkbooks()(workbook)


def write_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    return csv_file(header, rows)
