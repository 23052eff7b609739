"""ePortfolios and signed credentials."""
