"""Filled scorecards, as XLSX or CSV."""
