"""Rubrics and scorecards as files, and scorecards that come back filled in."""
