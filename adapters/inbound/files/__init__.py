"""Files that colleges bring: OneRoster CSV, and our own JSON of SLOs and assessments."""
