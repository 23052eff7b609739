"""SLOs as files: our CSV and JSON, Canvas' CSV of outcomes, and CASE frameworks."""
