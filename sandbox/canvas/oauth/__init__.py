"""Canvas' OAuth2 provider: the authorise pages and the token endpoint."""
