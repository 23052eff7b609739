"""SLOs, their maps, scales, targets and results."""
