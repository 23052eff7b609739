"""What the template is told about a document, as JSON."""

import json
from typing import assert_never

from application.ports.documents import (
    Block,
    Cell,
    Document,
    Fact,
    Facts,
    Paragraph,
    Part,
    Picture,
    Table,
)

_LONG = 1500
"""Letters of a cell that may stand on two pages, since they might not fit on one."""
_WIDE = 7
_WIDEST = 11


def document_json(document: Document, fonts: tuple[str, ...], paper: str) -> str:
    return json.dumps(
        {
            "title": document.title,
            "subtitle": document.subtitle,
            "author": document.author,
            "language": document.language,
            "landscape": document.landscape,
            "running": document.running,
            "paper": paper,
            "fonts": fonts,
            "facts": _facts(document.facts),
            "parts": [_part(part) for part in document.parts],
        }
    )


def _part(part: Part) -> dict[str, object]:
    return {
        "title": part.title,
        "level": part.level,
        "new_page": part.new_page,
        "blocks": [_block(block) for block in part.blocks],
    }


def _block(block: Block) -> dict[str, object]:
    match block:
        case Table():
            return _table(block)
        case Facts(facts):
            return {"kind": "facts", "facts": _facts(facts)}
        case Paragraph(text):
            return {"kind": "paragraph", "text": text}
        case Picture(svg, caption, described):
            return {"kind": "picture", "svg": svg, "caption": caption, "described": described}
        case _:
            assert_never(block)


def _facts(facts: tuple[Fact, ...]) -> list[dict[str, str]]:
    return [{"label": fact.label, "text": fact.text} for fact in facts]


def _table(table: Table) -> dict[str, object]:
    columns = [
        {
            "title": column.title,
            "width": None if column.width is None else float(column.width),
            "align": column.align,
        }
        for column in table.columns
    ]
    return {
        "kind": "table",
        "caption": table.caption,
        "size": _size(len(columns)),
        "columns": columns,
        "rows": [[_cell(cell) for cell in row] for row in table.rows],
    }


def _cell(cell: Cell) -> dict[str, object]:
    return {
        "text": cell.text,
        "tone": cell.tone,
        "mark": cell.mark,
        "strong": cell.strong,
        "breakable": len(cell.text) > _LONG,
    }


def _size(columns: int) -> float:
    """Of the letters, in points: many columns need smaller ones."""
    if columns <= _WIDE:
        return 9.0
    return 8.5 if columns <= _WIDEST else 7.0
