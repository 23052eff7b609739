"""What of a college's results may be shown: small groups withheld, and what tells of them."""
