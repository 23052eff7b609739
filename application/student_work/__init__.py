"""What students do beside being scored: DLAs and self-assessment."""
