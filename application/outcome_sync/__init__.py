"""SLOs as outcomes of the LMS: what shall stand where, and the rows of a run."""
