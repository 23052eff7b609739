"""Grades on their way to the LMS: the dry list, and the rows of a send."""
