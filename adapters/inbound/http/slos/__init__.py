"""SLOs, maps, scales and targets."""
