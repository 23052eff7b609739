"""The smallest LMS that Attain can send grades to: a board in a JSON file."""
