"""Pages over HTTP: sessions, rights, forms, problems, and the stewards' pages."""
