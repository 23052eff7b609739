"""The connection to the LMS: sites, keys, consent, courses, links."""
