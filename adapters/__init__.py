"""Translation between one foreign language each and ours."""
