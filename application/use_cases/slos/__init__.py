"""SLOs, their maps, scales, mastery levels and targets."""
