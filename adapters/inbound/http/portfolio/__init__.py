"""ePortfolios and credentials."""
