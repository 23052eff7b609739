"""Suites that run over every implementation of a port; their asserts are told in full."""

import pytest

_PARTS = (
    "scene", "reading", "grading", "trust", "outcome_scene", "outcomes", "outcome_rules",
    "outcome_uploads", "rubrics", "rubric_scores",
)  # fmt: skip
pytest.register_assert_rewrite(*(f"{__name__}.lms_{part}" for part in _PARTS))
