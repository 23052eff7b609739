"""The college's own words in texts of ours: one way for pages, files and mail."""

import re
from collections.abc import Mapping
from dataclasses import replace

from application.college_rules import WORDS
from application.reports.table import ReportTable

_LONGEST_FIRST = sorted((word for own in WORDS for word in (own.many, own.one)), key=len)[::-1]
OUR_WORDS = re.compile(rf"\b(?:{'|'.join(_LONGEST_FIRST)})\b")
"""Every word that a college may call otherwise, whole."""


def in_words(words: Mapping[str, str], text: str) -> str:
    """The text as the college says it; `words` are its own by ours (`CollegeRules.spoken`)."""
    return OUR_WORDS.sub(lambda ours: words.get(ours[0], ours[0]), text) if words else text


def table_in_words(words: Mapping[str, str], table: ReportTable) -> ReportTable:
    """Headings and rules of a report in the college's words; names and numbers stay."""
    return replace(
        table,
        title=in_words(words, table.title),
        facts=tuple((in_words(words, label), text) for label, text in table.facts),
        rules=tuple(in_words(words, sentence) for sentence in table.rules),
        columns=tuple(replace(one, title=in_words(words, one.title)) for one in table.columns),
    )
