"""The subject itself: assessments, scores, people, and how a score travels to the LMS."""
