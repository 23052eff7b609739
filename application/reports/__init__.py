"""Reports: results as groups, with what is withheld decided before anybody's filter."""
