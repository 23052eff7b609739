"""SLOs as outcomes of an LMS: what they say there, what was sent, and what is to be done."""
