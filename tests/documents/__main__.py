"""Writes the pages of the docs that are made from the code: `python -m tests.documents`."""

from tests.documents.writing import documents

for path, text in documents().items():
    path.write_text(text, "utf-8")
