"""A report in the words of the college."""

from collections.abc import Mapping
from dataclasses import replace

from application.own_words import in_words
from application.reports.table import ReportTable


def table_in_words(words: Mapping[str, str], table: ReportTable) -> ReportTable:
    """Headings and rules of a report in the college's words; names and numbers stay."""
    return replace(
        table,
        title=in_words(words, table.title),
        facts=tuple((in_words(words, label), text) for label, text in table.facts),
        rules=tuple(in_words(words, sentence) for sentence in table.rules),
        columns=tuple(replace(one, title=in_words(words, one.title)) for one in table.columns),
        plans_title=in_words(words, table.plans_title),
    )
