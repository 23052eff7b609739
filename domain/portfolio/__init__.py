"""ePortfolios: what students collect of their own work, and whom they show it."""
