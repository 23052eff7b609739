"""clamd as the malware scanner of evidence."""
