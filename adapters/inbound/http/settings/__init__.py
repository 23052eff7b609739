"""System settings and the audit trail."""
