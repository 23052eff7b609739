"""Files of evidence in a folder or an object store, and what they are by their content."""
